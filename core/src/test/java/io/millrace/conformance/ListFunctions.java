// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The functions over all records of a partition. */
final class ListFunctions {

    private ListFunctions() {}

    /** The function of a name. */
    static Function<List<Object>, List<Object>> of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "each" -> {
                UnaryOperator<Object> function = UnaryFunctions.of(spec.function());
                yield records -> each(records, function);
            }
            case "keep" -> {
                Predicate<Object> predicate = Predicates.of(spec.function());
                yield records -> records.stream().filter(predicate).toList();
            }
            case "partitionCount" -> records -> List.of((long) records.size());
            case "partitionSum" ->
                records -> List.of(
                        records.stream().mapToLong(record -> (Long) record).sum());
            case "partitionSorted" -> records -> List.of(NaturalOrder.sorted(records));
            case "nothing" -> records -> List.of();
            default -> throw spec.unknown("list function");
        };
    }

    private static List<Object> each(List<Object> records, UnaryOperator<Object> function) {
        List<Object> results = new ArrayList<>();
        records.forEach(record -> results.add(function.apply(record)));
        return results;
    }
}
