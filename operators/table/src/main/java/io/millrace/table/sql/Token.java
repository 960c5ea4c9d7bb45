// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sql;

import java.util.Locale;

/**
 * A word of a query text.
 *
 * @param text as it stands there; of a string or quoted name, what it means
 * @param start where it starts in the text, from 0
 * @param end behind its last character
 */
record Token(Kind kind, String text, int start, int end) {

    enum Kind {
        WORD,
        QUOTED,
        STRING,
        NUMBER,
        SYMBOL,
        HINT,
        END
    }

    /** Whether it is this word, without quotes and without regard to case. */
    boolean is(String word) {
        return kind == Kind.WORD && text.equalsIgnoreCase(word);
    }

    /** Whether it is this symbol. */
    boolean symbol(String sign) {
        return kind == Kind.SYMBOL && text.equals(sign);
    }

    /** Whether it may be a name. */
    boolean name() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    String lower() {
        return text.toLowerCase(Locale.ROOT);
    }
}
