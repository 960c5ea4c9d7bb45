// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.data.Utf8;
import java.math.BigDecimal;
import java.util.Arrays;

/** Casts that never fail; generated code calls them. Each is named by the forms of the two types. */
public final class PlainCasts {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final Utf8 TRUE = Utf8.of("true");
    private static final Utf8 FALSE = Utf8.of("false");

    private PlainCasts() {}

    /** From int to int. */
    public static int intToInt(int value) {
        return value;
    }

    /** From int to long. */
    public static long intToLong(int value) {
        return value;
    }

    /** From int to float. */
    public static float intToFloat(int value) {
        return value;
    }

    /** From int to double. */
    public static double intToDouble(int value) {
        return value;
    }

    /** From long to float. */
    public static float longToFloat(long value) {
        return value;
    }

    /** From long to double. */
    public static double longToDouble(long value) {
        return value;
    }

    /** From float to double. */
    public static double floatToDouble(float value) {
        return value;
    }

    /** From double to float. */
    public static float doubleToFloat(double value) {
        return (float) value;
    }

    /** From decimal to double. */
    public static double decimalToDouble(BigDecimal value) {
        return value.doubleValue();
    }

    /** From decimal to float. */
    public static float decimalToFloat(BigDecimal value) {
        return value.floatValue();
    }

    /** From boolean to int. */
    public static int booleanToInt(boolean value) {
        return value ? 1 : 0;
    }

    /** From boolean to long. */
    public static long booleanToLong(boolean value) {
        return value ? 1 : 0;
    }

    /** From boolean to float. */
    public static float booleanToFloat(boolean value) {
        return value ? 1 : 0;
    }

    /** From boolean to double. */
    public static double booleanToDouble(boolean value) {
        return value ? 1 : 0;
    }

    /** From int to boolean. */
    public static boolean intToBoolean(int value) {
        return value != 0;
    }

    /** From long to boolean. */
    public static boolean longToBoolean(long value) {
        return value != 0;
    }

    /** From float to boolean. */
    public static boolean floatToBoolean(float value) {
        return value != 0;
    }

    /** From double to boolean. */
    public static boolean doubleToBoolean(double value) {
        return value != 0;
    }

    /** From decimal to boolean. */
    public static boolean decimalToBoolean(BigDecimal value) {
        return value.signum() != 0;
    }

    /** From date to timestamp. */
    public static long dateToTimestamp(int value) {
        return value * MICROS_PER_DAY;
    }

    /** From timestamp to date. */
    public static int timestampToDate(long value) {
        return (int) Math.floorDiv(value, MICROS_PER_DAY);
    }

    /** From timestamp to long. */
    public static long timestampToLong(long value) {
        return Math.floorDiv(value, 1_000_000L);
    }

    /** From timestamp to double. */
    public static double timestampToDouble(long value) {
        return value / 1e6;
    }

    /** From timestamp to float. */
    public static float timestampToFloat(long value) {
        return (float) (value / 1e6);
    }

    /** From int to timestamp. */
    public static long intToTimestamp(int value) {
        return value * 1_000_000L;
    }

    /** From int to utf8. */
    public static Utf8 intToUtf8(int value) {
        return Utf8.of(Integer.toString(value));
    }

    /** From long to utf8. */
    public static Utf8 longToUtf8(long value) {
        return Utf8.of(Long.toString(value));
    }

    /** From boolean to utf8. */
    public static Utf8 booleanToUtf8(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** From float to utf8. */
    public static Utf8 floatToUtf8(float value) {
        return Utf8.of(Float.toString(value));
    }

    /** From double to utf8. */
    public static Utf8 doubleToUtf8(double value) {
        return Utf8.of(Double.toString(value));
    }

    /** From date to utf8. */
    public static Utf8 dateToUtf8(int value) {
        return DateTimeText.formatDate(value);
    }

    /** From timestamp to utf8. */
    public static Utf8 timestampToUtf8(long value) {
        return DateTimeText.formatTimestamp(value);
    }

    /** From decimal to utf8. */
    public static Utf8 decimalToUtf8(BigDecimal value) {
        return Utf8.of(value.toPlainString());
    }

    /** From binary to utf8. */
    public static Utf8 binaryToUtf8(byte[] value) {
        return new Utf8(value, 0, value.length);
    }

    /** From dayTime to utf8. */
    public static Utf8 dayTimeToUtf8(long value) {
        return DateTimeText.formatDayTime(value);
    }

    /** From yearMonth to utf8. */
    public static Utf8 yearMonthToUtf8(int value) {
        return DateTimeText.formatYearMonth(value);
    }

    /** From utf8 to binary. */
    public static byte[] utf8ToBinary(Utf8 value) {
        return Arrays.copyOfRange(value.bytes(), value.start(), value.start() + value.length());
    }
}
