// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.conformance;

import io.millrace.table.conformance.Outcome.Batch;
import io.millrace.table.conformance.Outcome.Failure;
import io.millrace.table.conformance.Outcome.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares two outcomes of a case. */
final class Comparison {

    /** Functions whose doubles depend on the order of additions or on the library. */
    private static final Pattern INEXACT =
            Pattern.compile("\"(stddev|var|skewness|kurtosis|corr|covar|avg|mean|sum|exp|ln|log"
                    + "|pow|sqrt|cbrt|sin|cos|tan|asin|acos|atan|sinh|cosh|tanh|regr|percentile)[a-z0-9_]*\"");

    private final boolean ordered;
    private final double tolerance;

    Comparison(StructuredCase structuredCase) {
        this.ordered = structuredCase.ordered();
        this.tolerance =
                INEXACT.matcher(structuredCase.json().get("ops").toString()).find() ? 1e-9 : 0;
    }

    /** The first difference in words; empty if there is none. */
    Optional<String> difference(Outcome expected, Outcome actual) {
        if (expected.refusal().isPresent() || actual.refusal().isPresent()) {
            return failures(expected.refusal(), actual.refusal());
        }
        if (expected.schema().isPresent() && !expected.schema().equals(actual.schema())) {
            return differ("the schema", expected.schema().get(), actual.schema().orElse(List.of()));
        }
        for (int i = 0; i < Math.max(expected.steps().size(), actual.steps().size()); i++) {
            if (i == expected.steps().size() || i == actual.steps().size()) {
                return differ(
                        "the number of steps",
                        expected.steps().size(),
                        actual.steps().size());
            }
            Optional<String> difference =
                    steps(expected.steps().get(i), actual.steps().get(i));
            if (difference.isPresent()) {
                return difference.map(("step " + (i + 1) + ": ")::concat);
            }
        }
        return Optional.empty();
    }

    private Optional<String> steps(Step expected, Step actual) {
        for (int i = 0; i < Math.min(expected.batches().size(), actual.batches().size()); i++) {
            Batch batch = expected.batches().get(i);
            Optional<String> difference = batches(batch, actual.batches().get(i));
            if (difference.isPresent()) {
                return difference.map(("batch " + batch.batchId() + ": ")::concat);
            }
        }
        Optional<String> failures = failures(expected.failure(), actual.failure());
        if (failures.isPresent()) {
            return failures;
        }
        return expected.batches().size() == actual.batches().size()
                ? Optional.empty()
                : differ("the batches", expected.batches(), actual.batches());
    }

    private Optional<String> batches(Batch expected, Batch actual) {
        if (expected.batchId() != actual.batchId()) {
            return differ("the id", expected.batchId(), actual.batchId());
        }
        if (!sameRows(expected.rows(), actual.rows())) {
            return differ("the rows", expected.rows(), actual.rows());
        }
        if (expected.watermark().isPresent() && !expected.watermark().equals(actual.watermark())) {
            return differ("the watermark", expected.watermark().get(), actual.watermark());
        }
        if (expected.dropped().isPresent() && !expected.dropped().equals(actual.dropped())) {
            return differ("the dropped rows", expected.dropped().get(), actual.dropped());
        }
        return Optional.empty();
    }

    private boolean sameRows(List<List<Object>> expected, List<List<Object>> actual) {
        if (ordered) {
            return CaseValues.same(expected, actual, tolerance);
        }
        return expected.size() == actual.size() && without(actual, expected).isPresent();
    }

    /** What is left of some rows, in any order, after others are taken out; empty if not all of those are there. */
    Optional<List<List<Object>>> without(List<List<Object>> rows, List<List<Object>> taken) {
        List<List<Object>> left = new ArrayList<>(rows);
        for (List<Object> row : taken) {
            int at = 0;
            while (at < left.size() && !CaseValues.same(row, left.get(at), tolerance)) {
                at++;
            }
            if (at == left.size()) {
                return Optional.empty();
            }
            left.remove(at);
        }
        return Optional.of(left);
    }

    private static Optional<String> failures(Optional<Failure> expected, Optional<Failure> actual) {
        if (expected.isEmpty() && actual.isEmpty()) {
            return Optional.empty();
        }
        if (expected.isEmpty() || actual.isEmpty()) {
            return differ(
                    "the error",
                    expected.map(Failure::toString).orElse("none"),
                    actual.map(Failure::toString).orElse("none"));
        }
        boolean place = expected.get().at().equals(actual.get().at());
        boolean name = !expected.get().named()
                || expected.get().condition().equals(actual.get().condition());
        boolean meaning = expected.get().named()
                || Meaning.of(expected.get().message()).isIn(actual.get().message());
        return place && name && meaning ? Optional.empty() : differ("the error", expected.get(), actual.get());
    }

    private static Optional<String> differ(String what, Object expected, Object actual) {
        return Optional.of(String.format(Locale.ROOT, "%s should be %s, but is %s", what, expected, actual));
    }
}
