// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The functions that make one value of another. */
final class UnaryFunctions {

    private UnaryFunctions() {}

    /** The function of a name. */
    static UnaryOperator<Object> of(FunctionSpec spec) {
        return switch (spec.name()) {
            case "identity" -> x -> x;
            case "upper" -> x -> ((String) x).toUpperCase(Locale.ROOT);
            case "lower" -> x -> ((String) x).toLowerCase(Locale.ROOT);
            case "trim" -> x -> ((String) x).trim();
            case "length" -> UnaryFunctions::length;
            case "append" -> {
                String end = spec.text();
                yield x -> x + end;
            }
            case "parseLong" -> x -> Long.parseLong((String) x);
            case "toText" -> Values::text;
            case "failOn" -> {
                Object refused = spec.value();
                yield x -> refusing(x, refused);
            }
            default -> ofPairs(spec);
        };
    }

    private static UnaryOperator<Object> ofPairs(FunctionSpec spec) {
        return switch (spec.name()) {
            case "pairWithOne" -> x -> Pair.of(x, 1L);
            case "pairWithLength" -> x -> Pair.of(x, length(x));
            case "pairWithSelf" -> x -> Pair.of(x, x);
            case "firstCharKey" -> x -> Pair.of(firstCodePoint((String) x), x);
            case "lengthKey" -> x -> Pair.of(length(x), x);
            case "constKey" -> {
                Object key = spec.value();
                yield x -> Pair.of(key, x);
            }
            case "swap" -> x -> Pair.of(pair(x).value(), pair(x).key());
            case "first" -> x -> pair(x).key();
            case "second" -> x -> pair(x).value();
            case "pairSum" -> x -> BinaryFunctions.plus(pair(x).key(), pair(x).value());
            default -> ofNumbers(spec);
        };
    }

    private static UnaryOperator<Object> ofNumbers(FunctionSpec spec) {
        return switch (spec.name()) {
            case "modK" -> {
                long k = spec.number();
                yield x -> (Long) x % k;
            }
            case "keyModK" -> {
                long k = spec.number();
                yield x -> Pair.of((Long) x % k, x);
            }
            case "addConst" -> {
                Object c = spec.value();
                yield x -> BinaryFunctions.plus(x, c);
            }
            case "mulConst" -> {
                Object c = spec.value();
                yield x -> BinaryFunctions.times(x, c);
            }
            case "divConst" -> {
                long c = spec.number();
                yield x -> (Long) x / c;
            }
            case "tenDividedBy" -> x -> 10L / (Long) x;
            case "negate" -> UnaryFunctions::negate;
            case "toDouble" -> x -> ((Long) x).doubleValue();
            case "halve" -> x -> (Double) x / 2;
            default -> ofCollections(spec);
        };
    }

    private static UnaryOperator<Object> ofCollections(FunctionSpec spec) {
        return switch (spec.name()) {
            case "sizeOf" -> UnaryFunctions::size;
            case "sumList" ->
                x -> ((List<?>) x).stream().mapToLong(element -> (Long) element).sum();
            case "orElse" -> {
                Object otherwise = spec.value();
                yield x -> orElse(x, otherwise);
            }
            case "orElseBoth" -> {
                Object otherwise = spec.value();
                yield x -> Pair.of(orElse(pair(x).key(), otherwise), orElse(pair(x).value(), otherwise));
            }
            case "sizes" -> x -> Pair.of(size(pair(x).key()), size(pair(x).value()));
            default -> throw spec.unknown("unary function");
        };
    }

    static Pair<?, ?> pair(Object value) {
        return (Pair<?, ?>) value;
    }

    private static Object length(Object string) {
        return (long) ((String) string).length();
    }

    private static Object size(Object list) {
        return (long) ((List<?>) list).size();
    }

    private static String firstCodePoint(String string) {
        return string.isEmpty() ? "" : Character.toString(string.codePointAt(0));
    }

    private static Object negate(Object number) {
        if (number instanceof Double real) {
            return -real;
        }
        return -(Long) number;
    }

    private static Object orElse(Object value, Object otherwise) {
        if (value instanceof Optional<?> option) {
            return option.isPresent() ? option.get() : otherwise;
        }
        return value;
    }

    private static Object refusing(Object value, Object refused) {
        if (Objects.equals(value, refused)) {
            throw new IllegalStateException("refused: " + Values.text(value));
        }
        return value;
    }
}
