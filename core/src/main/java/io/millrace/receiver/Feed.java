// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.stream.javadsl.Source;

/**
 * What a receiver hands to the engine: an Akka Streams source, of lines of text, of records or of blocks, or a source that is
 * asked once per batch. A source that materialises a {@link Drain} loses nothing that it has taken when the job stops gracefully.
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
        return new Lines(chunks, TextReceipt.NONE);
    }

    /** A feed of text that is told how far it counts as received, for a source that can be read again from there. */
    static Feed<String> lines(Source<TextChunk, ?> chunks, TextReceipt receipt) {
        return new Lines(chunks, receipt);
    }

    /** A feed of records that are objects already; they must not be changed once they are emitted. */
    static <T> Feed<T> records(Source<T, ?> records) {
        return new Records<>(records);
    }

    /** A feed of records and whole blocks; whoever delivers a block is told when it counts as received. */
    static <T> Feed<T> deliveries(Source<? extends Delivery<T>, ?> deliveries) {
        return new Deliveries<>(deliveries);
    }

    /** A feed of whole batches: what the source gives for a batch is in that batch and in no other. */
    static <T> Feed<T> batches(BatchSource<T> source) {
        return new Batches<>(source);
    }

    /**
     * A feed of text.
     *
     * @param chunks whole lines
     * @param receipt is told how far they count as received
     */
    record Lines(Source<TextChunk, ?> chunks, TextReceipt receipt) implements Feed<String> {}

    /**
     * A feed of objects.
     *
     * @param records the objects
     * @param <T> their type
     */
    record Records<T>(Source<T, ?> records) implements Feed<T> {}

    /**
     * A feed of records and whole blocks.
     *
     * @param deliveries the records and blocks
     * @param <T> the type of records
     */
    record Deliveries<T>(Source<? extends Delivery<T>, ?> deliveries) implements Feed<T> {}

    /**
     * A feed that is asked once per batch.
     *
     * @param source is asked
     * @param <T> the type of records
     */
    record Batches<T>(BatchSource<T> source) implements Feed<T> {}
}
