// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of columns as names of directories, {@code day=2024-01-31}, as Spark and Hive write them. */
public final class PartitionPath {

    /** Stands for a null, and for an empty text. */
    static final String NOTHING = "__HIVE_DEFAULT_PARTITION__";

    /** Besides control characters. */
    private static final String ESCAPED = "\"#%'*/:=?\\\u007f{[]^";

    private static final DateTimeFormatter SECONDS = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private PartitionPath() {}

    /**
     * The name of the directory of a value.
     *
     * @param value in the form of {@link io.millrace.table.Row}
     */
    public static String name(String column, @Nullable Object value) {
        String text = value == null ? "" : text(value);
        return escaped(column) + "=" + (text.isEmpty() ? NOTHING : escaped(text));
    }

    private static String text(Object value) {
        if (value instanceof Instant instant) {
            return SECONDS.format(instant);
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || ESCAPED.indexOf(c) >= 0) {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** What {@link #name} wrote; a percent sign without two digits stands for itself. */
    private static String unescaped(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int high = c == '%' && i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = high >= 0 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (low >= 0) {
                out.append((char) (16 * high + low));
                i += 2;
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    /** The columns in the names of the directories between a root and a file, with their texts; null for {@link #NOTHING}. */
    static Map<String, @Nullable String> columns(Path root, Path file) {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        Path below = root.relativize(file);
        for (int i = 0; i < below.getNameCount() - 1; i++) {
            String name = below.getName(i).toString();
            int equals = name.indexOf('=');
            if (equals > 0) {
                String value = name.substring(equals + 1);
                columns.put(unescaped(name.substring(0, equals)), value.equals(NOTHING) ? null : unescaped(value));
            }
        }
        return columns;
    }
}
