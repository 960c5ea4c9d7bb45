// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.arithmetic;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.DateTimeText;
import io.millrace.table.expression.Failures;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Arithmetic on dates (days), timestamps (microseconds in UTC) and intervals. Generated code calls the methods. */
public final class TimeArithmetic {

    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private TimeArithmetic() {}

    /** A date some days later. */
    public static int addDays(int date, int days) {
        return Arithmetic.addInt(date, days);
    }

    /** A date some days later. */
    public static int daysAfter(int days, int date) {
        return Arithmetic.addInt(date, days);
    }

    /** A date some days earlier. */
    public static int subtractDays(int date, int days) {
        return Arithmetic.subtractInt(date, days);
    }

    /** The time between two dates. */
    public static long datesBetween(int left, int right) {
        return ((long) left - right) * MICROS_PER_DAY;
    }

    /** A timestamp, or an interval, some time later. */
    public static long addMicros(long time, long micros) {
        return exact(time, micros, true);
    }

    /** A timestamp, or an interval, some time earlier; the time between two timestamps. */
    public static long subtractMicros(long time, long micros) {
        return exact(time, micros, false);
    }

    /** A timestamp some time later, as a text. */
    public static Utf8 textAfter(long time, long micros) {
        return DateTimeText.formatTimestamp(exact(time, micros, true));
    }

    /** A timestamp some time earlier, as a text. */
    public static Utf8 textBefore(long time, long micros) {
        return DateTimeText.formatTimestamp(exact(time, micros, false));
    }

    /** A date some months later; the last day of the month where there is no such day. */
    public static int addMonthsToDate(int date, int months) {
        return Math.toIntExact(LocalDate.ofEpochDay(date).plusMonths(months).toEpochDay());
    }

    /** A date some months later. */
    public static int monthsAfterDate(int months, int date) {
        return addMonthsToDate(date, months);
    }

    /** A date some months earlier. */
    public static int subtractMonthsFromDate(int date, int months) {
        return Math.toIntExact(LocalDate.ofEpochDay(date).minusMonths(months).toEpochDay());
    }

    /** A timestamp some months later. */
    public static long addMonthsToTime(long time, int months) {
        return shifted(time, months);
    }

    /** A timestamp some months later. */
    public static long monthsAfterTime(int months, long time) {
        return shifted(time, months);
    }

    /** A timestamp some months earlier. */
    public static long subtractMonthsFromTime(long time, int months) {
        return shifted(time, -(long) months);
    }

    /** An interval so many times. */
    public static long multiplyMicros(long interval, long times) {
        try {
            return Math.multiplyExact(interval, times);
        } catch (ArithmeticException e) {
            throw intervalOverflow();
        }
    }

    /** An interval so many times. */
    public static long multiplyMicrosDouble(long interval, double times) {
        return rounded(interval * times);
    }

    /** An interval so many times. */
    public static long multiplyMicrosDecimal(long interval, BigDecimal times) {
        return exactLong(BigDecimal.valueOf(interval).multiply(times));
    }

    /** Part of an interval. */
    public static long divideMicros(long interval, long by) {
        if (by == 0) {
            throw new QueryExecutionException(
                    "INTERVAL_DIVIDED_BY_ZERO",
                    "Division by zero. Use `try_divide` to get NULL where the divisor is 0.");
        }
        return exactLong(BigDecimal.valueOf(interval).divide(BigDecimal.valueOf(by), 0, RoundingMode.HALF_UP));
    }

    /** Part of an interval. */
    public static long divideMicrosDouble(long interval, double by) {
        if (by == 0) {
            throw new QueryExecutionException(
                    "INTERVAL_DIVIDED_BY_ZERO",
                    "Division by zero. Use `try_divide` to get NULL where the divisor is 0.");
        }
        return rounded(interval / by);
    }

    /** An interval of months so many times. */
    public static int multiplyMonths(int months, int times) {
        return Arithmetic.multiplyInt(months, times);
    }

    /** How often an interval is in another. */
    public static long divIntervals(long left, long right) {
        if (right == 0) {
            throw Failures.divideByZero();
        }
        return left / right;
    }

    private static long shifted(long time, long months) {
        long second = Math.floorDiv(time, 1_000_000L);
        long micros = Math.floorMod(time, 1_000_000L);
        LocalDateTime moved =
                LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC).plusMonths(months);
        Instant instant = moved.toInstant(ZoneOffset.UTC);
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), micros);
    }

    private static long exact(long left, long right, boolean add) {
        try {
            return add ? Math.addExact(left, right) : Math.subtractExact(left, right);
        } catch (ArithmeticException e) {
            throw new QueryExecutionException(
                    "DATETIME_OVERFLOW",
                    "The time is out of range: " + left + " microseconds " + (add ? "plus " : "minus ") + right);
        }
    }

    private static long rounded(double micros) {
        if (!(Math.abs(micros) < 0x1p63)) {
            throw intervalOverflow();
        }
        return exactLong(BigDecimal.valueOf(micros));
    }

    private static long exactLong(BigDecimal micros) {
        try {
            return micros.setScale(0, RoundingMode.HALF_UP).longValueExact();
        } catch (ArithmeticException e) {
            throw intervalOverflow();
        }
    }

    private static QueryExecutionException intervalOverflow() {
        return new QueryExecutionException(
                "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION", "The interval is out of range.");
    }
}
