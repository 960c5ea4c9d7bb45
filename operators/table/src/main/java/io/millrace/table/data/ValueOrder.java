// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The order and equality of values as Spark has them: null before all, NaN equal to itself and greater than all other numbers, 0.0 equal to -0.0, arrays and
 * structs element by element.
 */
public final class ValueOrder {

    private ValueOrder() {}

    /** Compares two doubles. */
    public static int compare(double left, double right) {
        return left == right ? 0 : Double.compare(left, right);
    }

    /** Compares two floats. */
    public static int compare(float left, float right) {
        return left == right ? 0 : Float.compare(left, right);
    }

    /** Compares two boxed values of one type; null comes first. Maps are in the order of their entries. */
    public static int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? -1 : 1;
        } else if (left instanceof Integer number) {
            return Integer.compare(number, (Integer) right);
        } else if (left instanceof Long number) {
            return Long.compare(number, (Long) right);
        } else if (left instanceof Double number) {
            return compare(number.doubleValue(), ((Double) right).doubleValue());
        } else if (left instanceof Float number) {
            return compare(number.floatValue(), ((Float) right).floatValue());
        } else if (left instanceof Utf8 text) {
            return text.compareTo((Utf8) right);
        } else if (left instanceof BigDecimal decimal) {
            return decimal.compareTo((BigDecimal) right);
        } else if (left instanceof Boolean truth) {
            return Boolean.compare(truth, (Boolean) right);
        } else if (left instanceof byte[] bytes) {
            return Arrays.compareUnsigned(bytes, (byte[]) right);
        } else if (left instanceof Object[] array) {
            return compareArrays(array, (Object[]) right);
        } else if (left instanceof MapValue map) {
            int keys = compareArrays(map.keys(), ((MapValue) right).keys());
            return keys != 0 ? keys : compareArrays(map.values(), ((MapValue) right).values());
        }
        throw new IllegalArgumentException("A value has no order: " + left.getClass());
    }

    /** Whether two boxed values of one type are equal in the sense of grouping. */
    public static boolean equal(@Nullable Object left, @Nullable Object right) {
        return compare(left, right) == 0;
    }

    /** Compares two entries of columns of one type; null comes first. */
    public static int compare(Column left, int leftRow, Column right, int rightRow) {
        boolean leftNull = left.isNull(leftRow);
        if (leftNull || right.isNull(rightRow)) {
            return leftNull ? (right.isNull(rightRow) ? 0 : -1) : 1;
        } else if (left instanceof IntColumn ints) {
            return Integer.compare(ints.values()[leftRow], ((IntColumn) right).values()[rightRow]);
        } else if (left instanceof LongColumn longs) {
            return Long.compare(longs.values()[leftRow], ((LongColumn) right).values()[rightRow]);
        } else if (left instanceof DoubleColumn doubles) {
            return compare(doubles.values()[leftRow], ((DoubleColumn) right).values()[rightRow]);
        } else if (left instanceof FloatColumn floats) {
            return compare(floats.values()[leftRow], ((FloatColumn) right).values()[rightRow]);
        } else if (left instanceof Utf8Column texts) {
            return compareSlices(texts, leftRow, (Utf8Column) right, rightRow);
        } else if (left instanceof StructColumn structs) {
            return compareFields(structs.fields(), leftRow, ((StructColumn) right).fields(), rightRow);
        }
        return compare(left.get(leftRow), right.get(rightRow));
    }

    /** Whether two entries of columns of one type are equal in the sense of grouping; null equals null. */
    public static boolean equal(Column left, int leftRow, Column right, int rightRow) {
        if (left instanceof Utf8Column texts && !left.isNull(leftRow) && !right.isNull(rightRow)) {
            Utf8Column others = (Utf8Column) right;
            int length = texts.lengths()[leftRow];
            int from = texts.starts()[leftRow];
            int start = others.starts()[rightRow];
            return length == others.lengths()[rightRow]
                    && Arrays.equals(texts.bytes(), from, from + length, others.bytes(), start, start + length);
        }
        return compare(left, leftRow, right, rightRow) == 0;
    }

    private static int compareSlices(Utf8Column left, int leftRow, Utf8Column right, int rightRow) {
        int from = left.starts()[leftRow];
        int start = right.starts()[rightRow];
        return Arrays.compareUnsigned(
                left.bytes(),
                from,
                from + left.lengths()[leftRow],
                right.bytes(),
                start,
                start + right.lengths()[rightRow]);
    }

    private static int compareFields(Column[] left, int leftRow, Column[] right, int rightRow) {
        for (int i = 0; i < left.length; i++) {
            int order = compare(left[i], leftRow, right[i], rightRow);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private static int compareArrays(@Nullable Object[] left, @Nullable Object[] right) {
        for (int i = 0; i < left.length && i < right.length; i++) {
            int order = compare(left[i], right[i]);
            if (order != 0) {
                return order;
            }
        }
        return Integer.compare(left.length, right.length);
    }
}
