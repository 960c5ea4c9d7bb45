// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

/** Bits of two whole numbers. Generated code calls the methods. */
public final class Bits {

    private Bits() {}

    /** The bits of both. */
    public static int andInt(int left, int right) {
        return left & right;
    }

    /** The bits of either. */
    public static int orInt(int left, int right) {
        return left | right;
    }

    /** The bits of one but not both. */
    public static int xorInt(int left, int right) {
        return left ^ right;
    }

    /** The bits of both. */
    public static long andLong(long left, long right) {
        return left & right;
    }

    /** The bits of either. */
    public static long orLong(long left, long right) {
        return left | right;
    }

    /** The bits of one but not both. */
    public static long xorLong(long left, long right) {
        return left ^ right;
    }
}
