// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.data.Utf8;
import io.millrace.table.data.ValueOrder;
import org.jspecify.annotations.Nullable;

/** Comparisons of values of one type; generated code calls the methods. NaN equals itself and is greater than all other numbers. */
public final class Comparisons {

    private Comparisons() {}

    /** Whether both are null or equal. */
    public static boolean same(@Nullable Object left, @Nullable Object right) {
        return ValueOrder.equal(left, right);
    }

    /** The opposite. */
    public static boolean not(boolean value) {
        return !value;
    }

    /** Whether the left is equal to the right. */
    public static boolean equalInt(int left, int right) {
        return left == right;
    }

    /** Whether the left is less than the right. */
    public static boolean lessInt(int left, int right) {
        return left < right;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualInt(int left, int right) {
        return left <= right;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterInt(int left, int right) {
        return left > right;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualInt(int left, int right) {
        return left >= right;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalInt(int left, int right) {
        return left != right;
    }

    /** Whether the left is equal to the right. */
    public static boolean equalLong(long left, long right) {
        return left == right;
    }

    /** Whether the left is less than the right. */
    public static boolean lessLong(long left, long right) {
        return left < right;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualLong(long left, long right) {
        return left <= right;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterLong(long left, long right) {
        return left > right;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualLong(long left, long right) {
        return left >= right;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalLong(long left, long right) {
        return left != right;
    }

    /** Whether the left is equal to the right. */
    public static boolean equalFloat(float left, float right) {
        return ValueOrder.compare(left, right) == 0;
    }

    /** Whether the left is less than the right. */
    public static boolean lessFloat(float left, float right) {
        return ValueOrder.compare(left, right) < 0;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualFloat(float left, float right) {
        return ValueOrder.compare(left, right) <= 0;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterFloat(float left, float right) {
        return ValueOrder.compare(left, right) > 0;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualFloat(float left, float right) {
        return ValueOrder.compare(left, right) >= 0;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalFloat(float left, float right) {
        return ValueOrder.compare(left, right) != 0;
    }

    /** Whether the left is equal to the right. */
    public static boolean equalDouble(double left, double right) {
        return ValueOrder.compare(left, right) == 0;
    }

    /** Whether the left is less than the right. */
    public static boolean lessDouble(double left, double right) {
        return ValueOrder.compare(left, right) < 0;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualDouble(double left, double right) {
        return ValueOrder.compare(left, right) <= 0;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterDouble(double left, double right) {
        return ValueOrder.compare(left, right) > 0;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualDouble(double left, double right) {
        return ValueOrder.compare(left, right) >= 0;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalDouble(double left, double right) {
        return ValueOrder.compare(left, right) != 0;
    }

    /** Whether the left is equal to the right. */
    public static boolean equalUtf8(Utf8 left, Utf8 right) {
        return left.equals(right);
    }

    /** Whether the left is less than the right. */
    public static boolean lessUtf8(Utf8 left, Utf8 right) {
        return left.compareTo(right) < 0;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualUtf8(Utf8 left, Utf8 right) {
        return left.compareTo(right) <= 0;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterUtf8(Utf8 left, Utf8 right) {
        return left.compareTo(right) > 0;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualUtf8(Utf8 left, Utf8 right) {
        return left.compareTo(right) >= 0;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalUtf8(Utf8 left, Utf8 right) {
        return !left.equals(right);
    }

    /** Whether the left is equal to the right. */
    public static boolean equalObject(Object left, Object right) {
        return ValueOrder.compare(left, right) == 0;
    }

    /** Whether the left is less than the right. */
    public static boolean lessObject(Object left, Object right) {
        return ValueOrder.compare(left, right) < 0;
    }

    /** Whether the left is less or equal to the right. */
    public static boolean lessOrEqualObject(Object left, Object right) {
        return ValueOrder.compare(left, right) <= 0;
    }

    /** Whether the left is greater than the right. */
    public static boolean greaterObject(Object left, Object right) {
        return ValueOrder.compare(left, right) > 0;
    }

    /** Whether the left is greater or equal to the right. */
    public static boolean greaterOrEqualObject(Object left, Object right) {
        return ValueOrder.compare(left, right) >= 0;
    }

    /** Whether the left is not equal to the right. */
    public static boolean unequalObject(Object left, Object right) {
        return ValueOrder.compare(left, right) != 0;
    }
}
