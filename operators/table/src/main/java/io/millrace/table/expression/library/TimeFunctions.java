// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.DAY_TIME_INTERVAL;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.FLOAT;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.NULL;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.TIMESTAMP;
import static io.millrace.table.type.AtomicType.YEAR_MONTH_INTERVAL;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ImplicitCasts;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Times of day and instants, as microseconds since 1970-01-01T00:00Z. */
public final class TimeFunctions implements FunctionLibrary {

    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    @Override
    public void register(Consumer<ScalarFunction> to) {
        DecimalType seconds = new DecimalType(16, 6);
        Definitions all = new Definitions(TimeFunctions.class);
        all.add("hour", INT, "hour", TIMESTAMP)
                .add("minute", INT, "minute", TIMESTAMP)
                .add("second", INT, "second", TIMESTAMP)
                .add("date_trunc", TIMESTAMP, "truncated", STRING, TIMESTAMP)
                .add("unix_seconds", LONG, "seconds", TIMESTAMP)
                .add("unix_millis", LONG, "millis", TIMESTAMP)
                .add("unix_micros", LONG, "micros", TIMESTAMP)
                .uncast(0, "unix_seconds unix_millis unix_micros")
                .bound("timestamp_seconds", 1, 1, (name, arguments) -> ofSeconds(all, name, arguments))
                .add("timestamp_millis", TIMESTAMP, "ofMillis", LONG)
                .add("timestamp_micros", TIMESTAMP, "micros", LONG)
                .uncast(0, "timestamp_millis timestamp_micros")
                .add(
                        "make_timestamp make_timestamp_ltz make_timestamp_ntz",
                        TIMESTAMP,
                        "timestamp",
                        INT,
                        INT,
                        INT,
                        INT,
                        INT,
                        seconds)
                .add(
                        "try_make_timestamp try_make_timestamp_ltz try_make_timestamp_ntz",
                        TIMESTAMP,
                        "tryTimestamp",
                        INT,
                        INT,
                        INT,
                        INT,
                        INT,
                        seconds)
                .add("make_dt_interval", DAY_TIME_INTERVAL, "interval", INT)
                .add("make_dt_interval", DAY_TIME_INTERVAL, "interval", INT, INT)
                .add("make_dt_interval", DAY_TIME_INTERVAL, "interval", INT, INT, INT)
                .add("make_dt_interval", DAY_TIME_INTERVAL, "interval", INT, INT, INT, new DecimalType(18, 6))
                .add("make_ym_interval", YEAR_MONTH_INTERVAL, "months", INT)
                .add("make_ym_interval", YEAR_MONTH_INTERVAL, "months", INT, INT)
                .register(to);
    }

    private static BoundFunction ofSeconds(Definitions all, String name, List<Expression> arguments) {
        DataType given = arguments.get(0).type();
        DataType type = given instanceof DecimalType
                ? new DecimalType(38, 6)
                : given == FLOAT || given == DOUBLE ? given : LONG;
        if (given != NULL && !ImplicitCasts.isNumber(given)) {
            throw Definitions.unexpectedType(name, 0, "a number", given);
        }
        return all.call(name, "ofSeconds", TIMESTAMP, List.of(type));
    }

    /** The date, in days since 1970-01-01. */
    static int day(long micros) {
        return (int) Math.floorDiv(micros, DAY);
    }

    static long secondOfDay(long micros) {
        return Math.floorMod(micros, DAY) / SECOND;
    }

    public static int hour(long micros) {
        return (int) (Math.floorMod(micros, DAY) / HOUR);
    }

    public static int minute(long micros) {
        return (int) (Math.floorMod(micros, HOUR) / MINUTE);
    }

    public static int second(long micros) {
        return (int) (Math.floorMod(micros, MINUTE) / SECOND);
    }

    /** The start of the unit an instant lies in; null if there is no such unit. */
    public static @Nullable Long truncated(Utf8 unit, long micros) {
        return switch (unit.toString().toUpperCase(Locale.ROOT)) {
            case "MICROSECOND" -> micros;
            case "MILLISECOND" -> micros - Math.floorMod(micros, 1000);
            case "SECOND" -> micros - Math.floorMod(micros, SECOND);
            case "MINUTE" -> micros - Math.floorMod(micros, MINUTE);
            case "HOUR" -> micros - Math.floorMod(micros, HOUR);
            case "DAY", "DD" -> micros - Math.floorMod(micros, DAY);
            default -> {
                Integer day = DateFunctions.truncated(day(micros), unit);
                yield day == null ? null : (Long) (day * DAY);
            }
        };
    }

    public static long seconds(long micros) {
        return Math.floorDiv(micros, SECOND);
    }

    /** Whole seconds towards 1970. */
    public static long secondsToEpoch(long micros) {
        return micros / SECOND;
    }

    public static long ofDay(int day) {
        return day * DAY;
    }

    public static long millis(long micros) {
        return Math.floorDiv(micros, 1000L);
    }

    public static long micros(long micros) {
        return micros;
    }

    public static int date(int day) {
        return day;
    }

    public static long ofSeconds(long seconds) {
        return times(seconds, SECOND);
    }

    /** Null for NaN and the infinities. */
    public static @Nullable Long ofSeconds(double seconds) {
        return Double.isFinite(seconds) ? (Long) (long) (seconds * SECOND) : null;
    }

    public static @Nullable Long ofSeconds(float seconds) {
        return ofSeconds((double) seconds);
    }

    public static long ofSeconds(BigDecimal seconds) {
        BigDecimal micros = seconds.movePointRight(6);
        if (micros.toBigInteger().bitLength() > 63) {
            throw NumberFunctions.overflow("long");
        }
        return micros.longValue();
    }

    public static long ofMillis(long millis) {
        return times(millis, 1000);
    }

    private static long times(long value, long factor) {
        try {
            return Math.multiplyExact(value, factor);
        } catch (ArithmeticException e) {
            throw NumberFunctions.overflow("long");
        }
    }

    /** An instant in UTC; 60 seconds are the next minute. */
    public static long timestamp(int year, int month, int day, int hour, int minute, BigDecimal seconds) {
        try {
            return instant(year, month, day, hour, minute, seconds);
        } catch (DateTimeException e) {
            throw DateFunctions.outOfBounds("make_timestamp", e);
        }
    }

    public static @Nullable Long tryTimestamp(int year, int month, int day, int hour, int minute, BigDecimal seconds) {
        try {
            return instant(year, month, day, hour, minute, seconds);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static long instant(int year, int month, int day, int hour, int minute, BigDecimal seconds) {
        long micros = seconds.movePointRight(6).longValue();
        bounds("hour", hour, 23);
        bounds("minute", minute, 59);
        if (micros < 0 || micros > MINUTE) {
            throw new DateTimeException("the second must be from 0 to 60, but is " + seconds);
        }
        return LocalDate.of(year, month, day).toEpochDay() * DAY + hour * HOUR + minute * MINUTE + micros;
    }

    private static void bounds(String name, int value, int most) {
        if (value < 0 || value > most) {
            throw new DateTimeException("the " + name + " must be from 0 to " + most + ", but is " + value);
        }
    }

    public static long interval(int days) {
        return days * DAY;
    }

    public static long interval(int days, int hours) {
        return days * DAY + hours * HOUR;
    }

    public static long interval(int days, int hours, int minutes) {
        return days * DAY + hours * HOUR + minutes * MINUTE;
    }

    public static long interval(int days, int hours, int minutes, BigDecimal seconds) {
        return interval(days, hours, minutes) + seconds.movePointRight(6).longValue();
    }

    public static int months(int years) {
        return months(years, 0);
    }

    public static int months(int years, int months) {
        long all = years * 12L + months;
        if (all != (int) all) {
            throw NumberFunctions.overflow("integer");
        }
        return (int) all;
    }
}
