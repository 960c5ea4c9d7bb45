// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a program.
 *
 * @param refusal why it could not be defined or started, if so
 * @param batches its batches
 * @param slices for each slice that was asked for, its batches; a batch is its records
 */
record Outcome(Optional<Failure> refusal, List<BatchOutcome> batches, List<List<List<Object>>> slices) {

    /**
     * One batch.
     *
     * @param time its time
     * @param outputs the records of each output that had a batch and did not fail
     * @param failures what failed
     */
    record BatchOutcome(long time, Map<String, List<Object>> outputs, List<Failure> failures) {}

    /**
     * A failure.
     *
     * @param at define, start, generate or run
     * @param where the node or the output; empty if it was the whole batch or program
     * @param message what was said
     */
    record Failure(String at, String where, String message) {

        /** Without what was said. */
        String place() {
            return where.isEmpty() ? at : at + " of " + where;
        }
    }

    /** That of a program that was refused. */
    static Outcome refused(Failure refusal) {
        return new Outcome(Optional.of(refusal), List.of(), List.of());
    }

    /** That of a program that ran. */
    static Outcome ran(List<BatchOutcome> batches, List<List<List<Object>>> slices) {
        return new Outcome(Optional.empty(), batches, slices);
    }

    /** What a case in JSON expects. */
    static Outcome fromJson(Map<?, ?> expect) {
        if (expect.get("error") instanceof Map<?, ?> error) {
            return refused(failure(error));
        }
        List<BatchOutcome> batches = new ArrayList<>();
        for (Object batch : (List<?>) expect.get("batches")) {
            batches.add(batch((Map<?, ?>) batch));
        }
        List<List<List<Object>>> slices = new ArrayList<>();
        if (expect.get("slices") instanceof List<?> asked) {
            for (Object slice : asked) {
                slices.add(records((List<?>) ((Map<?, ?>) slice).get("batches")));
            }
        }
        return ran(batches, slices);
    }

    private static BatchOutcome batch(Map<?, ?> json) {
        Map<String, List<Object>> outputs = new LinkedHashMap<>();
        ((Map<?, ?>) json.get("outputs"))
                .forEach((id, records) -> outputs.put((String) id, Values.listFromJson((List<?>) records)));
        List<Failure> failures = new ArrayList<>();
        if (json.get("errors") instanceof List<?> errors) {
            errors.forEach(error -> failures.add(failure((Map<?, ?>) error)));
        }
        return new BatchOutcome((Long) json.get("time"), outputs, failures);
    }

    private static Failure failure(Map<?, ?> json) {
        Object where = json.containsKey("node") ? json.get("node") : json.get("output");
        return new Failure(
                (String) json.get("at"), where == null ? "" : (String) where, String.valueOf(json.get("message")));
    }

    private static List<List<Object>> records(List<?> batches) {
        List<List<Object>> records = new ArrayList<>();
        batches.forEach(batch -> records.add(Values.listFromJson((List<?>) batch)));
        return records;
    }
}
