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
