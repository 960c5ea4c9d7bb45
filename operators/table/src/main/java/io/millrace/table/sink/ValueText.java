// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.data.MapValue;
import io.millrace.table.type.ArrayType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.MapType;
import io.millrace.table.type.StructType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Writes a value, in the form {@link DataType} says, as Spark shows it. */
final class ValueText {

    private static final DateTimeFormatter SECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

    private static final long MICROS = 1_000_000;
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    /** What stands for a null. */
    private final String nothing;

    ValueText(String nothing) {
        this.nothing = nothing;
    }

    String of(DataType type, @Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(type, value, out);
        return out.toString();
    }

    private void append(DataType type, @Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append(nothing);
        } else if (type instanceof AtomicType atomic) {
            atom(atomic, value, out);
        } else if (type instanceof ArrayType array) {
            Object[] elements = (Object[]) value;
            out.append('[');
            for (int i = 0; i < elements.length; i++) {
                append(array.element(), elements[i], out.append(i == 0 ? "" : ", "));
            }
            out.append(']');
        } else if (type instanceof StructType struct) {
            Object[] fields = (Object[]) value;
            out.append('{');
            for (int i = 0; i < fields.length; i++) {
                append(struct.fields().get(i).type(), fields[i], out.append(i == 0 ? "" : ", "));
            }
            out.append('}');
        } else if (type instanceof MapType map) {
            MapValue entries = (MapValue) value;
            out.append('{');
            for (int i = 0; i < entries.size(); i++) {
                append(map.key(), entries.keys()[i], out.append(i == 0 ? "" : ", "));
                append(map.value(), entries.values()[i], out.append(" -> "));
            }
            out.append('}');
        } else {
            out.append(value instanceof BigDecimal decimal ? decimal.toPlainString() : value);
        }
    }

    private static void atom(AtomicType type, Object value, StringBuilder out) {
        switch (type) {
            case DATE -> out.append(LocalDate.ofEpochDay(((Number) value).longValue()));
            case TIMESTAMP -> timestamp(((Number) value).longValue(), out);
            case BINARY -> binary((byte[]) value, out);
            case DAY_TIME_INTERVAL -> dayTime(((Number) value).longValue(), out);
            case YEAR_MONTH_INTERVAL -> {
                int months = Math.abs(((Number) value).intValue());
                out.append("INTERVAL '")
                        .append(((Number) value).intValue() < 0 ? "-" : "")
                        .append(months / 12)
                        .append('-')
                        .append(months % 12)
                        .append("' YEAR TO MONTH");
            }
            default -> out.append(value);
        }
    }

    private static void timestamp(long micros, StringBuilder out) {
        Instant instant = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
        out.append(SECONDS.format(instant));
        fraction(Math.floorMod(micros, MICROS), out);
    }

    /** The digits behind the seconds, without zeros at the end. */
    static void fraction(long micros, StringBuilder out) {
        if (micros == 0) {
            return;
        }
        String digits = Long.toString(MICROS + micros).substring(1);
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        out.append('.').append(digits, 0, end);
    }

    private static void dayTime(long micros, StringBuilder out) {
        long rest = Math.abs(micros);
        long seconds = rest / MICROS;
        out.append("INTERVAL '")
                .append(micros < 0 ? "-" : "")
                .append(seconds / 86_400)
                .append(' ');
        two(seconds / 3_600 % 24, out).append(':');
        two(seconds / 60 % 60, out).append(':');
        two(seconds % 60, out);
        fraction(rest % MICROS, out);
        out.append("' DAY TO SECOND");
    }

    private static StringBuilder two(long number, StringBuilder out) {
        return out.append(number < 10 ? "0" : "").append(number);
    }

    private static void binary(byte[] bytes, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < bytes.length; i++) {
            out.append(i == 0 ? "" : " ").append(HEX[(bytes[i] >> 4) & 15]).append(HEX[bytes[i] & 15]);
        }
        out.append(']');
    }
}
