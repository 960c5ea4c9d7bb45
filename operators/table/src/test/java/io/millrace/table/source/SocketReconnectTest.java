// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A query over a socket whose server goes away and comes back. */
@Timeout(60)
class SocketReconnectTest {

    private static final int PATIENCE_MILLIS = 30_000;

    private final BlockingQueue<Row> counts = new LinkedBlockingQueue<>();

    private static ServerSocket server(int port) throws IOException {
        ServerSocket server = new ServerSocket();
        server.setReuseAddress(true);
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server.setSoTimeout(PATIENCE_MILLIS);
        return server;
    }

    private static void say(Socket client, String lines) throws IOException {
        client.getOutputStream().write(lines.getBytes(StandardCharsets.UTF_8));
        client.getOutputStream().flush();
    }

    private @Nullable Row next() throws InterruptedException {
        return counts.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    }

    private StreamingQuery counting(TableSession session, int port) {
        return session.readStream()
                .format("socket")
                .option("host", "127.0.0.1")
                .option("port", port)
                .load()
                .groupBy("value")
                .count()
                .writeStream()
                .outputMode("update")
                .foreachBatch((batch, id) -> counts.addAll(batch.collect()))
                .start();
    }

    @Test
    void goesOnWithItsStateWhenTheServerIsBack() throws Exception {
        try (TableSession session = TableSession.builder().build()) {
            int port;
            StreamingQuery query;
            // it goes with its connection and its port
            try (ServerSocket first = server(0)) {
                port = first.getLocalPort();
                query = counting(session, port);
                try (Socket client = first.accept()) {
                    say(client, "blue\nhalf a li");
                    assertThat(next()).isEqualTo(Row.of("blue", 1L));
                }
            }
            try (ServerSocket second = server(port);
                    Socket client = second.accept()) {
                Row halfLine = null;
                say(client, "blue\n");
                Row row = next();
                if (Row.of("half a li", 1L).equals(row)) {
                    halfLine = row;
                    row = next();
                }
                assertThat(row).as("after %s", halfLine).isEqualTo(Row.of("blue", 2L));
                assertThat(query.isActive()).isTrue();
                say(client, "green\n");
                assertThat(next()).isEqualTo(Row.of("green", 1L));
            }
            // and once more, with the connection reset and the server staying
            try (ServerSocket third = server(port)) {
                try (Socket client = third.accept()) {
                    client.setSoLinger(true, 0);
                }
                try (Socket client = third.accept()) {
                    say(client, "blue\n");
                    assertThat(next()).isEqualTo(Row.of("blue", 3L));
                }
            }
            query.stop();
            assertThat(query.exception()).isEmpty();
        }
    }
}
