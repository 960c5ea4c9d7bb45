// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The functions over all records of a batch. */
final class BatchFunctions {

    /** Over one stream. */
    @FunctionalInterface
    interface OneBatch {
        /** The records for those of the batch at a time; null if the function returns no batch. */
        List<Object> apply(long millis, List<Object> records);
    }

    /** Over two streams. */
    @FunctionalInterface
    interface TwoBatches {
        /** The records for those of both batches at a time. */
        List<Object> apply(long millis, List<Object> left, List<Object> right);
    }

    private BatchFunctions() {}

    /** The function over one stream of a name. */
    static OneBatch one(FunctionSpec spec) {
        return switch (spec.name()) {
            case "sortAsc" -> (time, records) -> NaturalOrder.sorted(records);
            case "sortDesc" -> (time, records) -> descending(records);
            case "distinct" -> (time, records) -> new ArrayList<>(new LinkedHashSet<>(records));
            case "top" -> {
                long most = spec.number();
                yield (time, records) ->
                        descending(records).stream().limit(most).toList();
            }
            case "indexSorted" -> (time, records) -> indexed(NaturalOrder.sorted(records));
            case "tagTime" ->
                (time, records) -> records.stream()
                        .<Object>map(record -> Pair.of(time, record))
                        .toList();
            case "countBatch" -> (time, records) -> List.of((long) records.size());
            case "empty" -> (time, records) -> List.of();
            case "null" -> (time, records) -> null;
            case "failAtTime" -> {
                long failing = spec.number();
                yield (time, records) -> failing(time, failing, records);
            }
            case "failInTaskAtTime" -> {
                long failing = spec.number();
                yield (time, records) -> failingInTask(time == failing, records);
            }
            default -> throw spec.unknown("batch function");
        };
    }

    /** The function over two streams of a name. */
    static TwoBatches two(FunctionSpec spec) {
        return switch (spec.name()) {
            case "subtract" ->
                (time, left, right) -> {
                    Set<Object> refused = new HashSet<>(right);
                    return left.stream()
                            .filter(record -> !refused.contains(record))
                            .toList();
                };
            case "intersection" ->
                (time, left, right) -> {
                    Set<Object> both = new LinkedHashSet<>(left);
                    both.retainAll(new HashSet<>(right));
                    return new ArrayList<>(both);
                };
            case "unionDistinct" ->
                (time, left, right) -> {
                    Set<Object> all = new LinkedHashSet<>(left);
                    all.addAll(right);
                    return new ArrayList<>(all);
                };
            case "cartesian" ->
                (time, left, right) -> left.stream()
                        .flatMap(one -> right.stream().<Object>map(other -> Pair.of(one, other)))
                        .toList();
            case "countBoth" ->
                (time, left, right) -> List.of(Pair.of(time, Pair.of((long) left.size(), (long) right.size())));
            default -> throw spec.unknown("two-batch function");
        };
    }

    private static List<Object> descending(List<Object> records) {
        List<Object> sorted = new ArrayList<>(records);
        sorted.sort(Collections.reverseOrder(NaturalOrder.ORDER));
        return sorted;
    }

    private static List<Object> indexed(List<Object> sorted) {
        List<Object> indexed = new ArrayList<>();
        for (Object record : sorted) {
            indexed.add(Pair.of(record, (long) indexed.size()));
        }
        return indexed;
    }

    private static List<Object> failing(long millis, long failing, List<Object> records) {
        if (millis == failing) {
            throw new GenerationFailedException("failed at " + millis);
        }
        return records;
    }

    private static List<Object> failingInTask(boolean fails, List<Object> records) {
        if (fails && !records.isEmpty()) {
            throw new IllegalStateException("task failed");
        }
        return records;
    }
}
