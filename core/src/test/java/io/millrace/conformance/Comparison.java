// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.conformance.Outcome.BatchOutcome;
import io.millrace.conformance.Outcome.Failure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compares two outcomes of a program. */
final class Comparison {

    private final Program program;

    Comparison(Program program) {
        this.program = program;
    }

    /** The first difference in words; empty if there is none. */
    Optional<String> difference(Outcome expected, Outcome actual) {
        if (expected.refusal().isPresent() || actual.refusal().isPresent()) {
            return refusals(expected.refusal(), actual.refusal());
        }
        if (expected.batches().size() != actual.batches().size()) {
            return differ(
                    "the number of batches",
                    expected.batches().size(),
                    actual.batches().size());
        }
        for (int i = 0; i < expected.batches().size(); i++) {
            Optional<String> difference =
                    batches(expected.batches().get(i), actual.batches().get(i));
            if (difference.isPresent()) {
                return difference.map(("batch " + (i + 1) + ": ")::concat);
            }
        }
        return slices(expected.slices(), actual.slices());
    }

    /**
     * The first difference in what is not concerned by a flaw: in the batches that Spark could generate, the outputs that do not depend
     * on a concerned node.
     */
    Optional<String> differenceBeside(Set<String> concerned, Outcome spark, Outcome actual) {
        if (spark.refusal().isPresent()
                || spark.batches().size() != actual.batches().size()) {
            return Optional.empty();
        }
        for (int i = 0; i < spark.batches().size(); i++) {
            BatchOutcome expected = spark.batches().get(i);
            boolean generated = expected.failures().stream()
                    .noneMatch(failure -> failure.at().equals("generate"));
            for (String output : program.outputs()) {
                if (generated && !concerned.contains(output)) {
                    Optional<String> difference =
                            outputs(output, expected, actual.batches().get(i));
                    if (difference.isPresent()) {
                        return difference.map(("batch " + (i + 1) + ": ")::concat);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> refusals(Optional<Failure> expected, Optional<Failure> actual) {
        String expectedPlace = expected.map(Failure::place).orElse("none");
        String actualPlace = actual.map(Failure::place).orElse("none");
        boolean same = expectedPlace.equals(actualPlace)
                && Meaning.of(expected.orElseThrow().message())
                        .isIn(actual.orElseThrow().message());
        return same ? Optional.empty() : differ("the refusal", described(expected), described(actual));
    }

    private static String described(Optional<Failure> failure) {
        return failure.map(some -> some.place() + ", \"" + some.message() + "\"")
                .orElse("none");
    }

    private Optional<String> batches(BatchOutcome expected, BatchOutcome actual) {
        if (expected.time() != actual.time()) {
            return differ("the time", expected.time(), actual.time());
        }
        for (String output : new LinkedHashSet<>(program.outputs())) {
            Optional<String> difference = outputs(output, expected, actual);
            if (difference.isPresent()) {
                return difference;
            }
        }
        return failures(expected.failures(), actual.failures());
    }

    private Optional<String> outputs(String output, BatchOutcome expected, BatchOutcome actual) {
        List<Object> wanted = expected.outputs().get(output);
        List<Object> got = actual.outputs().get(output);
        if (wanted == null || got == null) {
            return (wanted == null) == (got == null)
                    ? Optional.empty()
                    : differ("output " + output, batch(wanted, output, expected), batch(got, output, actual));
        }
        String wantedText = texts(wanted).toString();
        String gotText = texts(got).toString();
        return wantedText.equals(gotText) ? Optional.empty() : differ("output " + output, wantedText, gotText);
    }

    private String batch(List<Object> records, String output, BatchOutcome batch) {
        if (records != null) {
            return texts(records).toString();
        }
        return batch.failures().stream()
                .filter(failure ->
                        failure.where().equals(output) || failure.where().isEmpty())
                .findFirst()
                .map(failure -> "failure \"" + failure.message() + "\"")
                .orElse("no batch");
    }

    private List<String> texts(List<Object> records) {
        List<String> texts = records.stream().map(Values::text).toList();
        return program.orderedOutput() ? texts : texts.stream().sorted().toList();
    }

    private static Optional<String> failures(List<Failure> expected, List<Failure> actual) {
        Set<String> expectedPlaces = places(expected);
        Set<String> actualPlaces = places(actual);
        if (!expectedPlaces.equals(actualPlaces)) {
            return differ("the failures", expectedPlaces, actualPlaces);
        }
        for (Failure failure : expected) {
            for (Failure other : actual) {
                if (other.place().equals(failure.place())
                        && !Meaning.of(failure.message()).isIn(other.message())) {
                    return differ("the failure of " + failure.place(), failure.message(), other.message());
                }
            }
        }
        return Optional.empty();
    }

    private static Set<String> places(List<Failure> failures) {
        Set<String> places = new TreeSet<>();
        failures.forEach(failure -> places.add(failure.place()));
        return places;
    }

    private Optional<String> slices(List<List<List<Object>>> expected, List<List<List<Object>>> actual) {
        for (int i = 0; i < Math.max(expected.size(), actual.size()); i++) {
            String wanted = i < expected.size() ? slice(expected.get(i)) : "none";
            String got = i < actual.size() ? slice(actual.get(i)) : "none";
            if (!wanted.equals(got)) {
                return differ("slice " + (i + 1), wanted, got);
            }
        }
        return Optional.empty();
    }

    private String slice(List<List<Object>> batches) {
        return batches.stream().map(this::texts).toList().toString();
    }

    private static Optional<String> differ(String what, Object expected, Object actual) {
        return Optional.of(what + " should be " + expected + ", but is " + actual);
    }
}
