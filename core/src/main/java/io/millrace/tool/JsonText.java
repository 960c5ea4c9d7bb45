// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.tool;

import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Writes maps, lists, numbers, strings and truth values as JSON; anything else by its {@code toString}. */
final class JsonText {

    private final StringBuilder out = new StringBuilder();

    private JsonText() {}

    /** The text, over several lines. */
    static String of(Object value) {
        JsonText text = new JsonText();
        text.write(value, "\n");
        return text.out.toString();
    }

    private void write(Object value, String line) {
        if (value instanceof Map<?, ?> map) {
            out.append('{');
            Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<?, ?> entry = entries.next();
                out.append(line).append("  ");
                quoted(String.valueOf(entry.getKey()));
                out.append(": ");
                write(entry.getValue(), line + "  ");
                out.append(entries.hasNext() ? "," : line);
            }
            out.append('}');
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(line).append("  ");
                write(list.get(i), line + "  ");
                out.append(i + 1 < list.size() ? "," : line);
            }
            out.append(']');
        } else if (value instanceof Number || value instanceof Boolean) {
            out.append(value);
        } else {
            quoted(value.toString());
        }
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c) || c == 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
