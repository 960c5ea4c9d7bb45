// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random inputs, random crashes, random interleavings: whatever counted as received is processed once. The seed decides all of it and
 * stands in every failure; {@code -Dmillrace.seed=17} runs that one alone, {@code -Dmillrace.seeds=100000} that many.
 */
class RandomCrashTest {

    private static final int SEEDS = 200;
    private static final int AT_ONCE = 25;

    static LongStream seeds() {
        Long one = Long.getLong("millrace.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        return LongStream.iterate(
                0, first -> first < Integer.getInteger("millrace.seeds", SEEDS), first -> first + AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsWhatWasReceivedExactlyOnce(long first) {
        long last = Long.getLong("millrace.seed") != null ? first : first + AT_ONCE - 1;
        for (long seed = first; seed <= last; seed++) {
            try {
                run(seed);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with -Dmillrace.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    private static void run(long seed) {
        SplittableRandom dice = new SplittableRandom(seed);
        int executors = 2 + dice.nextInt(2);
        int replication = 2;
        try (BatchHarness harness = BatchHarness.builder("totals")
                .seed(seed)
                .executors(executors)
                .replication(replication)
                .serializeMessages(dice.nextInt(8) == 0)
                .set("block.records", 1 + dice.nextInt(20))
                .set("block.interval", Duration.ofMillis(50 + dice.nextInt(300)))
                .set("max-executor-restarts", 100)
                .build()) {
            RunningTotals job = new RunningTotals(harness, "seed " + seed);
            int crashes = 0;
            int rounds = 4 + dice.nextInt(6);
            for (int round = 0; round < rounds; round++) {
                if (harness.crashes() == crashes && dice.nextInt(3) > 0) {
                    // One at a time, and not before the last one is made good: two at once may take all copies.
                    harness.runBatches(2);
                    CrashPoint[] points = CrashPoint.values();
                    harness.crashWhen(points[dice.nextInt(points.length)], dice.nextInt(executors), dice.nextInt(6));
                    crashes++;
                }
                for (int piece = dice.nextInt(4); piece >= 0; piece--) {
                    job.add(dice.nextInt(40));
                    harness.advance(Duration.ofMillis(dice.nextInt(400)));
                }
                if (dice.nextInt(4) == 0) {
                    int halted = dice.nextInt(executors);
                    harness.freezeExecutor(halted);
                    harness.advance(Duration.ofMillis(dice.nextInt(8000)));
                    harness.thawExecutor(halted);
                }
                harness.runBatch();
            }
            harness.runBatches(3);
            assertThat(harness.report())
                    .as("seed %d, %d crashes", seed, crashes)
                    .isEmpty();
            job.check();
            job.checkNothingLeft();

            long lostWithReceivers = job.input().taken() - job.processed().size();
            int crashesBefore = harness.crashes();
            job.add(dice.nextInt(40));
            harness.advance(Duration.ofMillis(dice.nextInt(1000)));
            assertThat(harness.stop().complete()).as("seed %d", seed).isTrue();
            job.checkProcessed();
            if (harness.crashes() == crashesBefore) {
                assertThat(job.input().taken() - job.processed().size())
                        .as("lost without a crash, seed %d", seed)
                        .isEqualTo(lostWithReceivers);
            }
            assertThat(harness.simulation().uncaught()).as("seed %d", seed).isEmpty();
        }
    }
}
