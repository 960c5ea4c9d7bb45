// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.BlockReport;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.HeldBlock;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One record from its source to the output, stop by stop, as ARCHITECTURE.md tells it. */
class RecordJourneyTest {

    @Test
    void goesFromTheSourceThroughBlockReplicaBatchTaskAndStateToTheOutput() {
        try (BatchHarness harness = BatchHarness.create("journey")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Pair<String, Long>> totals = harness.collect(harness.stream(lines)
                    .flatMap(line -> Arrays.asList(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((ones, total) -> Optional.of(total.orElse(0L) + ones.size()))
                    .named("totals"));

            // 1. The job starts its receiver on an executor.
            harness.start();
            assertThat(harness.events().lines())
                    .containsSubsequence(
                            "executor-0 added",
                            "executor-1 added",
                            "started at 0 ms",
                            "receiver 0 started on executor-0");
            assertThat(lines.isOpen()).isTrue();

            // 2. A line comes. It is taken, but there is no block yet: the block interval is 200 ms.
            harness.advance(Duration.ofMillis(100));
            lines.add("to be or not to be");
            harness.settle();
            assertThat(lines.taken()).isEqualTo(1);
            assertThat(harness.passed(CrashPoint.BLOCK_CUT)).isZero();

            // 3. The block is cut, copied to the other executor, and only then counts as received.
            harness.advance(Duration.ofMillis(200));
            assertThat(harness.passed(CrashPoint.BLOCK_CUT)).isEqualTo(1);
            assertThat(harness.blocks())
                    .containsExactly(new HeldBlock("input-0-0-0", 19, List.of("executor-0", "executor-1"), true));
            assertThat(harness.heldBlocks())
                    .isEqualTo(Map.of("executor-0", Set.of("input-0-0-0"), "executor-1", Set.of("input-0-0-0")));
            assertThat(harness.events().blocks())
                    .containsExactly(new BlockReport(
                            "input-0-0-0",
                            19,
                            -1,
                            List.of("executor-0", "executor-1"),
                            Duration.ofMillis(200),
                            Duration.ZERO));
            assertThat(totals.batches()).isEmpty();

            // 4. The batch takes the block; executors split, exchange and update, outputs are written, the batch is
            // committed.
            BatchInfo info = harness.runBatch();
            assertThat(info.batchTime().millis()).isEqualTo(1000);
            assertThat(info.blocks()).isEqualTo(1);
            assertThat(info.bytes()).isEqualTo(19);
            assertThat(info.records()).isEqualTo(1);
            assertThat(info.attempts()).isEqualTo(1);
            assertThat(info.blockWait()).isEqualTo(Duration.ofMillis(200));
            assertThat(info.totalDelay()).isEqualTo(Duration.ZERO);
            assertThat(info.succeeded()).isTrue();
            assertThat(totals.at(1000))
                    .containsExactlyInAnyOrder(
                            Pair.of("to", 2L), Pair.of("be", 2L), Pair.of("or", 1L), Pair.of("not", 1L));

            // 5. The state is kept by both executors, the block is let go by both.
            assertThat(harness.<String, Long>state("totals"))
                    .isEqualTo(Map.of("to", 2L, "be", 2L, "or", 1L, "not", 1L));
            assertThat(harness.blocks()).isEmpty();
            assertThat(harness.heldBlocks().values()).allMatch(Set::isEmpty);
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }
}
