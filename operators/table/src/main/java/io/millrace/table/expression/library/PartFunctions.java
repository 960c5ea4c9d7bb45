// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import static io.millrace.table.type.AtomicType.DATE;
import static io.millrace.table.type.AtomicType.DAY_TIME_INTERVAL;
import static io.millrace.table.type.AtomicType.INT;
import static io.millrace.table.type.AtomicType.LONG;
import static io.millrace.table.type.AtomicType.STRING;
import static io.millrace.table.type.AtomicType.TIMESTAMP;
import static io.millrace.table.type.AtomicType.YEAR_MONTH_INTERVAL;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import io.millrace.table.expression.BoundFunction;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.FunctionLibrary;
import io.millrace.table.expression.ScalarFunction;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Functions that take the name of a unit: {@code date_part}, which is {@code EXTRACT} too, {@code timestampadd}, {@code timestampdiff}. */
public final class PartFunctions implements FunctionLibrary {

    @Override
    public void register(Consumer<ScalarFunction> to) {
        Definitions all = new Definitions(PartFunctions.class);
        all.bound("date_part datepart extract", 2, 2, (name, arguments) -> part(all, name, arguments))
                .add("timestampadd", TIMESTAMP, "plus", STRING, LONG, TIMESTAMP)
                .add("timestampdiff", LONG, "difference", STRING, TIMESTAMP, TIMESTAMP)
                .register(to);
    }

    private static BoundFunction part(Definitions all, String name, List<Expression> arguments) {
        if (!(arguments.get(0) instanceof Expression.Literal literal) || !(literal.value() instanceof Utf8 field)) {
            throw new AnalysisException(
                    "DATATYPE_MISMATCH.NON_FOLDABLE_INPUT", "The field of `" + name + "` must be a constant string");
        }
        DataType source = arguments.get(1).type();
        String method = method(field.toString().toUpperCase(Locale.ROOT), source);
        if (method == null) {
            throw new AnalysisException(
                    "INVALID_EXTRACT_FIELD", "There is no field '" + field + "' in " + source.sql());
        }
        DataType taken = source == DAY_TIME_INTERVAL || source == YEAR_MONTH_INTERVAL
                ? source
                : method.equals("hour") || method.equals("minute") || method.equals("seconds") ? TIMESTAMP : DATE;
        DataType result = method.toLowerCase(Locale.ROOT).endsWith("seconds") ? new DecimalType(8, 6) : INT;
        return all.call(name, method, result, List.of(STRING, taken));
    }

    private static @Nullable String method(String field, DataType source) {
        if (source == DAY_TIME_INTERVAL) {
            return switch (field) {
                case "DAY", "D", "DAYS" -> "intervalDays";
                case "HOUR", "H", "HOURS", "HR", "HRS" -> "intervalHours";
                case "MINUTE", "M", "MIN", "MINS", "MINUTES" -> "intervalMinutes";
                case "SECOND", "S", "SEC", "SECONDS", "SECS" -> "intervalSeconds";
                default -> null;
            };
        }
        if (source == YEAR_MONTH_INTERVAL) {
            return switch (field) {
                case "YEAR", "Y", "YEARS", "YR", "YRS" -> "intervalYears";
                case "MONTH", "MON", "MONS", "MONTHS" -> "intervalMonths";
                default -> null;
            };
        }
        return switch (field) {
            case "YEAR", "Y", "YEARS", "YR", "YRS" -> "year";
            case "YEAROFWEEK" -> "yearOfWeek";
            case "QUARTER", "QTR" -> "quarter";
            case "MONTH", "MON", "MONS", "MONTHS" -> "month";
            case "WEEK", "W", "WEEKS" -> "week";
            case "DAY", "D", "DAYS" -> "day";
            case "DAYOFWEEK", "DOW" -> "dayOfWeek";
            case "DAYOFWEEK_ISO", "DOW_ISO" -> "isoDayOfWeek";
            case "DOY" -> "dayOfYear";
            case "HOUR", "H", "HOURS", "HR", "HRS" -> "hour";
            case "MINUTE", "M", "MIN", "MINS", "MINUTES" -> "minute";
            case "SECOND", "S", "SEC", "SECONDS", "SECS" -> "seconds";
            default -> null;
        };
    }

    public static int year(Utf8 field, int day) {
        return DateFunctions.year(day);
    }

    public static int yearOfWeek(Utf8 field, int day) {
        return DateFunctions.yearOfWeek(day);
    }

    public static int quarter(Utf8 field, int day) {
        return DateFunctions.quarter(day);
    }

    public static int month(Utf8 field, int day) {
        return DateFunctions.month(day);
    }

    public static int week(Utf8 field, int day) {
        return DateFunctions.week(day);
    }

    public static int day(Utf8 field, int day) {
        return DateFunctions.day(day);
    }

    public static int dayOfWeek(Utf8 field, int day) {
        return DateFunctions.dayOfWeek(day);
    }

    public static int dayOfYear(Utf8 field, int day) {
        return DateFunctions.dayOfYear(day);
    }

    public static int isoDayOfWeek(Utf8 field, int day) {
        return DateFunctions.weekday(day) + 1;
    }

    public static int hour(Utf8 field, long micros) {
        return TimeFunctions.hour(micros);
    }

    public static int minute(Utf8 field, long micros) {
        return TimeFunctions.minute(micros);
    }

    /** Seconds with their fraction. */
    public static BigDecimal seconds(Utf8 field, long micros) {
        return BigDecimal.valueOf(Math.floorMod(micros, TimeFunctions.MINUTE), 6);
    }

    public static int intervalDays(Utf8 field, long micros) {
        return (int) (micros / TimeFunctions.DAY);
    }

    public static int intervalHours(Utf8 field, long micros) {
        return (int) (micros % TimeFunctions.DAY / TimeFunctions.HOUR);
    }

    public static int intervalMinutes(Utf8 field, long micros) {
        return (int) (micros % TimeFunctions.HOUR / TimeFunctions.MINUTE);
    }

    public static BigDecimal intervalSeconds(Utf8 field, long micros) {
        return BigDecimal.valueOf(micros % TimeFunctions.MINUTE, 6);
    }

    public static int intervalYears(Utf8 field, int months) {
        return months / 12;
    }

    public static int intervalMonths(Utf8 field, int months) {
        return months % 12;
    }

    /** Some units later; months are clipped at the end of a shorter one. */
    public static long plus(Utf8 unit, long count, long micros) {
        try {
            return switch (unit.toString().toUpperCase(Locale.ROOT)) {
                case "MICROSECOND" -> Math.addExact(micros, count);
                case "MILLISECOND" -> plusExact(micros, count, 1000);
                case "SECOND" -> plusExact(micros, count, TimeFunctions.SECOND);
                case "MINUTE" -> plusExact(micros, count, TimeFunctions.MINUTE);
                case "HOUR" -> plusExact(micros, count, TimeFunctions.HOUR);
                case "DAY", "DAYOFYEAR" -> plusExact(micros, count, TimeFunctions.DAY);
                case "WEEK" -> plusExact(micros, count, 7 * TimeFunctions.DAY);
                case "MONTH" -> plusMonths(micros, count);
                case "QUARTER" -> plusMonths(micros, Math.multiplyExact(count, 3));
                case "YEAR" -> plusMonths(micros, Math.multiplyExact(count, 12));
                default -> throw unknown("TIMESTAMPADD", unit);
            };
        } catch (ArithmeticException e) {
            throw new QueryExecutionException(
                    "DATETIME_OVERFLOW", "Datetime operation overflow: add " + count + " " + unit);
        }
    }

    private static long plusExact(long micros, long count, long unit) {
        return Math.addExact(micros, Math.multiplyExact(count, unit));
    }

    private static long plusMonths(long micros, long months) {
        int day = DateFunctions.plusMonths(TimeFunctions.day(micros), Math.toIntExact(months));
        return day * TimeFunctions.DAY + Math.floorMod(micros, TimeFunctions.DAY);
    }

    /** How many whole units lie between two instants, negative if the end is earlier. */
    public static long difference(Utf8 unit, long start, long end) {
        String name = unit.toString().toUpperCase(Locale.ROOT);
        long micros = end - start;
        return switch (name) {
            case "MICROSECOND" -> micros;
            case "MILLISECOND" -> micros / 1000;
            case "SECOND" -> micros / TimeFunctions.SECOND;
            case "MINUTE" -> micros / TimeFunctions.MINUTE;
            case "HOUR" -> micros / TimeFunctions.HOUR;
            case "DAY", "DAYOFYEAR" -> micros / TimeFunctions.DAY;
            case "WEEK" -> micros / (7 * TimeFunctions.DAY);
            case "MONTH" -> months(start, end);
            case "QUARTER" -> months(start, end) / 3;
            case "YEAR" -> months(start, end) / 12;
            default -> throw unknown("TIMESTAMPDIFF", unit);
        };
    }

    private static long months(long start, long end) {
        return ChronoUnit.MONTHS.between(local(start), local(end));
    }

    private static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, TimeFunctions.SECOND),
                (int) Math.floorMod(micros, TimeFunctions.SECOND) * 1000,
                ZoneOffset.UTC);
    }

    private static QueryExecutionException unknown(String function, Utf8 unit) {
        return new QueryExecutionException(
                "INVALID_PARAMETER_VALUE.DATETIME_UNIT",
                "The value of parameter `unit` in `" + function + "` is invalid: there is no unit '" + unit + "'");
    }
}
