// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Decimals;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.DecimalType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads values of texts, in the form {@link DataType} says. */
final class CellText {

    private static final long MICROS = 1_000_000;
    private static final int DATE_LENGTH = 10;

    private CellText() {}

    /** The value; null if the text is none of this type. */
    static @Nullable Object parse(DataType type, String text) {
        try {
            if (type instanceof DecimalType decimal) {
                return Decimals.scaled(new BigDecimal(text.trim()), decimal);
            }
            return type instanceof AtomicType atomic ? atom(atomic, text) : null;
        } catch (NumberFormatException | DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static @Nullable Object atom(AtomicType type, String text) {
        return switch (type) {
            case STRING -> Utf8.of(text);
            case BINARY -> text.getBytes(StandardCharsets.UTF_8);
            case BOOLEAN ->
                switch (text.trim().toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                };
            case BYTE -> (int) Byte.parseByte(text.trim());
            case SHORT -> (int) Short.parseShort(text.trim());
            case INT -> Integer.parseInt(text.trim());
            case LONG -> Long.parseLong(text.trim());
            case FLOAT -> (float) number(text.trim());
            case DOUBLE -> number(text.trim());
            case DATE -> Math.toIntExact(LocalDate.parse(text.trim()).toEpochDay());
            case TIMESTAMP -> micros(text.trim());
            case NULL, DAY_TIME_INTERVAL, YEAR_MONTH_INTERVAL -> null;
        };
    }

    private static double number(String text) {
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Inf", "+Inf", "Infinity", "+Infinity" -> Double.POSITIVE_INFINITY;
            case "-Inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
            default -> {
                char last = text.isEmpty() ? ' ' : Character.toLowerCase(text.charAt(text.length() - 1));
                if (last == 'd' || last == 'f') {
                    throw new NumberFormatException(text);
                }
                yield Double.parseDouble(text);
            }
        };
    }

    /** A date, with a time or without, with an offset or in UTC; a blank or a T between. */
    private static long micros(String text) {
        if (text.length() <= DATE_LENGTH) {
            return micros(LocalDate.parse(text).atTime(LocalTime.MIDNIGHT).toInstant(ZoneOffset.UTC));
        }
        String joined = text.substring(0, DATE_LENGTH) + "T" + text.substring(DATE_LENGTH + 1);
        String time = joined.substring(DATE_LENGTH + 1);
        boolean offset = time.endsWith("Z") || time.indexOf('+') > 0 || time.indexOf('-') > 0;
        return micros(
                offset
                        ? OffsetDateTime.parse(joined).toInstant()
                        : LocalDateTime.parse(joined).toInstant(ZoneOffset.UTC));
    }

    private static long micros(Instant instant) {
        return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), MICROS), instant.getNano() / 1_000);
    }
}
