// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import org.jspecify.annotations.Nullable;

/** A record as it may stand in a log or an error: without control characters, and not too long. */
final class Excerpt {

    private static final int MOST = 200;

    private Excerpt() {}

    /** The text of a record; what its own {@code toString} throws is told instead. */
    static String of(@Nullable Object record) {
        String text;
        try {
            text = String.valueOf((Object) String.valueOf(record));
        } catch (RuntimeException | StackOverflowError e) {
            text = "a " + (record == null ? "null" : record.getClass().getName()) + " whose toString throws "
                    + e.getClass().getName();
        }
        return escape(text);
    }

    /** Text without control characters, cut after 200 characters. */
    static String escape(String text) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), MOST) + 16);
        int end = Math.min(text.length(), MOST);
        if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        if (text.length() > MOST) {
            out.append("… (").append(text.length()).append(" characters)");
        }
        return out.toString();
    }
}
