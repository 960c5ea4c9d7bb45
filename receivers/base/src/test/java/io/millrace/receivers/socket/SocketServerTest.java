// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.ActorSystem;
import io.millrace.receiver.RestartPolicy;
import io.millrace.receiver.TextChunk;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketServerTest {

    private static final ActorSystem SYSTEM = ActorSystem.create("socket-server");

    private final RecordingContext context = new RecordingContext();
    private final List<RunningFeed> running = new ArrayList<>();

    @AfterAll
    static void stop() throws Exception {
        SYSTEM.terminate();
        SYSTEM.getWhenTerminated().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void cancel() {
        running.forEach(RunningFeed::cancel);
    }

    private RunningFeed open(SocketServer server) {
        RunningFeed feed = RunningFeed.open(server, context, SYSTEM);
        running.add(feed);
        return feed;
    }

    private static InetSocketAddress address(SocketServer server)
            throws ExecutionException, InterruptedException, TimeoutException {
        return server.boundAddress().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private static Peer connect(SocketServer server) throws Exception {
        return Peer.connect(address(server));
    }

    @Test
    void givesTheLinesOfEveryFeederWithItsOwnOriginAndPositions() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        try (Peer one = connect(server);
                Peer two = connect(server)) {
            one.send("a\nb");
            assertThat(feed.lines(1)).containsExactly(one.origin() + " 0 a");
            two.send("x\ny\n");
            assertThat(feed.lines(2)).containsExactly(two.origin() + " 0 x", two.origin() + " 2 y");
            one.send("\n");
            assertThat(feed.lines(1)).containsExactly(one.origin() + " 2 b");
        }
    }

    @Test
    void countsTheLastLineOfAFeederThatEndsAndClosesItsHalfThen() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        try (Peer peer = connect(server)) {
            peer.send("one\ntwo");
            peer.finish();

            assertThat(feed.lines(2)).containsExactly(peer.origin() + " 0 one", peer.origin() + " 4 two");
            assertThat(peer.seesTheEnd()).isTrue();
            assertThat(context.reports).isEmpty();
        }
    }

    @Test
    void reportsAFeederThatBreaksAndHearsTheOthersOn() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        try (Peer broken = connect(server);
                Peer good = connect(server)) {
            String origin = broken.origin();
            broken.send("a\nhalf");
            assertThat(feed.lines(1)).containsExactly(origin + " 0 a");

            broken.reset();

            assertThat(context.nextReport())
                    .startsWith("lost " + origin + ": ")
                    .contains("reset")
                    .endsWith("dropped 4 bytes of an unfinished line at position 2");
            good.send("b\n");
            assertThat(feed.lines(1)).containsExactly(good.origin() + " 0 b");
        }
    }

    @Test
    void resetsFeedersBeyondTheLimitAndReportsThemOnceASecond() throws Exception {
        SocketServer server = SocketServer.listen(0).maxConnections(2);
        RunningFeed feed = open(server);
        try (Peer one = connect(server);
                Peer two = connect(server)) {
            one.send("a\n");
            assertThat(feed.lines(1)).hasSize(1);
            two.send("b\n");
            assertThat(feed.lines(1)).hasSize(1);

            for (int i = 0; i < 3; i++) {
                try (Peer refused = connect(server)) {
                    assertThat(refused.seesTheEnd()).isTrue();
                }
            }

            assertThat(context.nextReport()).startsWith("refused 127.0.0.1:").endsWith("all 2 connections are in use");
            assertThat(context.reports).isEmpty();
            context.manualTime.advance(Duration.ofSeconds(1));
            assertThat(context.nextReport()).endsWith("all 2 connections are in use (the last of 2)");

            two.send("c\n");
            assertThat(feed.lines(1)).containsExactly(two.origin() + " 2 c");
        }
    }

    @Test
    void hasRoomAgainWhenAFeederEnds() throws Exception {
        SocketServer server = SocketServer.listen(0).maxConnections(1);
        RunningFeed feed = open(server);
        for (int i = 0; i < 20; i++) {
            try (Peer peer = connect(server)) {
                peer.send("a\n");
                assertThat(feed.lines(1)).containsExactly(peer.origin() + " 0 a");
                peer.finish();
                assertThat(peer.seesTheEnd()).isTrue();
            }
        }
        assertThat(context.reports).isEmpty();
    }

    @Test
    void resetsAFeederThatIsSilentForTooLong() throws Exception {
        SocketServer server = SocketServer.listen(0).idleTimeout(Duration.ofSeconds(30));
        RunningFeed feed = open(server);
        try (Peer silent = connect(server)) {
            silent.send("a\nhal");
            assertThat(feed.lines(1)).hasSize(1);

            while (context.reports.isEmpty()) {
                context.manualTime.advance(Duration.ofSeconds(30));
                Thread.onSpinWait();
            }

            assertThat(context.nextReport())
                    .isEqualTo("lost " + silent.origin()
                            + ": nothing received for PT30S, dropped 3 bytes of an unfinished line at position 2");
            assertThat(silent.seesTheEnd()).isTrue();
            assertThat(feed.waits()).isTrue();
        }
    }

    @Test
    void makesAFeederWaitWhenTheJobDoes() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        try (Peer peer = connect(server)) {
            long sent = peer.sendUntilBlocked(256 << 20);

            assertThat(sent).isLessThan(32 << 20);

            peer.finish();
            long received = 0;
            while (received < sent) {
                received += feed.next().orElseThrow().lines().size();
            }
            assertThat(received).isBetween(sent, sent + 1);
        }
    }

    @Test
    void takesFromFastFeedersInTurn() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        try (Peer one = connect(server);
                Peer two = connect(server)) {
            CompletableFuture<Void> ones = CompletableFuture.runAsync(() -> flood(one));
            CompletableFuture<Void> twos = CompletableFuture.runAsync(() -> flood(two));
            Map<String, Long> bytes = new HashMap<>();
            while (bytes.values().stream().mapToLong(Long::longValue).sum() < 64 << 20) {
                TextChunk chunk = feed.next().orElseThrow();
                bytes.merge(chunk.origin(), (long) chunk.lines().size(), Long::sum);
            }
            feed.cancel();
            CompletableFuture.allOf(ones, twos).get(10, TimeUnit.SECONDS);

            assertThat(bytes).containsOnlyKeys(one.origin(), two.origin());
            assertThat(bytes.values()).allSatisfy(each -> assertThat(each).isGreaterThan(8 << 20));
        }
    }

    private static void flood(Peer peer) {
        String text = ("x".repeat(1023) + "\n").repeat(128);
        try {
            while (true) {
                peer.send(text);
            }
        } catch (IOException stopped) {
            assertThat(stopped).isInstanceOf(IOException.class);
        }
    }

    @Test
    void listensNoMoreAndClosesItsConnectionsWhenTheJobStops() throws Exception {
        SocketServer server = SocketServer.listen(0);
        RunningFeed feed = open(server);
        InetSocketAddress address = address(server);
        try (Peer one = connect(server);
                Peer two = connect(server)) {
            one.send("a\n");
            assertThat(feed.lines(1)).hasSize(1);
            two.send("b\n");
            assertThat(feed.lines(1)).hasSize(1);

            feed.cancel();

            assertThat(one.seesTheEnd()).isTrue();
            assertThat(two.seesTheEnd()).isTrue();
        }
        while (server.boundAddress().toCompletableFuture().isDone()) {
            Thread.onSpinWait();
        }
        assertThatThrownBy(() -> Peer.connect(address)).hasMessage("Connection refused");
    }

    @Test
    void listensAgainEachTimeItIsOpened() throws Exception {
        SocketServer server = SocketServer.listen(0);
        for (int run = 0; run < 3; run++) {
            RunningFeed feed = open(server);
            try (Peer peer = connect(server)) {
                peer.send("a\n");
                assertThat(feed.lines(1)).containsExactly(peer.origin() + " 0 a");
            }
            feed.cancel();
            while (server.boundAddress().toCompletableFuture().isDone()) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void failsNamingHostAndPortWhenTheAddressIsTaken() throws Exception {
        SocketServer first = SocketServer.listen(0);
        open(first);
        int port = address(first).getPort();

        SocketServer second = SocketServer.listen(port);
        RunningFeed feed = open(second);

        assertThat(feed.failure())
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("socket server 127.0.0.1:" + port + ": ")
                .hasMessageContaining("in use");
        assertThat(second.boundAddress().toCompletableFuture()).isNotDone();
    }

    @Test
    void saysWhatItIsAndWhenToRestartIt() {
        SocketServer server = SocketServer.listen("0.0.0.0", 9999);

        assertThat(server.name()).isEqualTo("socket server 0.0.0.0:9999");
        assertThat(server.restartPolicy()).isEqualTo(RestartPolicy.DEFAULT);
        assertThat(server.restart(RestartPolicy.UNTIL_COMPLETE).restartPolicy())
                .isEqualTo(RestartPolicy.UNTIL_COMPLETE);
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> SocketServer.listen(70_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("port must be in 0..65535, but is 70000");
        assertThatThrownBy(() -> SocketServer.listen(0).maxConnections(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxConnections must be in 1..100000, but is 0");
        assertThatThrownBy(() -> SocketServer.listen(0).idleTimeout(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("idleTimeout must be longer than 0, but is PT-1S");
    }
}
