// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Splits a text at every occurrence of a character, one piece at a time, without the list and the array that {@link
 * String#split(String, int)} makes: {@code lines.flatMap(Split.at(' '))}.
 *
 * <p>The pieces are those of {@code text.split(" ", -1)}, and of Python's {@code text.split(" ")}: two separators in a row have an
 * empty piece between them, and the empty text is one empty piece. Stateless; may be called by any thread.
 *
 * @param separator what separates the pieces; no part of them
 */
public record Split(char separator) implements FlatMapFunction<String, String> {

    /** Splits at every {@code separator}. */
    public static Split at(char separator) {
        return new Split(separator);
    }

    @Override
    public Iterable<String> apply(String text) {
        return () -> new Pieces(text, separator);
    }

    private static final class Pieces implements Iterator<String> {
        private final String text;
        private final char separator;
        private int begin;

        Pieces(String text, char separator) {
            this.text = text;
            this.separator = separator;
        }

        @Override
        public boolean hasNext() {
            return begin <= text.length();
        }

        @Override
        public String next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            int found = text.indexOf(separator, begin);
            int end = found < 0 ? text.length() : found;
            String piece = text.substring(begin, end);
            begin = end + 1;
            return piece;
        }
    }
}
