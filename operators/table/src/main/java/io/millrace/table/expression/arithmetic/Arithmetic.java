// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.expression.Failures;

/** Arithmetic on whole and floating numbers; what does not fit is an error. Generated code calls the methods. */
public final class Arithmetic {

    private Arithmetic() {}

    /** The sum of bytes. */
    public static int addByte(int left, int right) {
        return byteOf(left + right);
    }

    /** The sum of shorts. */
    public static int addShort(int left, int right) {
        return shortOf(left + right);
    }

    /** The sum of ints. */
    public static int addInt(int left, int right) {
        long exact = (long) left + right;
        if (exact != (int) exact) {
            throw Failures.overflow("integer", "try_add");
        }
        return (int) exact;
    }

    /** The sum of longs. */
    public static long addLong(long left, long right) {
        try {
            return Math.addExact(left, right);
        } catch (ArithmeticException e) {
            throw Failures.overflow("long", "try_add");
        }
    }

    /** The sum of floats. */
    public static float addFloat(float left, float right) {
        return left + right;
    }

    /** The sum of doubles. */
    public static double addDouble(double left, double right) {
        return left + right;
    }

    /** The difference of bytes. */
    public static int subtractByte(int left, int right) {
        return byteOf(left - right);
    }

    /** The difference of shorts. */
    public static int subtractShort(int left, int right) {
        return shortOf(left - right);
    }

    /** The difference of ints. */
    public static int subtractInt(int left, int right) {
        long exact = (long) left - right;
        if (exact != (int) exact) {
            throw Failures.overflow("integer", "try_subtract");
        }
        return (int) exact;
    }

    /** The difference of longs. */
    public static long subtractLong(long left, long right) {
        try {
            return Math.subtractExact(left, right);
        } catch (ArithmeticException e) {
            throw Failures.overflow("long", "try_subtract");
        }
    }

    /** The difference of floats. */
    public static float subtractFloat(float left, float right) {
        return left - right;
    }

    /** The difference of doubles. */
    public static double subtractDouble(double left, double right) {
        return left - right;
    }

    /** The product of bytes. */
    public static int multiplyByte(int left, int right) {
        return byteOf(left * right);
    }

    /** The product of shorts. */
    public static int multiplyShort(int left, int right) {
        return shortOf(left * right);
    }

    /** The product of ints. */
    public static int multiplyInt(int left, int right) {
        long exact = (long) left * right;
        if (exact != (int) exact) {
            throw Failures.overflow("integer", "try_multiply");
        }
        return (int) exact;
    }

    /** The product of longs. */
    public static long multiplyLong(long left, long right) {
        try {
            return Math.multiplyExact(left, right);
        } catch (ArithmeticException e) {
            throw Failures.overflow("long", "try_multiply");
        }
    }

    /** The product of floats. */
    public static float multiplyFloat(float left, float right) {
        return left * right;
    }

    /** The product of doubles. */
    public static double multiplyDouble(double left, double right) {
        return left * right;
    }

    /** The quotient of doubles. */
    public static double divideDouble(double left, double right) {
        if (right == 0) {
            throw Failures.divideByZero();
        }
        return left / right;
    }

    /** The quotient of longs. */
    public static double divideWhole(long left, long right) {
        return divideDouble((double) left, (double) right);
    }

    /** The whole quotient. */
    public static long divLong(long left, long right) {
        if (right == 0) {
            throw Failures.divideByZero();
        } else if (right == -1 && left == Long.MIN_VALUE) {
            throw Failures.overflow("long", "try_divide");
        }
        return left / right;
    }

    /** The remainder of ints, with the sign of the left. */
    public static int remainderInt(int left, int right) {
        if (right == 0) {
            throw Failures.remainderByZero();
        }
        return right == -1 ? 0 : left % right;
    }

    /** The remainder of longs, with the sign of the left. */
    public static long remainderLong(long left, long right) {
        if (right == 0) {
            throw Failures.remainderByZero();
        }
        return right == -1 ? 0 : left % right;
    }

    /** The remainder of floats, with the sign of the left. */
    public static float remainderFloat(float left, float right) {
        if (right == 0) {
            throw Failures.remainderByZero();
        }
        return left % right;
    }

    /** The remainder of doubles, with the sign of the left. */
    public static double remainderDouble(double left, double right) {
        if (right == 0) {
            throw Failures.remainderByZero();
        }
        return left % right;
    }

    /** A byte with the other sign. */
    public static int negateByte(int value) {
        if (value == Byte.MIN_VALUE) {
            throw Failures.overflow("byte", "");
        }
        return -value;
    }

    /** A short with the other sign. */
    public static int negateShort(int value) {
        if (value == Short.MIN_VALUE) {
            throw Failures.overflow("short", "");
        }
        return -value;
    }

    /** An int with the other sign. */
    public static int negateInt(int value) {
        if (value == Integer.MIN_VALUE) {
            throw Failures.overflow("integer", "");
        }
        return -value;
    }

    /** A long with the other sign. */
    public static long negateLong(long value) {
        if (value == Long.MIN_VALUE) {
            throw Failures.overflow("long", "");
        }
        return -value;
    }

    /** A float with the other sign. */
    public static float negateFloat(float value) {
        return -value;
    }

    /** A double with the other sign. */
    public static double negateDouble(double value) {
        return -value;
    }

    private static int byteOf(int value) {
        if (value != (byte) value) {
            throw new QueryExecutionException(
                    "BINARY_ARITHMETIC_OVERFLOW", "The tinyint " + value + " caused overflow.");
        }
        return value;
    }

    private static int shortOf(int value) {
        if (value != (short) value) {
            throw new QueryExecutionException(
                    "BINARY_ARITHMETIC_OVERFLOW", "The smallint " + value + " caused overflow.");
        }
        return value;
    }
}
