// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import org.jspecify.annotations.Nullable;

/** Text that may stand in an error, a log or a table of refused records: without control characters, and not too long. */
final class Excerpt {

    private static final int MOST = 200;

    private Excerpt() {}

    /** The text of a record, of at most 200 characters; what its own {@code toString} throws is told instead. */
    static String of(@Nullable Object record) {
        return of(record, MOST);
    }

    /** The same with another bound. */
    static String of(@Nullable Object record, int most) {
        String text;
        try {
            text = String.valueOf((Object) String.valueOf(record));
        } catch (RuntimeException | StackOverflowError e) {
            text = "a " + (record == null ? "null" : record.getClass().getName()) + " whose toString throws "
                    + e.getClass().getName();
        }
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < text.length() && out.length() < most) {
            int c = text.codePointAt(at);
            at += Character.charCount(c);
            if (c == '\n') {
                out.append("\\n");
            } else if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || isSurrogate(c)) {
                out.append(String.format("\\u%04x", c));
            } else {
                out.appendCodePoint(c);
            }
        }
        return at < text.length()
                ? out.append("… (").append(text.length()).append(" characters)").toString()
                : out.toString();
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }
}
