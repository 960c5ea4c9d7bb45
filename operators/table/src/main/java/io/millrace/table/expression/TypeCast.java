// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Casts that may fail, from one type to another. Generated code calls the methods; each is named by the forms of the two types.
 *
 * @param from the type of what comes in
 * @param to the type of what comes out
 */
public record TypeCast(DataType from, DataType to) {

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    /** From a whole number to a narrower one. */
    public int intToInt(int value) {
        return narrow(value, value);
    }

    /** From a long to a narrower number. */
    public int longToInt(long value) {
        return narrow(value, value);
    }

    /** From a double to a whole number. */
    public int doubleToInt(double value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        if (!(whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE)) {
            throw Failures.tooLarge(value, from, to);
        }
        return narrow((long) whole, value);
    }

    /** From a float to a whole number. */
    public int floatToInt(float value) {
        double whole = value < 0 ? Math.ceil(value) : Math.floor(value);
        if (!(whole >= Integer.MIN_VALUE && whole <= Integer.MAX_VALUE)) {
            throw Failures.tooLarge(value, from, to);
        }
        return narrow((long) whole, value);
    }

    /** From a double to a long. */
    public long doubleToLong(double value) {
        if (!(value >= -0x1p63 && value < 0x1p63)) {
            throw Failures.tooLarge(value, from, to);
        }
        return (long) value;
    }

    /** From a float to a long. */
    public long floatToLong(float value) {
        if (!(value >= -0x1p63 && value < 0x1p63)) {
            throw Failures.tooLarge(value, from, to);
        }
        return (long) value;
    }

    /** From a decimal to a whole number. */
    public int decimalToInt(BigDecimal value) {
        return narrow(decimalToLong(value), value);
    }

    /** From a decimal to a long. */
    public long decimalToLong(BigDecimal value) {
        try {
            return value.setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw Failures.tooLarge(value, from, to);
        }
    }

    /** From a text to a whole number. */
    public int utf8ToInt(Utf8 value) {
        long number = utf8ToLong(value);
        if (number != narrowed(number)) {
            throw Failures.malformed(value, from, to);
        }
        return (int) number;
    }

    /** From a text to a long. */
    public long utf8ToLong(Utf8 value) {
        int position = value.start();
        int end = position + value.length();
        byte[] bytes = value.bytes();
        while (position < end && bytes[position] >= 0 && bytes[position] <= ' ') {
            position++;
        }
        while (end > position && bytes[end - 1] >= 0 && bytes[end - 1] <= ' ') {
            end--;
        }
        boolean negative = position < end && bytes[position] == '-';
        if (negative || (position < end && bytes[position] == '+')) {
            position++;
        }
        if (position == end) {
            throw Failures.malformed(value, from, to);
        }
        long number = 0; // counted downwards, where there is one more
        for (; position < end; position++) {
            int digit = bytes[position] - '0';
            if (digit < 0 || digit > 9 || number < Long.MIN_VALUE / 10 || number * 10 < Long.MIN_VALUE + digit) {
                throw Failures.malformed(value, from, to);
            }
            number = number * 10 - digit;
        }
        if (!negative && number == Long.MIN_VALUE) {
            throw Failures.malformed(value, from, to);
        }
        return negative ? number : -number;
    }

    /** From a text to a double. */
    public double utf8ToDouble(Utf8 value) {
        String text = value.toString().trim();
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                case "nan" -> Double.NaN;
                default -> throw Failures.malformed(value, from, to);
            };
        }
    }

    /** From a text to a float. */
    public float utf8ToFloat(Utf8 value) {
        String text = value.toString().trim();
        try {
            return Float.parseFloat(text);
        } catch (NumberFormatException e) {
            return (float) utf8ToDouble(value);
        }
    }

    /** From a text to a decimal. */
    public BigDecimal utf8ToDecimal(Utf8 value) {
        BigDecimal number;
        try {
            number = new BigDecimal(value.toString().trim());
        } catch (NumberFormatException e) {
            throw Failures.malformed(value, from, to);
        }
        if ((long) number.precision() - number.scale() > DecimalType.MAX_PRECISION) {
            throw new QueryExecutionException(
                    "NUMERIC_OUT_OF_SUPPORTED_RANGE",
                    "The value '" + value + "' cannot be interpreted as a numeric since it has more than 38 digits.");
        }
        return fit(number);
    }

    /** From a text to a boolean. */
    public boolean utf8ToBoolean(Utf8 value) {
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "t", "true", "y", "yes", "1" -> true;
            case "f", "false", "n", "no", "0" -> false;
            default -> throw Failures.malformed(value, from, to);
        };
    }

    /** From a text to a date. */
    public int utf8ToDate(Utf8 value) {
        Integer days = DateTimeText.date(value);
        if (days == null) {
            throw Failures.malformed(value, from, to);
        }
        return days;
    }

    /** From a text to a timestamp. */
    public long utf8ToTimestamp(Utf8 value) {
        Long micros = DateTimeText.timestamp(value);
        if (micros == null) {
            throw Failures.malformed(value, from, to);
        }
        return micros;
    }

    /** From a text to an interval of days and times. */
    public long utf8ToDayTime(Utf8 value) {
        Long micros = DateTimeText.dayTime(value);
        if (micros == null) {
            throw Failures.malformed(value, from, to);
        }
        return micros;
    }

    /** From a text to an interval of years and months. */
    public int utf8ToYearMonth(Utf8 value) {
        Integer months = DateTimeText.yearMonth(value);
        if (months == null) {
            throw Failures.malformed(value, from, to);
        }
        return months;
    }

    /** From a whole number to a decimal. */
    public BigDecimal intToDecimal(int value) {
        return fit(BigDecimal.valueOf(value));
    }

    /** From a long to a decimal. */
    public BigDecimal longToDecimal(long value) {
        return fit(BigDecimal.valueOf(value));
    }

    /** From a double to a decimal; null for NaN and the infinities. */
    public @Nullable BigDecimal doubleToDecimal(double value) {
        return Double.isFinite(value) ? fit(BigDecimal.valueOf(value)) : null;
    }

    /** From a float to a decimal; null for NaN and the infinities. */
    public @Nullable BigDecimal floatToDecimal(float value) {
        return Float.isFinite(value) ? fit(BigDecimal.valueOf(value)) : null;
    }

    /** From a decimal to another. */
    public BigDecimal decimalToDecimal(BigDecimal value) {
        return fit(value);
    }

    /** From a boolean to a decimal. */
    public BigDecimal booleanToDecimal(boolean value) {
        return fit(value ? BigDecimal.ONE : BigDecimal.ZERO);
    }

    /** From a timestamp to whole seconds. */
    public int timestampToInt(long value) {
        return narrow(Math.floorDiv(value, 1_000_000L), value);
    }

    /** From a timestamp to seconds. */
    public BigDecimal timestampToDecimal(long value) {
        return fit(BigDecimal.valueOf(value, 6));
    }

    /** From seconds to a timestamp, the last or first one where there are too many. */
    public long longToTimestamp(long value) {
        return TimeUnit.SECONDS.toMicros(value);
    }

    /** From seconds to a timestamp. */
    public long doubleToTimestamp(double value) {
        if (!Double.isFinite(value)) {
            throw Failures.malformed(value, from, to);
        } else if (Math.abs(value * 1e6) >= 0x1p63) {
            throw Failures.tooLarge(value, from, to);
        }
        return (long) (value * 1e6);
    }

    /** From seconds to a timestamp. */
    public long decimalToTimestamp(BigDecimal value) {
        try {
            return value.multiply(MILLION).setScale(0, RoundingMode.DOWN).longValueExact();
        } catch (ArithmeticException e) {
            throw Failures.tooLarge(value, from, to);
        }
    }

    /** A decimal with the scale of {@link #to}, if it has no more digits than that. */
    private BigDecimal fit(BigDecimal value) {
        return Decimals.fit(value, (DecimalType) to);
    }

    private int narrow(long whole, Object value) {
        if (whole != narrowed(whole)) {
            throw Failures.tooLarge(value, from, to);
        }
        return (int) whole;
    }

    private long narrowed(long whole) {
        return to == AtomicType.BYTE
                ? (byte) whole
                : to == AtomicType.SHORT ? (short) whole : to == AtomicType.INT ? (int) whole : whole;
    }
}
