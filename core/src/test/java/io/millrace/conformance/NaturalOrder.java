// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The order of all values: null, booleans, numbers, strings, lists, pairs, none, some. */
enum NaturalOrder implements Comparator<Object> {
    /** The only one. */
    ORDER;

    private static final int LISTS = 4;

    /** The values in this order, in a new list. */
    static List<Object> sorted(Iterable<?> values) {
        List<Object> sorted = new ArrayList<>();
        values.forEach(sorted::add);
        sorted.sort(ORDER);
        return sorted;
    }

    /** The greater of two; the first of equals. */
    static Object max(Object left, Object right) {
        return ORDER.compare(left, right) >= 0 ? left : right;
    }

    /** The lesser of two; the first of equals. */
    static Object min(Object left, Object right) {
        return ORDER.compare(left, right) <= 0 ? left : right;
    }

    @Override
    public int compare(Object left, Object right) {
        int rank = rank(left);
        int ranks = Integer.compare(rank, rank(right));
        if (ranks != 0 || left == null) {
            return ranks;
        }
        if (left instanceof Boolean bool) {
            return bool.compareTo((Boolean) right);
        }
        if (left instanceof Number number) {
            return compareNumbers(number, (Number) right);
        }
        if (left instanceof String string) {
            return string.compareTo((String) right);
        }
        if (rank == LISTS) {
            return compareLists((List<?>) left, (List<?>) right);
        }
        if (left instanceof Pair<?, ?> pair) {
            Pair<?, ?> other = (Pair<?, ?>) right;
            int keys = compare(pair.key(), other.key());
            return keys != 0 ? keys : compare(pair.value(), other.value());
        }
        Optional<?> option = (Optional<?>) left;
        return option.isEmpty() ? 0 : compare(option.get(), ((Optional<?>) right).orElseThrow());
    }

    private static int rank(Object value) {
        if (value == null) {
            return 0;
        } else if (value instanceof Boolean) {
            return 1;
        } else if (value instanceof Long || value instanceof Double) {
            return 2;
        } else if (value instanceof String) {
            return 3;
        } else if (value instanceof List<?>) {
            return LISTS;
        } else if (value instanceof Pair<?, ?>) {
            return 5;
        } else if (value instanceof Optional<?> option) {
            return option.isEmpty() ? 6 : 7;
        }
        throw new IllegalArgumentException(value.getClass() + " is no value of the language: " + value);
    }

    private static int compareNumbers(Number left, Number right) {
        if (left instanceof Long number && right instanceof Long other) {
            return Long.compare(number, other);
        }
        double number = left.doubleValue();
        double other = right.doubleValue();
        if ((left instanceof Double && right instanceof Double)
                || !Double.isFinite(number)
                || !Double.isFinite(other)) {
            return Double.compare(number, other);
        }
        return exact(left).compareTo(exact(right));
    }

    private static BigDecimal exact(Number number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal(number.doubleValue());
    }

    private int compareLists(List<?> left, List<?> right) {
        int common = Math.min(left.size(), right.size());
        for (int i = 0; i < common; i++) {
            int elements = compare(left.get(i), right.get(i));
            if (elements != 0) {
                return elements;
            }
        }
        return Integer.compare(left.size(), right.size());
    }
}
