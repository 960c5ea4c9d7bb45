// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A job that has nothing to do for long: nothing grows. */
class IdleRunTest {

    @Test
    void growsNothingInFiveThousandBatches() {
        List<Integer> sizes = new ArrayList<>();
        try (BatchHarness harness = BatchHarness.builder("idle")
                .batchInterval(Duration.ofMillis(10))
                .serializeMessages(false)
                .build()) {
            ScriptedText lines = harness.lines();
            ScriptedInput<String> records = harness.input();
            harness.stream(lines)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((ones, total) ->
                            ones.isEmpty() ? Optional.empty() : Optional.of(total.orElse(0L) + ones.size()))
                    .named("totals")
                    .window(Duration.ofMillis(50))
                    .foreachBatch((time, all) -> sizes.add(all.size()));
            harness.collect(harness.stream(records).filter(record -> false));
            harness.start();
            lines.add("a", "b");
            records.add("c");
            harness.runBatch();
            harness.advance(Duration.ofSeconds(10));
            long stepsBefore = harness.simulation().steps();
            harness.runBatches(500);
            long stepsOfFirst = harness.simulation().steps() - stepsBefore;

            harness.advance(Duration.ofSeconds(30));

            stepsBefore = harness.simulation().steps();
            harness.runBatches(500);
            assertThat(harness.simulation().steps() - stepsBefore).isEqualTo(stepsOfFirst);
            assertThat(harness.batches()).hasSize(5001).allMatch(batch -> batch.absorbedIntervals() == 0);
            assertThat(sizes).hasSize(5001);
            assertThat(sizes.subList(0, 6)).containsExactly(2, 2, 2, 2, 2, 0);
            assertThat(harness.blocks()).isEmpty();
            assertThat(harness.heldBlocks().values()).allMatch(Set::isEmpty);
            assertThat(harness.state("totals")).isEmpty();
            assertThat(harness.state("window-1")).isEmpty();
            assertThat(harness.simulation().runnablesFromOutside()).isZero();
        }
    }
}
