// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.HeldBlock;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Receivers are read no faster than they may be, and with backpressure no faster than the batches can work. */
class RateLimitsTest {

    /** A line of 1024 bytes with its end. */
    private static final String KIBIBYTE = "x".repeat(1023);

    @Test
    void aReceiverBringsNoMoreRecordsPerSecondThanItMay() {
        try (BatchHarness harness =
                BatchHarness.builder("records").set("receiver.max-rate", 10).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Long> counts = harness.collect(harness.stream(input).count());
            harness.start();

            input.addAll(Collections.nCopies(45, 1));
            harness.runBatches(6);

            assertThat(counts.all()).containsExactly(10L, 10L, 10L, 10L, 5L, 0L);
        }
    }

    @Test
    void linesOfTextAreCountedForALimitOnRecords() {
        try (BatchHarness harness =
                BatchHarness.builder("lines").set("receiver.max-rate", 10).build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Long> counts = harness.collect(harness.stream(lines).count());
            harness.start();

            lines.addAll(Collections.nCopies(45, "line"));
            harness.runBatches(5);

            assertThat(counts.all()).containsExactly(10L, 10L, 10L, 10L, 5L);
            assertThat(harness.events().blocks()).allMatch(block -> block.records() > 0);
        }
    }

    @Test
    void aReceiverBringsNoMoreBytesPerSecondThanItMay() {
        try (BatchHarness harness = BatchHarness.builder("bytes")
                .set("receiver.max-bytes-rate", "8KiB")
                .build()) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Long> counts = harness.collect(harness.stream(lines).count());
            harness.start();

            lines.addAll(Collections.nCopies(20, KIBIBYTE));
            harness.runBatches(4);

            assertThat(counts.all()).containsExactly(8L, 8L, 4L, 0L);
            assertThat(harness.events().blocks()).allMatch(block -> block.records() == -1);
        }
    }

    @Test
    void eachReceiverHasTheLimitForItself() {
        try (BatchHarness harness =
                BatchHarness.builder("two").set("receiver.max-rate", 10).build()) {
            ScriptedInput<String> one = harness.input();
            ScriptedInput<String> other = harness.input();
            CollectedOutput<Long> counts = harness.collect(
                    harness.stream(one).union(harness.stream(other)).count());
            harness.start();

            one.addAll(Collections.nCopies(30, "a"));
            other.addAll(Collections.nCopies(15, "b"));
            harness.runBatches(3);

            assertThat(counts.all()).containsExactly(20L, 15L, 10L);
        }
    }

    private static BatchHarnessBuilder rated(String name, int initialRate) {
        return BatchHarness.builder(name)
                .set("backpressure.enabled", true)
                .set("backpressure.initial-rate", initialRate)
                .set("backpressure.pid.min-rate", 1);
    }

    /** Runs batches that take 20 ms for each of their records; answers how many each of them had. */
    private static List<Long> slowly(BatchHarness harness, int batches) {
        List<Long> sizes = new ArrayList<>();
        for (int i = 0; sizes.size() < batches && i < 100; i++) {
            long records = running(harness);
            harness.advance(Duration.ofMillis(Math.max(100, 20 * records)));
            harness.releaseOutputs();
            if (records > 0) {
                sizes.add(records);
            }
        }
        return sizes;
    }

    /** How many records are in the batch whose output is held; an integer counts 64 bytes. */
    private static long running(BatchHarness harness) {
        return harness.blocks().stream()
                        .filter(block -> !block.waiting())
                        .mapToLong(HeldBlock::bytes)
                        .sum()
                / 64;
    }

    private static ScriptedInput<Integer> slowJob(BatchHarness harness) {
        ScriptedInput<Integer> input = harness.input();
        harness.stream(input, 0).foreachBatch((time, records) -> harness.holdOutputs());
        harness.start();
        harness.holdOutputs();
        return input.addAll(Collections.nCopies(10_000, 1));
    }

    @Test
    void ratesFollowTheSpeedOfTheBatches() {
        try (BatchHarness harness = rated("rated", 100).build()) {
            ScriptedInput<Integer> input = slowJob(harness);

            List<Long> sizes = slowly(harness, 8);
            Instant before = harness.now();
            long taken = input.taken();
            slowly(harness, 8);
            double seconds = Duration.between(before, harness.now()).toMillis() / 1_000.0;

            // 100 in the first second, which take 2 s, so that 200 come meanwhile: this is what the rate puts an end
            // to.
            assertThat(sizes).startsWith(100L, 200L);
            assertThat((input.taken() - taken) / seconds).isBetween(35.0, 55.0);
        }
    }

    @Test
    void aReceiverThatMovesKeepsTheRateOfItsStream() {
        try (BatchHarness harness = rated("moved", 1_000).build()) {
            ScriptedInput<Integer> input = slowJob(harness);
            slowly(harness, 8);
            long before = input.taken();
            harness.advance(Duration.ofSeconds(1));
            long perSecond = input.taken() - before;

            harness.crashExecutor(0);
            harness.advance(Duration.ofSeconds(1));

            assertThat(perSecond).isBetween(10L, 100L);
            assertThat(input.taken() - before - perSecond).isBetween(perSecond * 9 / 10, perSecond * 13 / 10);
        }
    }
}
