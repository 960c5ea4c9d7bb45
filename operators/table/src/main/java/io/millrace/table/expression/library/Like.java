// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Utf8;
import java.util.regex.Pattern;

/** The patterns of one LIKE or ILIKE: {@code %} for any text, {@code _} for one character. For any threads. */
public final class Like {

    private static final Utf8 BACKSLASH = Utf8.of("\\");

    private final boolean ignoreCase;
    private final Memo<Pattern> patterns = new Memo<>(pattern -> compile(pattern, BACKSLASH));
    private final Memo<Memo<Pattern>> escaped = new Memo<>(escape -> new Memo<>(pattern -> compile(pattern, escape)));

    Like(boolean ignoreCase) {
        this.ignoreCase = ignoreCase;
    }

    public boolean matches(Utf8 text, Utf8 pattern) {
        return patterns.get(pattern).matcher(text.toString()).matches();
    }

    /** With another escape character, which is the first of the text. */
    public boolean matches(Utf8 text, Utf8 pattern, Utf8 escape) {
        return escaped.get(escape).get(pattern).matcher(text.toString()).matches();
    }

    private Pattern compile(Utf8 pattern, Utf8 escape) {
        String like = pattern.toString();
        int escaping = escape.toString().codePointAt(0);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); ) {
            int point = like.codePointAt(i);
            i += Character.charCount(point);
            if (point == escaping) {
                if (i == like.length()) {
                    throw invalid("INVALID_FORMAT.ESC_AT_THE_END", like, "the escape character must not be its end");
                }
                int next = like.codePointAt(i);
                if (next != '_' && next != '%' && next != escaping) {
                    throw invalid(
                            "INVALID_FORMAT.ESC_IN_THE_MIDDLE",
                            like,
                            "the escape character must not precede '" + Character.toString(next) + "'");
                }
                i += Character.charCount(next);
                regex.append(Pattern.quote(Character.toString(next)));
            } else if (point == '_') {
                regex.append('.');
            } else if (point == '%') {
                regex.append(".*");
            } else {
                regex.append(Pattern.quote(Character.toString(point)));
            }
        }
        int flags = Pattern.DOTALL | (ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
        return Pattern.compile(regex.toString(), flags);
    }

    private static QueryExecutionException invalid(String condition, String pattern, String why) {
        return new QueryExecutionException(condition, "The pattern '" + pattern + "' is invalid: " + why);
    }
}
