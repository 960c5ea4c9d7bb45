// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.util.Collections;
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

    @Test
    void aRateLimitHoldsWhileBatchesAreLate() {
        try (BatchHarness harness = rated("rated", 1_000).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Long> counts = harness.collect(harness.stream(input).count());
            harness.start();
            input.addAll(Collections.nCopies(20_000, 1));

            for (int i = 0; i < 6; i++) {
                int before = counts.batches().size();
                harness.holdOutputs();
                harness.advance(Duration.ofSeconds(2));
                harness.releaseOutputs();
                harness.runUntil(() -> counts.batches().size() > before);
            }
            long taken = input.taken();
            harness.holdOutputs();
            harness.advance(Duration.ofSeconds(10));

            // 1000 in the first second; how the rate follows the batches is RateControlTest's
            assertThat(counts.all().get(0)).isEqualTo(1_000L);
            // while nothing is worked on and no new rate comes, no more than the first rate is taken
            assertThat(input.taken() - taken).isBetween(100L, 11_000L);
        }
    }
}
