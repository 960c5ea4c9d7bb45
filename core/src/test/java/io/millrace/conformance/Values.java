// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.conformance;

import io.millrace.operator.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The values of the language as plain Java values: {@code String}, {@code Boolean}, null, {@code Long}, {@code Double}, {@link Pair},
 * {@code List} and {@code Optional}.
 */
final class Values {

    private Values() {}

    /** The value that some JSON stands for. */
    static Object fromJson(Object json) {
        if (json instanceof List<?> list) {
            return listFromJson(list);
        }
        if (!(json instanceof Map<?, ?> map)) {
            return json;
        }
        if (map.containsKey("k")) {
            return Pair.of(fromJson(map.get("k")), fromJson(map.get("v")));
        }
        if (map.containsKey("some")) {
            return Optional.of(fromJson(map.get("some")));
        }
        if (map.containsKey("none")) {
            return Optional.empty();
        }
        if (map.get("double") instanceof String name) {
            return Double.valueOf(name);
        }
        throw new UnsupportedProgramException("no value is written " + json);
    }

    /** The values that a JSON array stands for. */
    static List<Object> listFromJson(List<?> json) {
        List<Object> values = new ArrayList<>();
        json.forEach(element -> values.add(fromJson(element)));
        return values;
    }

    /** The canonical text of a value: its JSON without blanks, nothing escaped that need not be. */
    static String text(Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) {
        if (value instanceof String string) {
            writeString(string, out);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("{\"double\":\"").append(number).append("\"}");
        } else if (value instanceof Pair<?, ?> pair) {
            out.append("{\"k\":");
            write(pair.key(), out);
            out.append(",\"v\":");
            write(pair.value(), out);
            out.append('}');
        } else if (value instanceof Optional<?> option) {
            out.append(option.isPresent() ? "{\"some\":" : "{\"none\":");
            write(option.isPresent() ? option.get() : true, out);
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ",");
                write(list.get(i), out);
            }
            out.append(']');
        } else {
            out.append(value);
        }
    }

    private static void writeString(String string, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f || c == 0x2028 || c == 0x2029) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
