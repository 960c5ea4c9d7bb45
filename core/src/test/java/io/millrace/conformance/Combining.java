// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A combiner of the language.
 *
 * @param create makes the first combined value
 * @param mergeValue adds a value to a combined one
 * @param mergeCombiners makes one of two combined values
 */
record Combining(
        UnaryOperator<Object> create, BinaryOperator<Object> mergeValue, BinaryOperator<Object> mergeCombiners) {

    /** The combiner of a name. */
    static Combining of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "sumCount" ->
                new Combining(
                        v -> Pair.of(v, 1L), (c, v) -> BinaryFunctions.plus(c, Pair.of(v, 1L)), BinaryFunctions::plus);
            case "minMax" -> new Combining(v -> Pair.of(v, v), (c, v) -> widened(c, Pair.of(v, v)), Combining::widened);
            case "sortedList" ->
                new Combining(
                        v -> joined(List.of(), Collections.singletonList(v)),
                        (c, v) -> joined(c, Collections.singletonList(v)),
                        Combining::joined);
            case "countOnly" -> new Combining(v -> 1L, (c, v) -> (Long) c + 1, BinaryFunctions::plus);
            default -> throw spec.unknown("combiner");
        };
    }

    private static Object widened(Object left, Object right) {
        Pair<?, ?> one = UnaryFunctions.pair(left);
        Pair<?, ?> other = UnaryFunctions.pair(right);
        return Pair.of(NaturalOrder.min(one.key(), other.key()), NaturalOrder.max(one.value(), other.value()));
    }

    private static Object joined(Object left, Object right) {
        List<Object> all = new ArrayList<>((List<?>) left);
        all.addAll((List<?>) right);
        return NaturalOrder.sorted(all);
    }
}
