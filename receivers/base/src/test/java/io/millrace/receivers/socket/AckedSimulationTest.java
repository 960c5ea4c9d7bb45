// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The acknowledged line protocol in whole jobs, in virtual time. */
class AckedSimulationTest {

    private final List<String> lines = new ArrayList<>();
    private BatchHarness harness = BatchHarness.create("acked");
    private SimulatedServer server = new SimulatedServer(AckedSettings.DEFAULT);

    @BeforeEach
    void begin() {
        start(BatchHarness.create("acked"), AckedSettings.DEFAULT);
    }

    private void start(BatchHarness newHarness, AckedSettings settings) {
        harness.close();
        harness = newHarness;
        server = new SimulatedServer(settings);
        lines.clear();
        harness.stream(server, 0).foreachBatch((time, records) -> lines.addAll(records));
        harness.start();
    }

    @AfterEach
    void end() {
        harness.close();
    }

    private SimulatedClient connect() {
        SimulatedClient client = new SimulatedClient(server);
        harness.settle();
        assertThat(client.isConnected()).isTrue();
        return client;
    }

    private SimulatedClient say(SimulatedClient client, String text) {
        client.send(text);
        harness.settle();
        return client;
    }

    @Test
    void acknowledgesALineWhenItsBlockCounts() {
        SimulatedClient client = say(connect(), "HELLO 1 me\n1 to be\n2 or not\n");
        assertThat(client.heard()).containsExactly("OK 1");

        harness.advance(Duration.ofMillis(200));
        assertThat(client.heard()).containsExactly("OK 1", "ACK 2");

        harness.runBatch();
        assertThat(lines).containsExactly("to be", "or not");
    }

    @Test
    void acknowledgesNothingWhileACopyIsMissing() {
        SimulatedClient client = say(connect(), "HELLO 1 me\n1 to be\n");
        harness.freezeExecutor(1);
        harness.advance(Duration.ofMillis(900));
        assertThat(client.heard()).containsExactly("OK 1");

        harness.thawExecutor(1);
        assertThat(client.heard()).containsExactly("OK 1", "ACK 1");
    }

    @Test
    void goesOnWhereTheLinesCountWhenAClientComesAgain() {
        say(connect(), "HELLO 1 me\n1 a\n2 b\n3 hal").reset();
        harness.settle();
        SimulatedClient again = say(connect(), "HELLO 1 me\n");
        assertThat(again.heard()).as("lines are on their way").isEmpty();

        harness.advance(Duration.ofMillis(200));
        assertThat(again.heard()).containsExactly("OK 3");
        say(again, "1 a\n2 b\n3 half\n4 d\n");
        harness.advance(Duration.ofMillis(200));
        assertThat(again.acknowledged()).isEqualTo(4);

        harness.runBatches(2);
        assertThat(lines).containsExactly("a", "b", "half", "d");
    }

    @Test
    void saysAgainWhatCountsToOneWhoSendsItAgain() {
        say(connect(), "HELLO 1 me\n1 a\n");
        harness.advance(Duration.ofMillis(200));

        assertThat(say(connect(), "HELLO 1 me\n1 a\n").heard()).containsExactly("OK 2", "ACK 1");
    }

    @Test
    void servesAClientThatClosesItsHalfUntilItsLinesCount() {
        SimulatedClient client = say(connect(), "HELLO 1 me\n1 a\n2 unfinished");
        client.finish();
        harness.settle();
        assertThat(client.isOver()).isFalse();

        harness.advance(Duration.ofMillis(200));
        assertThat(client.heard()).containsExactly("OK 1", "ACK 1");
        assertThat(client.isOver()).isTrue();
        harness.runBatch();
        assertThat(lines).containsExactly("a");
    }

    @Test
    void letsTheNewerOfTwoConnectionsWin() {
        SimulatedClient older = say(connect(), "HELLO 1 me\n1 a\n");
        SimulatedClient newer = say(connect(), "HELLO 1 me\n");
        say(older, "2 from the older\n");
        assertThat(older.heard()).containsExactly("OK 1", "ERR this client has a newer connection");

        harness.advance(Duration.ofMillis(200));
        assertThat(newer.heard()).containsExactly("OK 2");
        say(newer, "2 from the newer\n");
        harness.runBatches(2);

        assertThat(lines).containsExactly("a", "from the newer");
        assertThat(older.isOver()).isTrue();
        assertThat(newer.acknowledged()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HELLO 2 me | unknown version, this server speaks version 1",
                "HELLO 1 | the first line must be: HELLO 1 <clientId> [token]",
                "GET / HTTP/1.1 | the first line must be: HELLO 1 <clientId> [token]",
                "HELLO 1 me | wrong token",
                "HELLO 1 me secreT | wrong token",
                "HELLO 1 me secret2 | wrong token",
                "HELLO 1 me secret more | the first line must be: HELLO 1 <clientId> [token]",
            })
    void refusesWhoDoesNotGreetAsItShould(String hello, String reason) {
        start(
                BatchHarness.create("acked"),
                new AckedSettings(Optional.of("secret"), 1, 10, 100, Duration.ofSeconds(30)));
        SimulatedClient client = say(connect(), hello + "\n1 x\n");

        assertThat(client.heard()).containsExactly("ERR " + reason);
        harness.advance(Duration.ofSeconds(1));
        assertThat(client.isOver()).isTrue();
        assertThat(server.faults).singleElement().asString().doesNotContain("secre");
        harness.runBatch();
        assertThat(lines).isEmpty();
    }

    @Test
    void refusesIdsAndClientsBeyondTheBounds() {
        start(BatchHarness.create("acked"), new AckedSettings(Optional.empty(), 1, 10, 100, Duration.ofSeconds(30)));

        assertThat(say(connect(), "HELLO 1 " + "x".repeat(129) + "\n").heard())
                .containsExactly("ERR a client id has 1 to 128 characters of ASCII without spaces");
        assertThat(say(connect(), "HELLO 1 " + "x".repeat(128) + "\n").heard()).containsExactly("OK 1");
        assertThat(say(connect(), "HELLO 1 other\n").heard())
                .containsExactly("ERR this server remembers 1 clients, and no more");
    }

    @Test
    void takesWhatIsGoodBeforeAFault() {
        SimulatedClient client = say(connect(), "HELLO 1 me\n1 a\n3 c\n4 d\n");
        assertThat(client.heard()).containsExactly("OK 1", "ERR line 2 is missing, there came 3");

        harness.runBatch();
        assertThat(lines).containsExactly("a");
        assertThat(say(connect(), "HELLO 1 me\n").heard()).containsExactly("OK 2");
    }

    @Test
    void closesAConnectionWhoseLineDoesNotCome() {
        SimulatedClient silent = connect();
        SimulatedClient slow = say(connect(), "HELLO 1 slow\n");
        SimulatedClient idle = say(connect(), "HELLO 1 idle\n1 a\n");
        for (int i = 0; i < 7; i++) {
            say(slow, i == 0 ? "1 " : "x");
            harness.advance(Duration.ofSeconds(10));
        }

        assertThat(silent.heard()).containsExactly("ERR too slow: a line took longer than PT30S");
        assertThat(slow.heard()).containsExactly("OK 1", "ERR too slow: a line took longer than PT30S");
        assertThat(idle.heard()).containsExactly("OK 1", "ACK 1");
        assertThat(idle.isOver()).isFalse();
    }

    /** Who brings a byte now and then is shown out, however many of them there are; who is honest does not notice. */
    @Test
    void isNotHeldUpByThousandsThatDrip() {
        int dripping = 2_000;
        List<SimulatedClient> slow = new ArrayList<>();
        for (int i = 0; i < dripping; i++) {
            slow.add(connect());
            slow.get(i).send("HELLO 1 slow-" + i + "\n1 ");
        }
        SimulatedClient honest = say(connect(), "HELLO 1 honest\n");
        for (int round = 1; round <= 7; round++) {
            slow.forEach(client -> client.send("x"));
            say(honest, round + " line " + round + "\n");
            harness.advance(Duration.ofSeconds(10));
            assertThat(honest.acknowledged()).isEqualTo(round);
        }

        assertThat(server.faults).hasSize(dripping);
        assertThat(slow)
                .allSatisfy(client -> assertThat(client.heard())
                        .containsExactly("OK 1", "ERR too slow: a line took longer than PT30S"));
        assertThat(slow).allMatch(SimulatedClient::isOver);
        assertThat(lines).as("nothing of theirs came").hasSize(7);
    }

    @Test
    void readsAClientNoFurtherThanItsBound() {
        start(BatchHarness.create("acked"), new AckedSettings(Optional.empty(), 10, 2, 1000, Duration.ofSeconds(30)));
        SimulatedClient client = say(connect(), "HELLO 1 me\n");
        for (int i = 1; i <= 20; i++) {
            say(client, i + " line " + i + "\n");
        }
        harness.advance(Duration.ofMillis(200));
        assertThat(client.acknowledged()).isBetween(2L, 4L);

        harness.runBatches(5);
        assertThat(client.acknowledged()).isEqualTo(20);
        assertThat(lines).hasSize(20);
    }

    @Test
    void mixesTheLinesOfTwoClientsIntoABlock() {
        SimulatedClient one = say(connect(), "HELLO 1 one\n");
        SimulatedClient two = say(connect(), "HELLO 1 two\n");
        say(one, "1 a\n");
        say(two, "1 x\n");
        say(one, "2 b\n");
        harness.advance(Duration.ofMillis(200));

        assertThat(harness.blocks()).hasSize(1);
        assertThat(one.heard()).containsExactly("OK 1", "ACK 2");
        assertThat(two.heard()).containsExactly("OK 1", "ACK 1");
        harness.runBatch();
        assertThat(lines).containsExactly("a", "x", "b");
    }

    static List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (long seed = 1; seed <= Long.getLong("millrace.acked.seeds", 30); seed++) {
            seeds.add(seed);
        }
        return seeds;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsEveryLineOnceThoughConnectionsBreakAndExecutorsDie(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        start(BatchHarness.builder("acked").seed(seed).build(), AckedSettings.DEFAULT);
        List<ScriptedSender> senders = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            senders.add(new ScriptedSender(server, "client-" + i, random.split()));
        }
        CrashPoint[] points = {CrashPoint.BLOCK_CUT, CrashPoint.REPLICA_STORED, CrashPoint.BLOCK_ADDED};
        int calm = 0;
        for (int step = 0; step < 120; step++) {
            calm = harness.pendingCrashes() > 0 || harness.underReplicated() > 0 ? 0 : calm + 1;
            if (calm > 10 && random.nextInt(10) == 0) { // of two copies one is left
                harness.crashWhen(points[random.nextInt(points.length)], random.nextInt(2));
            }
            senders.forEach(ScriptedSender::step);
            harness.advance(Duration.ofMillis(random.nextInt(1, 150)));
            senders.forEach(ScriptedSender::check);
        }
        int rounds = 0;
        while (!senders.stream().allMatch(ScriptedSender::isDone)) {
            assertThat(rounds++).as("seed %s is stuck: %s", seed, senders).isLessThan(500);
            senders.forEach(ScriptedSender::settle);
            harness.advance(Duration.ofMillis(100));
            senders.forEach(ScriptedSender::check);
        }
        harness.runBatches(2);

        for (ScriptedSender sender : senders) {
            assertThat(lines.stream().filter(sender::isMine).toList())
                    .as("seed %s, %s", seed, sender)
                    .isEqualTo(sender.expected());
        }
        assertThat(lines)
                .as("seed %s", seed)
                .hasSize(senders.stream().mapToInt(s -> s.expected().size()).sum());
    }
}
