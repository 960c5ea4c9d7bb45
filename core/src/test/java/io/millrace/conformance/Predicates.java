// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.NaturalOrder.ORDER;
import static io.millrace.conformance.UnaryFunctions.pair;

import java.util.Objects;
import java.util.function.Predicate;

/** The functions that say whether a value stays. */
final class Predicates {

    private Predicates() {}

    /** The predicate of a name. */
    static Predicate<Object> of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "all" -> x -> true;
            case "none" -> x -> false;
            case "isEven" -> Predicates::even;
            case "isOdd" -> x -> (Long) x % 2 == 1;
            case "gt" -> {
                Object bound = spec.value();
                yield x -> ORDER.compare(x, bound) > 0;
            }
            case "lt" -> {
                Object bound = spec.value();
                yield x -> ORDER.compare(x, bound) < 0;
            }
            case "nonEmpty" -> x -> !((String) x).isEmpty();
            case "lengthGt" -> {
                long bound = spec.number();
                yield x -> ((String) x).length() > bound;
            }
            case "contains" -> {
                String part = spec.text();
                yield x -> ((String) x).contains(part);
            }
            case "startsWith" -> {
                String start = spec.text();
                yield x -> ((String) x).startsWith(start);
            }
            default -> ofPairs(spec);
        };
    }

    private static Predicate<Object> ofPairs(FunctionSpec spec) {
        return switch (spec.name()) {
            case "keyIs" -> {
                Object key = spec.value();
                yield x -> Objects.equals(pair(x).key(), key);
            }
            case "valueGt" -> {
                Object bound = spec.value();
                yield x -> ORDER.compare(pair(x).value(), bound) > 0;
            }
            case "valueNonZero" -> x -> ((Number) pair(x).value()).doubleValue() != 0;
            case "valueEven" -> x -> even(pair(x).value());
            case "keyEven" -> x -> even(pair(x).key());
            default -> throw spec.unknown("predicate");
        };
    }

    private static boolean even(Object number) {
        return (Long) number % 2 == 0;
    }
}
