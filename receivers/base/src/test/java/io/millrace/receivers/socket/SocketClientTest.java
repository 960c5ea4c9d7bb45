// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receiver.TextChunk;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketClientTest {

    private static final ActorSystem SYSTEM = ActorSystem.create("socket-client");

    private final RecordingContext context = new RecordingContext();
    private ServerSocketChannel listener;
    private int port;

    SocketClientTest() throws IOException {
        listener = ServerSocketChannel.open();
    }

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @BeforeEach
    void listen() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        port = listener.socket().getLocalPort();
    }

    @AfterEach
    void close() throws IOException {
        listener.close();
    }

    private SocketClient client() {
        return SocketClient.connect("127.0.0.1", port);
    }

    private RunningFeed open(SocketClient client) {
        return RunningFeed.open(client, context, SYSTEM);
    }

    private Peer accept() throws IOException {
        return new Peer(listener.accept());
    }

    private String line(long position, String text) {
        return "127.0.0.1:" + port + " " + position + " " + text;
    }

    @Test
    void givesTheLinesThePeerSends() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            peer.send("one\ntw");
            assertThat(feed.lines(1)).containsExactly(line(0, "one"));
            peer.send("o\nthree\n");
            assertThat(feed.lines(2)).containsExactly(line(4, "two"), line(8, "three"));
        }
    }

    @Test
    void endsWhenThePeerDoesAndCountsItsLastLine() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            peer.send("one\ntwo");
            peer.finish();

            assertThat(feed.lines(2)).containsExactly(line(0, "one"), line(4, "two"));
            assertThat(feed.next()).isEmpty();
            assertThat(context.reports).isEmpty();
        }
    }

    @Test
    void keepsItsHalfOpenUntilThePeerEndedAndClosesItThen() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            peer.send("one\n");
            assertThat(feed.lines(1)).hasSize(1);
            assertThat(peer.hearsNothing()).isTrue();

            peer.finish();

            assertThat(peer.seesTheEnd()).isTrue();
            assertThat(feed.next()).isEmpty();
        }
    }

    @Test
    void deliversAllThatWasSentBeforeThePeerEnded() throws Exception {
        RunningFeed feed = open(client());
        long sent;
        try (Peer peer = accept()) {
            sent = peer.sendUntilBlocked(3 << 20);
            peer.finish();

            long received = 0;
            for (var chunk = feed.next(); chunk.isPresent(); chunk = feed.next()) {
                received += chunk.get().lines().size();
            }
            assertThat(received).isBetween(sent, sent + 1);
        }
    }

    @Test
    void failsWhenThePeerBreaksAndDropsTheUnfinishedLine() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            peer.send("one\ntw");
            assertThat(feed.lines(1)).containsExactly(line(0, "one"));

            peer.reset();

            assertThat(feed.failure())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + port)
                    .hasMessageContaining("reset");
            assertThat(context.nextReport())
                    .isEqualTo("dropped 2 bytes of an unfinished line of 127.0.0.1:" + port + " at position 4");
        }
    }

    @Test
    void failsNamingHostAndPortWhenNobodyListens() throws Exception {
        listener.close();

        RunningFeed feed = open(client());

        assertThat(feed.failure())
                .isInstanceOf(IOException.class)
                .hasMessage("socket 127.0.0.1:" + port + ": Connection refused");
    }

    @Test
    void failsWhenTheConnectTakesTooLong() throws Exception {
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            List<SocketChannel> waiting = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.configureBlocking(false);
                channel.connect(full.getLocalSocketAddress());
                waiting.add(channel);
            }

            RunningFeed feed =
                    open(SocketClient.connect("127.0.0.1", full.getLocalPort()).connectTimeout(Duration.ofMillis(200)));

            assertThat(feed.failure())
                    .hasMessageContaining("127.0.0.1:" + full.getLocalPort())
                    .hasMessageContainingAll("imeout");
            for (SocketChannel channel : waiting) {
                channel.close();
            }
        }
    }

    @Test
    void closesTheConnectionWhenTheJobStops() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            peer.send("one\n");
            assertThat(feed.lines(1)).hasSize(1);

            feed.cancel();

            assertThat(peer.seesTheEnd()).isTrue();
        }
    }

    @Test
    void closesTheConnectionWhenTheJobStopsWithoutReading() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            assertThat(peer.sendUntilBlocked(64 << 20)).isPositive();

            feed.cancel();

            assertThat(peer.seesTheEnd()).isTrue();
        }
    }

    @Test
    void makesThePeerWaitWhenTheJobDoes() throws Exception {
        RunningFeed feed = open(client());
        try (Peer peer = accept()) {
            long sent = peer.sendUntilBlocked(256 << 20);

            assertThat(sent).isLessThan(32 << 20);
            TextChunk first = feed.next().orElseThrow();
            assertThat(first.lines().size()).isLessThanOrEqualTo(128 << 10);
        }
    }

    @Test
    void takesASilentConnectionForDead() throws Exception {
        RunningFeed feed = open(client().idleTimeout(Duration.ofSeconds(30)));
        try (Peer peer = accept()) {
            peer.send("one\n");
            assertThat(feed.lines(1)).hasSize(1);

            Silence.untilDone(context.manualTime, Duration.ofSeconds(30), feed);

            assertThat(feed.failure()).hasMessage("socket 127.0.0.1:" + port + ": nothing received for PT30S");
            assertThat(peer.seesTheEnd()).isTrue();
        }
    }

    @Test
    void connectsAgainEachTimeItIsOpened() throws Exception {
        SocketClient client = client();
        for (int run = 0; run < 3; run++) {
            RunningFeed feed = open(client);
            try (Peer peer = accept()) {
                peer.send("one\n");
                assertThat(feed.lines(1)).containsExactly(line(0, "one"));
            }
            assertThat(feed.next()).isEmpty();
        }
    }

    @Test
    void saysWhatItIsAndWhenToRestartIt() {
        SocketClient client = SocketClient.connect("localhost", 9999);

        assertThat(client.name()).isEqualTo("socket localhost:9999");
        assertThat(client.restartPolicy()).isEqualTo(RestartPolicy.DEFAULT);
        assertThat(client.restart(RestartPolicy.UNTIL_COMPLETE).restartPolicy())
                .isEqualTo(RestartPolicy.UNTIL_COMPLETE);
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> SocketClient.connect("localhost", 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be in 1..65535, but is 0");
        assertThatThrownBy(() -> client().connectTimeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("connectTimeout must be longer than 0, but is PT0S");
    }
}
