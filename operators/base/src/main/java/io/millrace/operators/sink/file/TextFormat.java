// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import java.util.function.Function;

/**
 * One line per record, ended by a line feed. A record whose text has a line feed is refused, since it would be read back as two.
 *
 * @param text the text of a record
 * @param <T> records
 */
public record TextFormat<T>(Function<? super T, String> text) implements FileFormat<T> {

    /** What {@code toString} says of each record. */
    public static <T> TextFormat<T> lines() {
        return new TextFormat<>(String::valueOf);
    }

    @Override
    public String extension() {
        return "txt";
    }

    @Override
    public void append(T record, StringBuilder out) {
        String line = text.apply(record);
        int lineFeed = line.indexOf('\n');
        if (lineFeed >= 0) {
            throw new IllegalArgumentException(
                    "a record of text files must be one line, but this one has a line feed at " + lineFeed + " of its "
                            + line.length() + " characters");
        }
        out.append(line).append('\n');
    }
}
