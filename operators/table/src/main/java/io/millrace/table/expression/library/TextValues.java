// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.DateTimeText;
import io.millrace.table.expression.Decimals;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Single values written as text in JSON or CSV. For any threads. */
final class TextValues {

    private final TimePattern patterns = new TimePattern();
    private final @Nullable Utf8 datePattern;
    private final @Nullable Utf8 timePattern;

    TextValues(FormatOptions options) {
        datePattern = options.pattern("dateFormat");
        timePattern = options.pattern("timestampFormat");
    }

    /** The value of a type. */
    Object parse(String text, DataType type) {
        if (type instanceof DecimalType decimal) {
            return fit(new BigDecimal(text.strip()), decimal);
        }
        Object value = switch ((AtomicType) type) {
            case STRING -> Utf8.of(text);
            case BOOLEAN -> bool(text);
            case BYTE -> (int) Byte.parseByte(text);
            case SHORT -> (int) Short.parseShort(text);
            case INT -> Integer.parseInt(text);
            case LONG -> Long.parseLong(text);
            case FLOAT -> (float) floating(text);
            case DOUBLE -> floating(text);
            case DATE -> date(Utf8.of(text));
            case TIMESTAMP -> timestamp(Utf8.of(text));
            case DAY_TIME_INTERVAL -> DateTimeText.dayTime(Utf8.of(text));
            case YEAR_MONTH_INTERVAL -> DateTimeText.yearMonth(Utf8.of(text));
            case BINARY -> Base64.getMimeDecoder().decode(text);
            case NULL -> null;
        };
        if (value == null) {
            throw new IllegalArgumentException("'" + text + "' is no " + type.sql());
        }
        return value;
    }

    private static Boolean bool(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("'" + text + "' is no boolean");
        };
    }

    private static double floating(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    private @Nullable Integer date(Utf8 text) {
        return datePattern == null ? DateTimeText.date(text) : (Integer) patterns.parseDate(text, datePattern);
    }

    private @Nullable Long timestamp(Utf8 text) {
        return timePattern == null ? DateTimeText.timestamp(text) : (Long) patterns.parse(text, timePattern);
    }

    /** A number in the scale of a type. */
    static BigDecimal fit(BigDecimal number, DecimalType type) {
        BigDecimal scaled = Decimals.scaled(number, type);
        if (scaled == null) {
            throw new IllegalArgumentException(number + " does not fit in " + type.sql());
        }
        return scaled;
    }

    String formatDate(int day) {
        return datePattern == null
                ? DateTimeText.formatDate(day).toString()
                : patterns.format(day * TimeFunctions.DAY, datePattern).toString();
    }

    String formatTimestamp(long micros) {
        Utf8 pattern = timePattern == null ? Utf8.of("yyyy-MM-dd'T'HH:mm:ss.SSSXXX") : timePattern;
        return patterns.format(micros, pattern).toString();
    }
}
