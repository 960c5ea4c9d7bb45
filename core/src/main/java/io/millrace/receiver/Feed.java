// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.stream.javadsl.Source;

/**
 * What a receiver hands to the engine: an Akka Streams source, of lines of text or of records.
 *
 * @param <T> records
 */
public sealed interface Feed<T> {

    /**
     * A feed of text: chunks of whole lines, which become {@code String} records only in the tasks.
     *
     * <p>{@link LineChunks#flow} makes such chunks of any source of bytes.
     */
    static Feed<String> lines(Source<TextChunk, ?> chunks) {
        return new Lines(chunks);
    }

    /** A feed of records that are objects already; they must not be changed once they are emitted. */
    static <T> Feed<T> records(Source<T, ?> records) {
        return new Records<>(records);
    }

    /**
     * A feed of text.
     *
     * @param chunks whole lines
     */
    record Lines(Source<TextChunk, ?> chunks) implements Feed<String> {}

    /**
     * A feed of objects.
     *
     * @param records the objects
     * @param <T> their type
     */
    record Records<T>(Source<T, ?> records) implements Feed<T> {}
}
