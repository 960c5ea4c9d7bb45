// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.conformance.naive.Recomputation;
import io.millrace.table.conformance.naive.Recomputation.Answer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides whether an outcome that is not Spark's is the right one: only if a {@link Flaw} of Spark holds for the program, and if every batch
 * is as {@link Recomputation} says.
 */
final class Deviations {

    private Deviations() {}

    /** The flaws by which an outcome deviates rightly from Spark's; empty if it does not. */
    static Set<Flaw> of(StructuredCase structuredCase, Outcome spark, Outcome actual) {
        Set<Flaw> rules = rules(structuredCase);
        if (rules.isEmpty() || actual.refusal().isPresent()) {
            return Set.of();
        }
        if (spark.refusal().isPresent() && !rules.contains(Flaw.SEVERAL_STATEFUL_OPERATORS)) {
            return Set.of();
        }
        List<Answer> answers;
        try {
            answers = Recomputation.of(structuredCase);
        } catch (UnsupportedCaseException e) {
            return Set.of();
        }
        Outcome right = outcome(structuredCase, answers, false);
        return difference(structuredCase, right, answers, actual).isEmpty() ? rules : Set.of();
    }

    /** The rules that hold for a program. */
    static Set<Flaw> rules(StructuredCase structuredCase) {
        Set<Flaw> rules = EnumSet.noneOf(Flaw.class);
        try {
            Recomputation.Traits traits = Recomputation.traits(structuredCase);
            if (traits.statefulOperators() > 1 && !structuredCase.outputMode().equals("append")) {
                rules.add(Flaw.SEVERAL_STATEFUL_OPERATORS);
            }
            if (traits.nullKeysMeet()) {
                rules.add(Flaw.NULL_KEYS_MEET);
            }
            if (traits.nullsWithoutWatermark()) {
                rules.add(Flaw.NULLS_NEVER_EMITTED);
            }
        } catch (UnsupportedCaseException e) {
            return rules;
        }
        return rules;
    }

    /** The naive answers as an outcome; with {@code touched}, update mode gives those rows too. */
    static Outcome outcome(StructuredCase structuredCase, List<Answer> answers, boolean touched) {
        List<List<Outcome.Batch>> steps = new ArrayList<>();
        for (int step = 0; step < structuredCase.steps(); step++) {
            steps.add(new ArrayList<>());
        }
        for (int i = 0; i < answers.size(); i++) {
            Answer answer = answers.get(i);
            List<List<Object>> rows = new ArrayList<>(answer.rows());
            if (touched) {
                rows.addAll(answer.touched());
            }
            Instant watermark = Instant.ofEpochMilli(answer.watermark());
            steps.get(answer.step())
                    .add(new Outcome.Batch(
                            i, rows, Optional.of(watermark).filter(Instant.EPOCH::isBefore), Optional.empty()));
        }
        return new Outcome(
                Optional.empty(),
                steps.stream()
                        .map(batches -> new Outcome.Step(batches, Optional.empty()))
                        .toList(),
                Optional.empty());
    }

    /** The first difference, once those rows are out that need not have come but may. */
    static Optional<String> difference(
            StructuredCase structuredCase, Outcome right, List<Answer> answers, Outcome actual) {
        Comparison comparison = new Comparison(structuredCase);
        List<Outcome.Step> steps = new ArrayList<>();
        for (Outcome.Step step : actual.steps()) {
            List<Outcome.Batch> batches = new ArrayList<>();
            for (Outcome.Batch batch : step.batches()) {
                List<List<Object>> rows = batch.rows();
                if (batch.batchId() < answers.size()) {
                    rows = required(comparison, answers.get((int) batch.batchId()), rows);
                }
                batches.add(new Outcome.Batch(batch.batchId(), rows, batch.watermark(), Optional.empty()));
            }
            steps.add(new Outcome.Step(batches, step.failure()));
        }
        return comparison.difference(right, new Outcome(Optional.empty(), steps, actual.refusal()));
    }

    private static List<List<Object>> required(Comparison comparison, Answer answer, List<List<Object>> rows) {
        Optional<List<List<Object>>> further = comparison.without(rows, answer.rows());
        boolean may = further.isPresent()
                && comparison.without(answer.touched(), further.get()).isPresent();
        return may ? answer.rows() : rows;
    }
}
