// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** State is kept by several executors before anybody sees what came of it. */
class StateReplicationTest {

    @Test
    void writesNoOutputBeforeAllCopiesOfTheStateHaveTheChanges() {
        try (BatchHarness harness =
                BatchHarness.builder("staged").set("partitions", 1).build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Long>> totals = totals(harness, input);
            harness.start();
            input.add("a");
            harness.advance(Duration.ofMillis(500));

            harness.freezeExecutor(1);
            harness.advance(Duration.ofSeconds(3));
            assertThat(harness.passed(CrashPoint.TASK_DONE)).isPositive();
            assertThat(totals.batches()).isEmpty();

            harness.thawExecutor(1);
            assertThat(totals.at(1000)).containsExactly(Pair.of("a", 1L));
            assertThat(harness.<String, Long>state("totals")).isEqualTo(Map.of("a", 1L));
        }
    }

    @Test
    void bringsAnExecutorUpToDateThatJoinsWhileBatchesRun() {
        try (BatchHarness harness = BatchHarness.create("joins")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Long>> totals = totals(harness, input);
            harness.start();
            input.add("a", "b", "c", "d", "e");
            harness.runBatch();
            input.add("a", "b", "c");
            harness.advance(Duration.ofMillis(500));

            harness.context().crashExecutor(1);
            harness.runUntil(() -> harness.events().lines().contains("executor-1.1 added"));
            harness.freezeExecutor(1);
            harness.advance(Duration.ofSeconds(3));
            harness.thawExecutor(1);
            harness.runBatch();

            Map<String, Long> expected = Map.of("a", 2L, "b", 2L, "c", 2L, "d", 1L, "e", 1L);
            assertThat(harness.<String, Long>state("totals")).isEqualTo(expected);
            assertThat(totals.last()).hasSize(5);

            harness.crashExecutor(0);
            harness.runBatch();
            assertThat(totals.last())
                    .extracting(pair -> Map.entry(pair.key(), pair.value()))
                    .containsExactlyInAnyOrderElementsOf(expected.entrySet());
            assertThat(harness.<String, Long>state("totals")).isEqualTo(expected);
        }
    }

    @Test
    void stopsTheJobWhenTheStateIsKeptByNobodyAnyMore() {
        try (BatchHarness harness = BatchHarness.create("lost")) {
            ScriptedInput<String> input = harness.input();
            totals(harness, input);
            harness.start();
            input.add("a");
            harness.runBatch();

            harness.context().crashExecutor(0);
            harness.crashExecutor(1);

            assertThat(harness.report())
                    .hasValueSatisfying(report -> assertThat(report.complete()).isFalse());
            assertThat(harness.context().stop().toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining(
                            "The state of 4 partitions is lost: every executor that kept it died (2 kept it)");
        }
    }

    private static CollectedOutput<Pair<String, Long>> totals(BatchHarness harness, ScriptedInput<String> input) {
        return harness.collect(harness.stream(input, 0)
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()))
                .named("totals"));
    }
}
