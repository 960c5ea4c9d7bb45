// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import java.math.BigDecimal;

/** Products of a number and an interval, in this order. Generated code calls the methods. */
public final class SwappedTimes {

    private SwappedTimes() {}

    /** An interval so many times. */
    public static long multiplyMicros(long times, long interval) {
        return TimeArithmetic.multiplyMicros(interval, times);
    }

    /** An interval so many times. */
    public static long multiplyMicrosDouble(double times, long interval) {
        return TimeArithmetic.multiplyMicrosDouble(interval, times);
    }

    /** An interval so many times. */
    public static long multiplyMicrosDecimal(BigDecimal times, long interval) {
        return TimeArithmetic.multiplyMicrosDecimal(interval, times);
    }

    /** An interval of months so many times. */
    public static int multiplyMonths(int times, int months) {
        return TimeArithmetic.multiplyMonths(months, times);
    }
}
