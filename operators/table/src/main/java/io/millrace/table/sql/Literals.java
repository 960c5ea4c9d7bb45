// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.Utf8;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads constants. */
final class Literals {

    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("H:m[:s]")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .optionalEnd()
            .toFormatter(Locale.ROOT);

    private Literals() {}

    /** What {@link SparkDialect} wrote as a call. */
    static Ast read(String name, List<Ast> arguments, Position position) {
        try {
            String first = text(arguments.get(0));
            if (arguments.size() == 3 && text(arguments.get(1)).equals("year")) {
                return yearsAndMonths(first, text(arguments.get(2)), position);
            }
            return switch (name) {
                case "__days" -> days(Intervals.parse(first), position);
                case "__interval" ->
                    interval(
                            arguments.size() == 3
                                    ? fields(first, text(arguments.get(1)), text(arguments.get(2)))
                                    : Intervals.parse(first),
                            position);
                case "__months" -> months(first, position);
                case "__number" -> number(first, position);
                case "__typed" -> typed(first, text(arguments.get(1)), position);
                default -> throw new AnalysisException("UNRESOLVED_ROUTINE", "there is no function `" + name + "`");
            };
        } catch (AnalysisException e) {
            throw Asts.at(e, position);
        }
    }

    private static String text(Ast ast) {
        return String.valueOf(((Ast.Constant) ast).value());
    }

    static Ast.Constant interval(long micros, Position position) {
        return new Ast.Constant(micros, AtomicType.DAY_TIME_INTERVAL, SqlText.interval(micros), position);
    }

    private static Ast.Constant days(long micros, Position position) {
        return new Ast.Constant(
                micros,
                AtomicType.DAY_TIME_INTERVAL,
                "INTERVAL '" + TimeUnit.MICROSECONDS.toDays(micros) + "' DAY",
                position);
    }

    /** Whether this is a constant interval that was written in days or weeks only. */
    static boolean isDays(Ast ast) {
        return ast instanceof Ast.Constant constant
                && constant.type() == AtomicType.DAY_TIME_INTERVAL
                && constant.text().endsWith("' DAY");
    }

    private static Ast months(String text, Position position) {
        String[] words = text.split(" ", -1);
        int months = 0;
        for (int i = 0; i < words.length; i += 2) {
            int factor = Intervals.months(words[i + 1]);
            if (factor == 0) {
                throw new AnalysisException(
                        "INVALID_INTERVAL_FORMAT.INPUT_IS_NULL",
                        "'" + text + "' mixes months with smaller units; write two intervals");
            }
            String[] parts = words[i].split("(?<=.)-", -1);
            try {
                months += parts.length == 2
                        ? Integer.parseInt(parts[0]) * 12 + Integer.parseInt(parts[1])
                        : Math.multiplyExact(factor, Integer.parseInt(words[i]));
            } catch (NumberFormatException | ArithmeticException e) {
                throw Asts.error(
                        "INVALID_INTERVAL_FORMAT.INVALID_VALUE",
                        "'" + text + "' is no interval: " + words[i] + " is no whole number, or too large",
                        position);
            }
        }
        return new Ast.Constant(months, AtomicType.YEAR_MONTH_INTERVAL, "INTERVAL '" + text + "'", position);
    }

    /** {@code '1-2' YEAR TO MONTH}. */
    private static Ast yearsAndMonths(String text, String to, Position position) {
        Matcher parts = Pattern.compile("([+-]?)([0-9]{1,8})-([0-9]{1,2})").matcher(text.strip());
        if (!to.equals("month") || !parts.matches() || Integer.parseInt(parts.group(3)) > 11) {
            throw new AnalysisException(
                    "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING", "'" + text + "' is no interval year to " + to);
        }
        int months = Integer.parseInt(parts.group(2)) * 12 + Integer.parseInt(parts.group(3));
        return new Ast.Constant(
                parts.group(1).equals("-") ? -months : months,
                AtomicType.YEAR_MONTH_INTERVAL,
                "INTERVAL '" + text.strip() + "' YEAR TO MONTH",
                position);
    }

    /** {@code '1 02:03:04' DAY TO SECOND} and its parts. */
    private static long fields(String text, String from, String to) {
        List<String> units = List.of("day", "hour", "minute", "second");
        int first = units.indexOf(from);
        int last = units.indexOf(to);
        boolean negative = text.startsWith("-");
        String[] parts = (negative ? text.substring(1) : text).strip().split("[ :]", -1);
        if (first < 0 || last <= first || parts.length != last - first + 1) {
            throw new AnalysisException(
                    "INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING",
                    "'" + text + "' is no interval " + from + " to " + to);
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            words.append(parts[i]).append(' ').append(units.get(first + i)).append(' ');
        }
        long micros = Intervals.parse(words.toString());
        return negative ? -micros : micros;
    }

    /** A number, with or without a letter for its type. */
    static Ast.Constant number(String text, Position position) {
        String upper = text.toUpperCase(Locale.ROOT);
        try {
            if (upper.endsWith(".")) {
                return decimal(new BigDecimal(upper.substring(0, upper.length() - 1)), position);
            }
            if (upper.endsWith("BD")) {
                return decimal(new BigDecimal(upper.substring(0, upper.length() - 2)), position);
            }
            String digits = upper.substring(0, upper.length() - 1);
            switch (upper.charAt(upper.length() - 1)) {
                case 'L' -> {
                    return new Ast.Constant(Long.parseLong(digits), AtomicType.LONG, digits, position);
                }
                case 'S' -> {
                    return new Ast.Constant((int) Short.parseShort(digits), AtomicType.SHORT, digits, position);
                }
                case 'Y' -> {
                    return new Ast.Constant((int) Byte.parseByte(digits), AtomicType.BYTE, digits, position);
                }
                case 'D' -> {
                    return real(digits, position);
                }
                case 'F' -> {
                    float single = Float.parseFloat(digits);
                    return new Ast.Constant(single, AtomicType.FLOAT, Float.toString(single), position);
                }
                default -> {}
            }
            if (upper.indexOf('E') >= 0) {
                return real(upper, position);
            }
            if (upper.indexOf('.') >= 0) {
                return decimal(new BigDecimal(upper), position);
            }
            BigInteger whole = new BigInteger(upper);
            if (whole.bitLength() < 32) {
                return new Ast.Constant(whole.intValueExact(), AtomicType.INT, whole.toString(), position);
            }
            if (whole.bitLength() < 64) {
                return new Ast.Constant(whole.longValueExact(), AtomicType.LONG, whole.toString(), position);
            }
            return decimal(new BigDecimal(whole), position);
        } catch (NumberFormatException e) {
            throw Asts.error("INVALID_NUMERIC_LITERAL_RANGE", "'" + text + "' is no number of its type", position);
        }
    }

    private static Ast.Constant real(String digits, Position position) {
        double value = Double.parseDouble(digits);
        return new Ast.Constant(value, AtomicType.DOUBLE, Double.toString(value), position);
    }

    private static Ast.Constant decimal(BigDecimal value, Position position) {
        if (value.scale() < 0) {
            return decimal(value.setScale(0), position);
        }
        int precision = Math.max(value.precision(), value.scale());
        if (precision > DecimalType.MAX_PRECISION) {
            throw Asts.error(
                    "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
                    value.toPlainString() + " has " + precision + " digits, but at most " + DecimalType.MAX_PRECISION
                            + " are possible",
                    position);
        }
        return new Ast.Constant(
                value, new DecimalType(Math.max(precision, 1), value.scale()), value.toPlainString(), position);
    }

    private static Ast typed(String type, String text, Position position) {
        try {
            return switch (type) {
                case "date" -> {
                    LocalDate date = date(text.strip());
                    yield constant((int) date.toEpochDay(), AtomicType.DATE, "DATE '" + date + "'", position);
                }
                case "x" ->
                    constant(
                            HexFormat.of().parseHex(text.length() % 2 == 0 ? text : "0" + text),
                            AtomicType.BINARY,
                            "X'" + text.toUpperCase(Locale.ROOT) + "'",
                            position);
                default -> {
                    java.time.Instant time = timestamp(text.strip());
                    yield constant(
                            ChronoUnit.MICROS.between(java.time.Instant.EPOCH, time),
                            AtomicType.TIMESTAMP,
                            SqlText.timestamp(time),
                            position);
                }
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Asts.error(
                    "INVALID_TYPED_LITERAL",
                    "'" + text + "' is no value of the type " + type.toUpperCase(Locale.ROOT),
                    position);
        }
    }

    private static Ast.Constant constant(Object value, DataType type, String text, Position position) {
        return new Ast.Constant(value, type, text, position);
    }

    private static LocalDate date(String text) {
        String[] parts = text.split("-", -1);
        return LocalDate.of(
                Integer.parseInt(parts[0]),
                parts.length > 1 ? Integer.parseInt(parts[1]) : 1,
                parts.length > 2 ? Integer.parseInt(parts[2]) : 1);
    }

    private static java.time.Instant timestamp(String text) {
        int split = Math.max(text.indexOf(' '), text.indexOf('T'));
        if (split < 0) {
            return date(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        String time = text.substring(split + 1).strip();
        int zone = Math.max(Math.max(time.indexOf('Z'), time.indexOf('+')), time.indexOf('-'));
        LocalDateTime local = LocalDateTime.of(
                date(text.substring(0, split)),
                LocalTime.parse(zone < 0 ? time : time.substring(0, zone).strip(), TIME));
        ZoneOffset offset = zone < 0 ? ZoneOffset.UTC : ZoneOffset.of(time.substring(zone));
        return OffsetDateTime.of(local, offset).toInstant();
    }

    /** A constant string for the name of a field. */
    static Ast.Constant string(String text, Position position) {
        return new Ast.Constant(Utf8.of(text), AtomicType.STRING, text, position);
    }
}
