// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StreamingContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client and the server over real sockets, in a job of its own. */
@Timeout(120)
class AckedLineClientTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final StreamingContext context = StreamingContext.builder("acked")
            .batchInterval(Duration.ofMillis(50))
            .set("block.interval", "10ms")
            .build();

    @AfterEach
    void stop() throws Exception {
        context.stop(false).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private InetSocketAddress start(AckedSocketServer server) throws Exception {
        context.receiverStream(server).foreachBatch((time, records) -> lines.addAll(records));
        context.start();
        return server.boundAddress().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    private static AckedLineClient.Options client(InetSocketAddress address) {
        return AckedLineClient.to("127.0.0.1", address.getPort(), "me");
    }

    private void stopGracefully() throws Exception {
        assertThat(context.stop()
                        .toCompletableFuture()
                        .get(20, TimeUnit.SECONDS)
                        .complete())
                .isTrue();
    }

    private static List<String> expected(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(i -> "line " + i).toList();
    }

    @Test
    void sendsLinesAndWaitsUntilTheyCount() throws Exception {
        InetSocketAddress address = start(SocketServer.listen(0).acknowledged().token("secret"));
        try (AckedLineClient client = client(address).token("secret").open()) {
            for (String line : expected(20_000)) {
                client.send(line);
            }
            assertThat(client.flush(LONG)).isTrue();
            assertThat(client.unacknowledged()).isZero();
        }
        try (AckedLineClient again = client(address).token("secret").open()) {
            again.send("one more");
            assertThat(again.flush(LONG)).isTrue();
        }
        stopGracefully();

        assertThat(lines).hasSize(20_001).startsWith("line 1", "line 2").endsWith("line 20000", "one more");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void sendsEveryLineOnceThoughConnectionsAreCut(long seed) throws Exception {
        InetSocketAddress address = start(SocketServer.listen(0).acknowledged());
        try (CuttingProxy proxy = new CuttingProxy(address, 2_000, seed);
                AckedLineClient client = AckedLineClient.to("127.0.0.1", proxy.port(), "me")
                        .maxPending(200, 1 << 20)
                        .open()) {
            for (String line : expected(2_000)) {
                client.send(line);
            }
            proxy.heal();
            assertThat(client.flush(LONG)).as("seed %s", seed).isTrue();
            assertThat(proxy.cuts()).isPositive();
        }
        stopGracefully();

        assertThat(lines).as("seed %s", seed).isEqualTo(expected(2_000));
    }

    @Test
    void saysWhyTheServerRefusesIt() throws Exception {
        InetSocketAddress address = start(SocketServer.listen(0).acknowledged().token("secret"));
        try (AckedLineClient client = client(address).token("wrong-one").open()) {
            assertThatThrownBy(() -> {
                        client.send("a");
                        client.flush(LONG);
                    })
                    .isInstanceOf(IOException.class)
                    .hasMessage(
                            "client me of 127.0.0.1:" + address.getPort() + " gives up: the server says: wrong token");
            assertThatThrownBy(() -> client.offer("b")).hasMessageContaining("wrong token");
        }
    }

    @Test
    void refusesLinesThatItCannotKeepAndThoseThatAreNone() throws Exception {
        AckedLineClient client =
                AckedLineClient.to("127.0.0.1", 1, "me").maxPending(2, 100).open();
        assertThat(client.offer("x".repeat(1000))).as("one is always taken").isTrue();
        assertThat(client.offer("a")).isFalse();
        assertThat(client.flush(Duration.ofMillis(1))).isFalse();
        assertThatThrownBy(() -> client.offer("a\nb")).hasMessageContaining("must not contain a newline");

        client.close();
        assertThatThrownBy(() -> client.send("a")).hasMessage("client me is closed");
    }

    @Test
    void neverShowsTheToken() {
        assertThat(AckedLineClient.to("h", 1, "me").token("hidden").toString()).doesNotContain("hidden");
        assertThat(new AckedSettings(Optional.of("hidden"), 1, 1, 1, Duration.ofSeconds(1)).toString())
                .doesNotContain("hidden");
    }

    @Test
    void acceptsOnlyAcknowledgementsThatFit() throws Exception {
        PendingLines pending = new PendingLines(10, 100);
        for (String line : List.of("a", "b", "c")) {
            pending.offer(line.getBytes(UTF_8));
        }
        pending.goOn(5);
        assertThat(pending.take(() -> false).first()).isEqualTo(5);
        pending.acknowledged(5);
        assertThat(pending.size()).isEqualTo(2);

        assertThatThrownBy(() -> pending.acknowledged(8))
                .hasMessage("the server acknowledges line 8, but only those before 8 were sent");
        assertThatThrownBy(() -> pending.goOn(5)).hasMessageContaining("it has forgotten them");
        assertThatThrownBy(() -> pending.goOn(9)).hasMessageContaining("another one has used its id");
        pending.goOn(7);
        PendingLines.Batch again = pending.take(() -> false);
        assertThat(again.first()).isEqualTo(7);
        assertThat(again.lines()).hasSize(1);
    }
}
