// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.SeededRandom;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.ingest.Replication.Ask;
import io.millrace.runtime.ingest.Replication.Done;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ReplicationTest {

    private static final ExecutorId SELF = new ExecutorId(0, 0);
    private static final ExecutorId E1 = new ExecutorId(1, 0);
    private static final ExecutorId E2 = new ExecutorId(2, 0);
    private static final ExecutorId E3 = new ExecutorId(3, 0);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long TIMEOUT_MICROS = 5_000_000;

    private static BlockId id(long number) {
        return new BlockId(0, 0, number);
    }

    private static BlockInfo info(long number) {
        return new BlockInfo(id(number), 10, -1, 1, 2, 0);
    }

    private static Replication of(int factor, ExecutorId... peers) {
        Replication replication = new Replication(factor, SELF, TIMEOUT);
        assertThat(replication.peers(with(SELF, peers), 0)).isEmpty();
        return replication;
    }

    private static List<ExecutorId> with(ExecutorId first, ExecutorId... others) {
        List<ExecutorId> all = new ArrayList<>(List.of(others));
        all.add(first);
        return all;
    }

    @Test
    void aBlockIsDoneWhenAsManyHoldItAsMust() {
        Replication replication = of(2, E1);

        assertThat(replication.begin(info(0), 7)).containsExactly(new Ask(id(0), E1));
        assertThat(replication.done(8)).isEmpty();
        assertThat(replication.pending()).isEqualTo(1);

        assertThat(replication.stored(id(0), E1)).isTrue();
        assertThat(replication.done(9)).containsExactly(new Done(info(0).storedAt(9), List.of(SELF, E1)));
        assertThat(replication.pending()).isZero();
    }

    @Test
    void withOneCopyABlockIsDoneAtOnce() {
        Replication replication = of(1, E1);

        assertThat(replication.begin(info(0), 0)).isEmpty();
        assertThat(replication.done(0)).hasSize(1);
    }

    @Test
    void peersTakeTurns() {
        Replication replication = of(2, E1, E2, E3);

        List<ExecutorId> asked = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            replication.begin(info(i), 0).forEach(ask -> asked.add(ask.executor()));
        }

        assertThat(asked).containsExactly(E1, E2, E3, E1, E2, E3);
    }

    @Test
    void threeCopiesAreOnThreeExecutors() {
        Replication replication = of(3, E1, E2);
        assertThat(replication.begin(info(0), 0)).containsExactlyInAnyOrder(new Ask(id(0), E1), new Ask(id(0), E2));

        replication.stored(id(0), E2);
        replication.stored(id(0), E2);
        assertThat(replication.done(0)).as("the same twice is one").isEmpty();

        replication.stored(id(0), E1);
        assertThat(replication.done(0)).hasSize(1);
    }

    @Test
    void blocksAreDoneInTheOrderInWhichTheyWereCut() {
        Replication replication = of(2, E1);
        replication.begin(info(0), 0);
        replication.begin(info(1), 0);
        replication.stored(id(1), E1);

        assertThat(replication.done(0)).isEmpty();

        replication.stored(id(0), E1);
        assertThat(replication.done(0)).extracting(done -> done.block().id()).containsExactly(id(0), id(1));
    }

    @Test
    void withTooFewExecutorsABlockWaitsForOneToCome() {
        Replication replication = of(2);
        assertThat(replication.begin(info(0), 0)).isEmpty();
        assertThat(replication.overdue(10 * TIMEOUT_MICROS)).isEmpty();
        assertThat(replication.done(10 * TIMEOUT_MICROS)).isEmpty();

        assertThat(replication.peers(List.of(SELF, E1), 0)).containsExactly(new Ask(id(0), E1));
    }

    @Test
    void whenTheOneThatWasAskedDiesAnotherIsAsked() {
        Replication replication = of(2, E1, E2);
        replication.begin(info(0), 0);

        assertThat(replication.peers(List.of(SELF, E2), 1)).containsExactly(new Ask(id(0), E2));
        replication.stored(id(0), E1);
        assertThat(replication.done(2)).as("a dead executor holds nothing").isEmpty();
        replication.stored(id(0), E2);
        assertThat(replication.done(3)).hasSize(1);
    }

    @Test
    void whenOneThatHasStoredDiesBeforeTheBlockIsDoneAnotherIsAsked() {
        Replication replication = of(3, E1, E2, E3);
        replication.begin(info(0), 0);
        replication.stored(id(0), E1);

        assertThat(replication.peers(List.of(SELF, E2, E3), 1)).containsExactly(new Ask(id(0), E3));
        replication.stored(id(0), E2);
        assertThat(replication.done(2)).isEmpty();
        replication.stored(id(0), E3);
        assertThat(replication.done(2))
                .singleElement()
                .satisfies(done -> assertThat(done.holders()).containsExactly(SELF, E2, E3));
    }

    @Test
    void nobodyIsAskedAgainBeforeTheTimeIsOver() {
        Replication replication = of(2, E1, E2);
        replication.begin(info(0), 100);

        assertThat(replication.overdue(100 + TIMEOUT_MICROS - 1)).isEmpty();
        assertThat(replication.overdue(100 + TIMEOUT_MICROS)).containsExactly(new Ask(id(0), E2));
        assertThat(replication.overdue(100 + TIMEOUT_MICROS + 1))
                .as("the time begins anew")
                .isEmpty();
    }

    @Test
    void withoutAnotherExecutorTheSilentOneIsAskedAgain() {
        Replication replication = of(2, E1);
        replication.begin(info(0), 0);

        assertThat(replication.overdue(TIMEOUT_MICROS)).containsExactly(new Ask(id(0), E1));
        assertThat(replication.overdue(2 * TIMEOUT_MICROS)).containsExactly(new Ask(id(0), E1));
    }

    @Test
    void whoeverAnswersFirstCounts() {
        Replication replication = of(2, E1, E2);
        replication.begin(info(0), 0);
        replication.overdue(TIMEOUT_MICROS);

        replication.stored(id(0), E1);

        assertThat(replication.done(0))
                .singleElement()
                .satisfies(done -> assertThat(done.holders()).containsExactly(SELF, E1));
    }

    @Test
    void moreCopiesThanNeededAreNamedToo() {
        Replication replication = of(2, E1, E2);
        replication.begin(info(0), 0);
        replication.overdue(TIMEOUT_MICROS);

        replication.stored(id(0), E1);
        replication.stored(id(0), E2);

        assertThat(replication.done(0))
                .singleElement()
                .satisfies(done -> assertThat(done.holders()).containsExactly(SELF, E1, E2));
    }

    @Test
    void aBlockThatWaitsOnlyForItsTurnIsNotAskedForAgain() {
        Replication replication = of(2, E1, E2, E3);
        replication.begin(info(0), 0);
        replication.begin(info(1), 0);
        replication.overdue(TIMEOUT_MICROS);
        replication.stored(id(1), E2);
        replication.stored(id(1), E3);

        assertThat(replication.overdue(2 * TIMEOUT_MICROS))
                .as("block 1 is held three times and waits for block 0")
                .allMatch(ask -> ask.block().equals(id(0)))
                .isNotEmpty();
    }

    @Test
    void aCopyOfABlockThatIsDoneIsOfNoUse() {
        Replication replication = of(2, E1, E2);
        replication.begin(info(0), 0);
        replication.overdue(TIMEOUT_MICROS);
        replication.stored(id(0), E2);
        replication.done(0);

        assertThat(replication.stored(id(0), E1)).isFalse();
    }

    /** Messages are late or lost, executors die and come back: what is done is held, and everything is done in the end. */
    @Test
    void whateverHappensNothingIsDoneBelowTheFactorAndInTheEndAllIs() {
        Random random = SeededRandom.of(ReplicationTest.class);
        for (int round = 0; round < 200; round++) {
            new Model(random).run();
        }
    }

    /** A world of executors that store what they are sent, sooner or later or never. */
    private static final class Model {
        private final Random random;
        private final int factor;
        private final List<ExecutorId> peers = new ArrayList<>();
        private final Replication replication;
        private final Map<ExecutorId, Set<BlockId>> stores = new HashMap<>();
        private final List<Ask> asked = new ArrayList<>();
        private final List<Ask> answers = new ArrayList<>();
        private long now;
        private long cut;
        private long done;

        Model(Random random) {
            this.random = random;
            int others = 1 + random.nextInt(4);
            this.factor = 1 + random.nextInt(others + 1);
            this.replication = new Replication(factor, SELF, TIMEOUT);
            for (int i = 1; i <= others; i++) {
                peers.add(new ExecutorId(i, 0));
            }
            asked.addAll(replication.peers(peers, now));
        }

        void run() {
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(1_000_000);
                switch (random.nextInt(8)) {
                    case 0, 1 -> asked.addAll(replication.begin(info(cut++), now));
                    case 2 -> asked.addAll(replication.overdue(now));
                    case 3 -> die();
                    case 4, 5, 6 -> deliver();
                    default -> asked.removeIf(ask -> random.nextInt(10) == 0);
                }
                takeDone();
            }
            for (int calm = 0; replication.pending() > 0; calm++) {
                assertThat(calm).as("rounds until all is done").isLessThan(20);
                now += TIMEOUT_MICROS;
                asked.addAll(replication.overdue(now));
                while (!asked.isEmpty() || !answers.isEmpty()) {
                    deliver();
                }
                takeDone();
            }
            assertThat(done).isEqualTo(cut);
        }

        private void die() {
            int victim = random.nextInt(peers.size());
            ExecutorId dead = peers.get(victim);
            stores.remove(dead);
            answers.removeIf(answer -> answer.executor().equals(dead) && random.nextBoolean());
            peers.set(victim, new ExecutorId(dead.number(), dead.incarnation() + 1));
            asked.addAll(replication.peers(peers, now));
        }

        private void deliver() {
            if (!asked.isEmpty() && (answers.isEmpty() || random.nextBoolean())) {
                Ask ask = asked.remove(random.nextInt(asked.size()));
                if (peers.contains(ask.executor())) {
                    stores.computeIfAbsent(ask.executor(), executor -> new java.util.HashSet<>())
                            .add(ask.block());
                    answers.add(ask);
                }
            } else if (!answers.isEmpty()) {
                Ask answer = answers.remove(random.nextInt(answers.size()));
                replication.stored(answer.block(), answer.executor());
            }
        }

        private void takeDone() {
            for (Done one : replication.done(now)) {
                assertThat(one.block().id()).as("in order").isEqualTo(id(done++));
                assertThat(one.block().storedMicros()).isEqualTo(now);
                assertThat(new TreeSet<>(one.holders())).hasSizeGreaterThanOrEqualTo(factor);
                for (ExecutorId holder : one.holders()) {
                    assertThat(holder.equals(SELF)
                                    || stores.getOrDefault(holder, Set.of())
                                            .contains(one.block().id()))
                            .as("%s holds %s", holder, one.block().id())
                            .isTrue();
                }
            }
        }
    }
}
