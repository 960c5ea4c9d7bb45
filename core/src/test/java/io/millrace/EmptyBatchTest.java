// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Batches in which nothing came, of a job that keeps a state and counts what it emits. */
class EmptyBatchTest {

    private static PairDStream<String, Long> totals(BatchHarness harness, ScriptedInput<String> input) {
        return harness.stream(input)
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((ones, total) ->
                        ones.isEmpty() ? Optional.empty() : Optional.of(total.orElse(0L) + ones.size()))
                .named("totals");
    }

    @Test
    void takesFewerMessagesWhileThereIsNoState() {
        try (BatchHarness harness = BatchHarness.create("empty")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Long> counts =
                    harness.collect(totals(harness, input).count());
            harness.start();
            harness.runBatches(2);
            long before = harness.simulation().steps();
            harness.runBatch();
            long withoutState = harness.simulation().steps() - before;

            input.add("a", "b", "c");
            harness.runBatch();
            assertThat(counts.last()).containsExactly(3L);
            before = harness.simulation().steps();
            harness.runBatch(); // takes the state away
            long withState = harness.simulation().steps() - before;
            harness.runBatch();
            before = harness.simulation().steps();
            harness.runBatch();

            assertThat(withoutState).isLessThan(withState);
            assertThat(harness.simulation().steps() - before).isEqualTo(withoutState);
            assertThat(counts.all()).containsExactly(0L, 0L, 0L, 3L, 0L, 0L, 0L);
            assertThat(harness.state("totals")).isEmpty();
        }
    }

    @Test
    void countsAlthoughExecutorsDie() {
        try (BatchHarness harness =
                BatchHarness.builder("dying").executors(3).replication(2).build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Long> counts =
                    harness.collect(totals(harness, input).count());
            harness.start();
            for (int executor = 0; executor < 3; executor++) {
                harness.runBatch();
                harness.crashExecutor(executor);
                harness.runBatch();
                assertThat(counts.last()).containsExactly(0L);
                input.add("a", "b", "c", "d", "e", "a");
                harness.runBatch();
                assertThat(counts.last()).containsExactly(5L);
                assertThat(harness.<String, Long>state("totals"))
                        .containsEntry("a", 2L)
                        .hasSize(5);
                harness.runBatches(2);
                assertThat(counts.last()).containsExactly(0L);
            }
        }
    }

    @Test
    void givesAStateThatComesOfNothingToThePartitionOfItsKey() {
        try (BatchHarness harness = BatchHarness.create("of-nothing")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<Long, Long>> seen = harness.collect(harness.stream(input)
                    .count()
                    .mapToPair(count -> Pair.of(count, 1L))
                    .<Long>updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()))
                    .named("seen"));
            harness.start();
            harness.runBatches(2);
            harness.crashExecutor(0);
            harness.runBatch();
            harness.crashExecutor(1);
            harness.runBatch();

            assertThat(seen.last()).containsExactly(Pair.of(0L, 4L));
            assertThat(harness.<Long, Long>state("seen")).containsEntry(0L, 4L).hasSize(1);
        }
    }
}
