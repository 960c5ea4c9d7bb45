// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON as plain Java: maps that keep their order, lists, strings, booleans, null; {@code Long} for integers that
 * fit, {@code Double} for other numbers.
 */
public final class Json {

    private static final String HEXADECIMAL = "0123456789ABCDEF";

    private Json() {}

    /**
     * The one value in {@code text}.
     *
     * @param depth how deep it may be nested
     * @throws IOException if it is not JSON, too deep, or followed by something
     */
    public static @Nullable Object parse(String text, int depth) throws IOException {
        return new JsonReader(text, depth).read();
    }

    /** As {@link #parse}, where the value is an object. */
    @SuppressWarnings("unchecked")
    public static Map<String, @Nullable Object> parseObject(String text, int depth) throws IOException {
        if (parse(text, depth) instanceof Map<?, ?> object) {
            return (Map<String, @Nullable Object>) object;
        }
        throw new IOException("the JSON is not an object");
    }

    /**
     * The JSON of a value of these kinds; other numbers than {@code Double} and {@code Float} count as integers. Numbers that
     * JSON has no form for become strings, as {@code "NaN"}.
     */
    public static String write(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        write(text, value);
        return text.toString();
    }

    private static void write(StringBuilder text, @Nullable Object value) {
        if (value instanceof Map<?, ?> object) {
            text.append('{');
            String separator = "";
            for (Map.Entry<?, ?> entry : object.entrySet()) {
                text.append(separator);
                write(text, String.valueOf(entry.getKey()));
                text.append(':');
                write(text, entry.getValue());
                separator = ",";
            }
            text.append('}');
        } else if (value instanceof List<?> array) {
            text.append('[');
            String separator = "";
            for (Object element : array) {
                text.append(separator);
                write(text, element);
                separator = ",";
            }
            text.append(']');
        } else if (value instanceof String string) {
            write(text, string);
        } else if (value == null || value instanceof Boolean) {
            text.append(value);
        } else if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            if (Double.isFinite(number)) {
                text.append(number);
            } else {
                text.append('"').append(number).append('"');
            }
        } else if (value instanceof Number number) {
            text.append(number.longValue());
        } else {
            throw new IllegalArgumentException("no JSON for " + value.getClass().getName());
        }
    }

    private static void write(StringBuilder text, String string) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char character = string.charAt(i);
            switch (character) {
                case '"', '\\' -> text.append('\\').append(character);
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (character < ' ') {
                        text.append("\\u00")
                                .append(HEXADECIMAL.charAt(character >> 4))
                                .append(HEXADECIMAL.charAt(character & 15));
                    } else {
                        text.append(character);
                    }
                }
            }
        }
        text.append('"');
    }
}
