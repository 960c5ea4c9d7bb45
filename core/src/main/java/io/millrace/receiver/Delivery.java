// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.util.ArrayList;
import java.util.List;

/**
 * What a receiver brings: one record, which the engine puts into a block with others, or a whole block.
 *
 * @param <T> records
 */
public sealed interface Delivery<T> {

    /**
     * Whole blocks of so many records each, the last of fewer.
     *
     * @param receipt is told when all of them count as received, or when it is known of one that this will not be known
     * @throws IllegalArgumentException if {@code recordsPerBlock} is less than 1
     */
    static <T> List<Whole<T>> blocks(List<T> records, int recordsPerBlock, Receipt receipt) {
        if (recordsPerBlock < 1) {
            throw new IllegalArgumentException("recordsPerBlock must be >= 1, but is " + recordsPerBlock);
        }
        if (records.size() <= recordsPerBlock) {
            return List.of(new Whole<>(records, receipt));
        }
        Receipt part = new JointReceipt((records.size() - 1) / recordsPerBlock + 1, receipt);
        List<Whole<T>> blocks = new ArrayList<>();
        for (int from = 0; from < records.size(); from += recordsPerBlock) {
            int to = Math.min(records.size(), from + recordsPerBlock);
            blocks.add(new Whole<>(records.subList(from, to), part));
        }
        return blocks;
    }

    /**
     * A record. The block that it is in is cut by size, count and the block interval.
     *
     * @param record the record, which must not be changed any more
     * @param <T> its type
     */
    record Single<T>(T record) implements Delivery<T> {}

    /**
     * A block as it is: it is neither cut nor merged with others, and so is the work of one task. An empty one without ranges counts as
     * received at once.
     *
     * @param records what is in it; they must not be changed any more
     * @param receipt is told when it counts as received
     * @param ranges what the records are in the source's own numbers; none if it has no numbers
     * @param <T> their type
     */
    record Whole<T>(List<T> records, Receipt receipt, List<OffsetRange> ranges) implements Delivery<T> {
        /** Copies the lists. */
        public Whole {
            records = List.copyOf(records);
            ranges = List.copyOf(ranges);
        }

        /** A block of a source that numbers nothing. */
        public Whole(List<T> records, Receipt receipt) {
            this(records, receipt, List.of());
        }
    }
}
