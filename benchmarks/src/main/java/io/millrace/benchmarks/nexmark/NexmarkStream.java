// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.source.ReceiverSource;
import io.millrace.table.source.StreamSource;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The events of one kind as a stream: every batch has the next so many, and tasks make them.
 *
 * @param name what it is called
 * @param perBatch how many numbers of events a batch takes, of whatever kind they are
 * @param blocks into how many parts a batch is cut
 */
record NexmarkStream(String name, long perBatch, int blocks) implements Receiver<byte[]> {

    private static final String SPLIT = "events";

    /** A source of the events of a kind. */
    static StreamSource of(NexmarkEvents events, NexmarkEvents.Kind kind, long perBatch, int blocks) {
        String table = NexmarkRows.table(kind);
        return new ReceiverSource<>(
                "Nexmark[" + table + "]",
                NexmarkRows.schema(kind),
                () -> new NexmarkStream("nexmark-" + table, perBatch, blocks),
                NexmarkBatches.of(events, kind));
    }

    @Override
    public Feed<byte[]> open(ReceiverContext context) {
        return Feed.batches(new Ranges());
    }

    @Override
    public boolean isReadByTasks() {
        return true;
    }

    private final class Ranges implements BatchSource<byte[]> {

        private long next;

        @Override
        public List<Delivery.Whole<byte[]>> next(Instant batch) {
            List<Delivery.Whole<byte[]>> whole = new ArrayList<>();
            for (int i = 0; i < blocks; i++) {
                long from = next + perBatch * i / blocks;
                long to = next + perBatch * (i + 1) / blocks;
                byte[] block = ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(from)
                        .putLong(to)
                        .array();
                whole.add(
                        new Delivery.Whole<>(List.of(block), Receipt.NONE, List.of(new OffsetRange(SPLIT, from, to))));
            }
            next += perBatch;
            return whole;
        }
    }
}
