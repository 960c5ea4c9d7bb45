// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.BOOLEAN;
import static io.millrace.table.type.AtomicType.DATE;
import static io.millrace.table.type.AtomicType.DOUBLE;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.TIMESTAMP;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Dates, as days since 1970-01-01. */
public final class DateFunctions implements FunctionLibrary {

    private static final long SECONDS_PER_DAY = 86_400;

    @Override
    public void register(Consumer<ScalarFunction> to) {
        new Definitions(DateFunctions.class)
                .add("year", INT, "year", DATE)
                .add("quarter", INT, "quarter", DATE)
                .add("month", INT, "month", DATE)
                .add("dayofmonth day", INT, "day", DATE)
                .add("dayofweek", INT, "dayOfWeek", DATE)
                .add("weekday", INT, "weekday", DATE)
                .add("dayofyear", INT, "dayOfYear", DATE)
                .add("weekofyear", INT, "week", DATE)
                .add("dayname", STRING, "dayName", DATE)
                .add("monthname", STRING, "monthName", DATE)
                .add("date_add dateadd", DATE, "plus", DATE, INT)
                .from(PartFunctions.class, "dateadd date_add", TIMESTAMP, "plus", STRING, LONG, TIMESTAMP)
                .from(PartFunctions.class, "datediff date_diff", LONG, "difference", STRING, TIMESTAMP, TIMESTAMP)
                .add("date_sub", DATE, "minus", DATE, INT)
                .add("datediff date_diff", INT, "difference", DATE, DATE)
                .add("add_months", DATE, "plusMonths", DATE, INT)
                .add("last_day", DATE, "lastDay", DATE)
                .add("next_day", DATE, "nextDay", DATE, STRING)
                .add("trunc", DATE, "truncated", DATE, STRING)
                .add("make_date", DATE, "date", INT, INT, INT)
                .add("unix_date", INT, "days", DATE)
                .uncast(0, "unix_date")
                .add("date_from_unix_date", DATE, "days", INT)
                .add("months_between", DOUBLE, "monthsBetween", TIMESTAMP, TIMESTAMP)
                .add("months_between", DOUBLE, "monthsBetween", TIMESTAMP, TIMESTAMP, BOOLEAN)
                .register(to);
    }

    public static int year(int day) {
        return LocalDate.ofEpochDay(day).getYear();
    }

    public static int quarter(int day) {
        return (month(day) + 2) / 3;
    }

    public static int month(int day) {
        return LocalDate.ofEpochDay(day).getMonthValue();
    }

    public static int day(int day) {
        return LocalDate.ofEpochDay(day).getDayOfMonth();
    }

    /** 1 is Sunday. */
    public static int dayOfWeek(int day) {
        return Math.floorMod(day + 4, 7) + 1;
    }

    /** 0 is Monday. */
    public static int weekday(int day) {
        return Math.floorMod(day + 3, 7);
    }

    public static int dayOfYear(int day) {
        return LocalDate.ofEpochDay(day).getDayOfYear();
    }

    /** The week of ISO 8601. */
    public static int week(int day) {
        return LocalDate.ofEpochDay(day).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    static int yearOfWeek(int day) {
        return LocalDate.ofEpochDay(day).get(IsoFields.WEEK_BASED_YEAR);
    }

    public static Utf8 dayName(int day) {
        return Utf8.of(LocalDate.ofEpochDay(day).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US));
    }

    public static Utf8 monthName(int day) {
        return Utf8.of(LocalDate.ofEpochDay(day).getMonth().getDisplayName(TextStyle.SHORT, Locale.US));
    }

    public static int plus(int day, int days) {
        return exact((long) day + days);
    }

    public static int minus(int day, int days) {
        return exact((long) day - days);
    }

    public static int difference(int end, int start) {
        return exact((long) end - start);
    }

    private static int exact(long days) {
        if (days != (int) days) {
            throw NumberFunctions.overflow("integer");
        }
        return (int) days;
    }

    /** Some months on; the last day of that month if it has not so many. */
    public static int plusMonths(int day, int months) {
        return exact(LocalDate.ofEpochDay(day).plusMonths(months).toEpochDay());
    }

    public static int lastDay(int day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return (int) date.withDayOfMonth(date.lengthOfMonth()).toEpochDay();
    }

    /** The first such day of the week behind a day. */
    public static int nextDay(int day, Utf8 name) {
        int wanted = weekdayOf(name);
        return day + 7 - Math.floorMod(weekday(day) - wanted, 7);
    }

    private static int weekdayOf(Utf8 name) {
        String given = name.toString().toUpperCase(Locale.ROOT);
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name();
            if (given.equals(full) || given.equals(full.substring(0, 3)) || given.equals(full.substring(0, 2))) {
                return day.getValue() - 1;
            }
        }
        throw new QueryExecutionException("ILLEGAL_DAY_OF_WEEK", "'" + name + "' is no day of the week");
    }

    /** The first day of the year, quarter, month or week; null if the unit is another. */
    public static @Nullable Integer truncated(int day, Utf8 unit) {
        LocalDate date = LocalDate.ofEpochDay(day);
        return switch (unit.toString().toUpperCase(Locale.ROOT)) {
            case "YEAR", "YYYY", "YY" -> day - date.getDayOfYear() + 1;
            case "QUARTER" ->
                (int) LocalDate.of(date.getYear(), (quarter(day) - 1) * 3 + 1, 1)
                        .toEpochDay();
            case "MONTH", "MON", "MM" -> day - date.getDayOfMonth() + 1;
            case "WEEK" -> day - weekday(day);
            default -> null;
        };
    }

    public static int date(int year, int month, int day) {
        try {
            return (int) LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            throw outOfBounds("make_date", e);
        }
    }

    static QueryExecutionException outOfBounds(String function, DateTimeException why) {
        return new QueryExecutionException(
                "DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION",
                why.getMessage() + "; `try_" + function + "` gives NULL instead");
    }

    public static int days(int day) {
        return day;
    }

    public static double monthsBetween(long end, long start) {
        return monthsBetween(end, start, true);
    }

    /** Months, whole ones if both days are the same in their months or both the last; else each of 31 days. Rounded to 8 digits if wanted. */
    public static double monthsBetween(long end, long start, boolean rounded) {
        LocalDate later = LocalDate.ofEpochDay(TimeFunctions.day(end));
        LocalDate earlier = LocalDate.ofEpochDay(TimeFunctions.day(start));
        long months = ChronoUnit.MONTHS.between(earlier.withDayOfMonth(1), later.withDayOfMonth(1));
        boolean bothLast =
                later.getDayOfMonth() == later.lengthOfMonth() && earlier.getDayOfMonth() == earlier.lengthOfMonth();
        if (later.getDayOfMonth() == earlier.getDayOfMonth() || bothLast) {
            return months;
        }
        long seconds = (later.getDayOfMonth() - earlier.getDayOfMonth()) * SECONDS_PER_DAY
                + TimeFunctions.secondOfDay(end)
                - TimeFunctions.secondOfDay(start);
        double difference = months + seconds / (31.0 * SECONDS_PER_DAY);
        return rounded
                ? BigDecimal.valueOf(difference)
                        .setScale(8, RoundingMode.HALF_UP)
                        .doubleValue()
                : difference;
    }
}
