// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

/** What a message may show of a string that came over the wire: little, and nothing that a terminal would obey. */
final class Excerpt {

    private static final int MOST = 60;

    private Excerpt() {}

    static String of(String text) {
        StringBuilder shown = new StringBuilder("'");
        text.chars().limit(MOST).forEach(c -> {
            if (c < ' ' || c > '~') {
                shown.append(String.format("\\u%04x", c));
            } else {
                shown.append((char) c);
            }
        });
        return shown.append(text.length() > MOST ? "'…" : "'").toString();
    }
}
