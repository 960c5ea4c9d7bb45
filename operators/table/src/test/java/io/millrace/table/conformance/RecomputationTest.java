// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.conformance.naive.Recomputation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where Spark is right, the naive answers are Spark's. */
class RecomputationTest {

    @Test
    void answersAsSparkWhereItKnowsWhatIsAsked() throws Exception {
        List<String> wrong = new ArrayList<>();
        int compared = 0;
        for (StructuredCase structuredCase : StructuredCase.in(StructuredCasesTest.folder())) {
            Outcome spark = structuredCase.spark(StructuredCase.Form.OPS);
            boolean ran = spark.refusal().isEmpty()
                    && spark.steps().stream().allMatch(step -> step.failure().isEmpty());
            if (ran && Deviations.rules(structuredCase).isEmpty()) {
                try {
                    Outcome naive = Deviations.outcome(structuredCase, Recomputation.of(structuredCase), true);
                    compared++;
                    Optional<String> difference =
                            new Comparison(structuredCase).difference(withoutDropped(spark), naive);
                    difference.ifPresent(text -> wrong.add(structuredCase + ": " + text));
                } catch (UnsupportedCaseException e) {
                    System.out.println("not known to the naive evaluator: " + structuredCase + ": " + e.getMessage());
                }
            }
        }
        System.out.println("naive answers compared: " + compared);
        assertThat(wrong).isEmpty();
        assertThat(compared).isGreaterThan(90);
    }

    private static Outcome withoutDropped(Outcome outcome) {
        List<Outcome.Step> steps = new ArrayList<>();
        for (Outcome.Step step : outcome.steps()) {
            steps.add(new Outcome.Step(
                    step.batches().stream()
                            .map(batch -> new Outcome.Batch(
                                    batch.batchId(),
                                    batch.rows(),
                                    batch.watermark().filter(Instant.EPOCH::isBefore),
                                    Optional.empty()))
                            .toList(),
                    step.failure()));
        }
        return new Outcome(Optional.empty(), steps, Optional.empty());
    }
}
