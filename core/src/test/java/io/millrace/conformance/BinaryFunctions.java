// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import static io.millrace.conformance.UnaryFunctions.pair;

import io.millrace.operator.Pair;
import java.util.function.BinaryOperator;

/** The functions that make one value of two. */
final class BinaryFunctions {

    private BinaryFunctions() {}

    /** The function of a name. */
    static BinaryOperator<Object> of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "plus" -> BinaryFunctions::plus;
            case "minus" -> BinaryFunctions::minus;
            case "times" -> BinaryFunctions::times;
            case "max" -> NaturalOrder::max;
            case "min" -> NaturalOrder::min;
            case "xor" -> (x, y) -> (Long) x ^ (Long) y;
            case "concat" -> (x, y) -> (String) x + (String) y;
            case "failIfSumIs13" -> BinaryFunctions::plusUnlessThirteen;
            default -> throw spec.unknown("binary function");
        };
    }

    static Object plus(Object left, Object right) {
        if (left instanceof Pair<?, ?> pair) {
            return Pair.of(
                    plus(pair.key(), pair(right).key()),
                    plus(pair.value(), pair(right).value()));
        } else if (left instanceof Double real) {
            return real + (Double) right;
        }
        return (Long) left + (Long) right;
    }

    static Object times(Object left, Object right) {
        if (left instanceof Pair<?, ?> pair) {
            return Pair.of(
                    times(pair.key(), pair(right).key()),
                    times(pair.value(), pair(right).value()));
        } else if (left instanceof Double real) {
            return real * (Double) right;
        }
        return (Long) left * (Long) right;
    }

    private static Object minus(Object left, Object right) {
        if (left instanceof Pair<?, ?> pair) {
            return Pair.of(
                    minus(pair.key(), pair(right).key()),
                    minus(pair.value(), pair(right).value()));
        } else if (left instanceof Double real) {
            return real - (Double) right;
        }
        return (Long) left - (Long) right;
    }

    private static Object plusUnlessThirteen(Object left, Object right) {
        Object sum = plus(left, right);
        if (sum.equals(13L)) {
            throw new IllegalStateException("thirteen");
        }
        return sum;
    }
}
