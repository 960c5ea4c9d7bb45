// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A job chooses its batch interval by how long its batches take. */
class LatencyControlTest {

    private static BatchHarnessBuilder job(long firstMillis) {
        return BatchHarness.builder("latency")
                .batchInterval(Duration.ofMillis(firstMillis))
                .latencyTarget(Duration.ofMillis(500), Duration.ofMillis(100), Duration.ofSeconds(2));
    }

    @Test
    void theIntervalShrinksUntilTheTargetIsHeldAndStaysThere() {
        try (BatchHarness harness = job(1000).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input));
            harness.start();

            for (int i = 0; i < 50; i++) {
                input.add(i);
                harness.advance(Duration.ofMillis(100));
            }

            assertThat(out.times()).containsExactly(1000L, 2000L, 3000L, 3150L, 3600L, 4050L, 4500L, 4950L);
            assertThat(out.all()).hasSize(50).isSorted().doesNotHaveDuplicates();
            assertThat(harness.events().lines())
                    .filteredOn(line -> line.startsWith("batch interval"))
                    .containsExactly("batch interval PT0.45S after 3000 ms");
        }
    }

    @Test
    void theIntervalGrowsUntilTheJobKeepsUp() {
        try (BatchHarness harness = job(400).build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(harness.<Integer>input()));
            harness.start();
            harness.advance(Duration.ofMillis(399));

            for (int batch = 0; batch < 2; batch++) {
                harness.holdOutputs();
                harness.advance(Duration.ofMillis(1 + 398));
                harness.releaseOutputs();
                harness.advance(Duration.ofMillis(1));
            }
            harness.advance(Duration.ofMillis(1));

            assertThat(out.times()).containsExactly(400L, 800L, 1200L);
            assertThat(harness.events().lines()).contains("batch interval PT0.442S after 1200 ms");
        }
    }

    @Test
    void theIntervalGrowsAsFarAsTheTargetAllows() {
        try (BatchHarness harness = job(100).build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(harness.<Integer>input()));
            harness.start();

            harness.advance(Duration.ofSeconds(1));

            assertThat(out.times()).containsExactly(100L, 200L, 300L, 450L, 900L);
        }
    }

    /** Runs so long with a record every 10 ms, and a batch of so long and 1 ms for each record; answers the intervals that came. */
    private static List<Long> intervals(
            BatchHarness harness, ScriptedInput<Integer> input, long fixedMillis, int seconds) {
        int before = harness.events().lines().size();
        long[] seen = {input.taken()};
        harness.outputsTake(() -> {
            long records = input.taken() - seen[0];
            seen[0] = input.taken();
            return Duration.ofMillis(fixedMillis + records);
        });
        for (int i = 0; i < seconds * 20; i++) {
            input.addAll(Collections.nCopies(5, i));
            harness.advance(Duration.ofMillis(50));
        }
        List<String> lines = harness.events().lines();
        return lines.subList(before, lines.size()).stream()
                .filter(line -> line.startsWith("batch interval "))
                .map(line -> Duration.parse(line.split(" ", -1)[2]).toMillis())
                .toList();
    }

    private static long last(List<Long> intervals) {
        return intervals.get(intervals.size() - 1);
    }

    @Test
    void theIntervalFollowsALoadThatGrowsAndFallsAndDoesNotSwing() {
        try (BatchHarness harness = job(1000).build()) {
            ScriptedInput<Integer> input = harness.input();
            harness.collect(harness.stream(input).count());
            harness.start();

            // interval + 0.1 * interval should be nine tenths of 500 ms
            List<Long> light = intervals(harness, input, 0, 15);
            assertThat(last(light)).isBetween(370L, 450L);

            // 500 ms + 0.1 * interval should be nine tenths of the interval
            List<Long> heavy = intervals(harness, input, 500, 60);
            assertThat(heavy).isSorted();
            assertThat(last(heavy)).isBetween(560L, 700L);
            assertThat(harness.batches().get(harness.batches().size() - 1).absorbedIntervals())
                    .isZero();

            // more than the longest interval can hold: batches absorb
            List<Long> tooHeavy = intervals(harness, input, 2_500, 60);
            assertThat(tooHeavy).isSorted();
            assertThat(last(tooHeavy)).isEqualTo(2_000);
            assertThat(harness.batches().get(harness.batches().size() - 1).absorbedIntervals())
                    .isPositive();

            List<Long> lightAgain = intervals(harness, input, 0, 60);
            assertThat(lightAgain).isSortedAccordingTo(Comparator.reverseOrder());
            assertThat(last(lightAgain)).isBetween(370L, 450L);
            assertThat(intervals(harness, input, 0, 20)).as("it rests").isEmpty();
        }
    }

    @Test
    void aJobThatCountsInBatchesIsRefused() {
        try (BatchHarness harness = job(1000).build()) {
            harness.collect(harness.stream(harness.<String>input()).window(Duration.ofSeconds(3)));

            assertThatThrownBy(harness::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(
                            "cannot follow a latency target of PT0.5S while the job runs: the operator" + " window-1")
                    .hasMessageContaining("counts in batches of 1000 ms");
        }
    }

    @Test
    void aTargetThatCannotBeIsRefused() {
        StreamingContextBuilder builder = StreamingContext.builder("bounds");
        Duration second = Duration.ofSeconds(1);

        assertThatThrownBy(() -> builder.latencyTarget(Duration.ZERO, second, second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The latency target must be more than zero, but is PT0S");
        assertThatThrownBy(() -> builder.latencyTarget(second.multipliedBy(3), second.multipliedBy(2), second))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no longer than the longest, which is PT1S, but is PT2S");
    }
}
