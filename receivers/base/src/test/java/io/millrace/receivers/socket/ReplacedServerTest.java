// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A client meets a server of a run that was replaced, which does not know yet: it knows less than was acknowledged by its successor. */
@Timeout(60)
class ReplacedServerTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    private ServerSocket listening;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        listening.close();
    }

    private AckedLineClient.Options client() {
        return AckedLineClient.to("127.0.0.1", listening.getLocalPort(), "me");
    }

    /** Greets the next connection with this number, takes so many lines, acknowledges the last and hangs up. */
    private List<String> serve(long next, int lines) throws IOException {
        try (Socket socket = listening.accept()) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
            assertThat(in.readLine()).isEqualTo("HELLO 1 me");
            say(socket, "OK " + next);
            List<String> taken = in.lines().limit(lines).toList();
            if (lines > 0) {
                say(socket, "ACK " + (next + lines - 1));
            } else {
                assertThat(in.lines().toList())
                        .as("lines to a server that knows too little")
                        .isEmpty();
            }
            return taken;
        }
    }

    private static void say(Socket socket, String answer) throws IOException {
        socket.getOutputStream().write((answer + "\n").getBytes(UTF_8));
        socket.getOutputStream().flush();
    }

    @Test
    void sendsItNothingAndTriesAgain() throws Exception {
        CompletableFuture<List<String>> later = new CompletableFuture<>();
        try (AckedLineClient client = client().open()) {
            client.send("a");
            client.send("b");
            assertThat(serve(1, 2)).containsExactly("1 a", "2 b");
            assertThat(client.flush(LONG)).isTrue();
            client.send("c");
            Thread server = new Thread(() -> {
                try {
                    serve(1, 0);
                    serve(2, 0);
                    later.complete(serve(3, 1));
                } catch (IOException | AssertionError e) {
                    later.completeExceptionally(e);
                }
            });
            server.start();

            assertThat(client.flush(LONG)).isTrue();
            assertThat(later.get()).containsExactly("3 c");
            server.join();
        }
    }

    @Test
    void givesUpWhenItDoesNotChange() throws Exception {
        PendingLines pending = new PendingLines(10, 100);
        ClientConnection connection = new ClientConnection(client(), pending, 3);
        pending.offer("a".getBytes(UTF_8));
        connection.start();
        serve(5, 1);
        pending.offer("b".getBytes(UTF_8));
        for (int i = 0; i < 3; i++) {
            serve(1, 0);
        }
        assertThatThrownBy(() -> pending.awaitEmpty(LONG.toNanos()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gives up: the server goes on with line 1, but has acknowledged all before 6")
                .hasMessageContaining("3 times in a row");
        connection.close();
    }
}
