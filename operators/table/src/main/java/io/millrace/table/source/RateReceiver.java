// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Says which rows of a rate source are in a batch. Values go on where they were when the query starts again from its checkpoint.
 *
 * @param name what it is called
 * @param pace how many rows are due
 * @param partitions into how many blocks a batch is cut
 */
record RateReceiver(String name, Pace pace, int partitions) implements Receiver<byte[]> {

    private static final String SPLIT = "rows";

    /** So many rows a batch has at most; what is more comes in the next one. */
    private static final long MOST_ROWS = 10_000_000;

    /** How many rows are due. */
    sealed interface Pace {

        /** By the clock, evenly after a ramp. */
        record ByTime(long perSecond, long rampMillis) implements Pace {}

        /** So many in each batch, which all have one time. */
        record ByBatch(long rowsPerBatch, long startMillis, long advanceMillis) implements Pace {}
    }

    @Override
    public Feed<byte[]> open(ReceiverContext context) {
        long first = context.offsets().getOrDefault(SPLIT, 0L);
        BatchSource<byte[]> source = pace instanceof Pace.ByTime time
                ? new Timed(time, first, context.time().micros())
                : new Counted((Pace.ByBatch) pace, first);
        return Feed.batches(source);
    }

    /** One block per partition, of rows that follow each other. */
    private List<Delivery.Whole<byte[]>> blocks(RateBlock all) {
        List<Delivery.Whole<byte[]>> blocks = new ArrayList<>();
        long rows = all.to() - all.from();
        for (int i = 0; i < partitions; i++) {
            long from = all.from() + rows * i / partitions;
            long to = all.from() + rows * (i + 1) / partitions;
            if (from < to) {
                RateBlock block =
                        new RateBlock(from, to, all.first(), all.startMicros(), all.perSecond(), all.rampMillis());
                blocks.add(new Delivery.Whole<>(
                        List.of(block.pack()), Receipt.NONE, List.of(new OffsetRange(SPLIT, from, to))));
            }
        }
        return blocks;
    }

    private final class Timed implements BatchSource<byte[]> {
        private final Pace.ByTime time;
        private final long first;
        private final long startMicros;
        private long next;

        Timed(Pace.ByTime time, long first, long startMicros) {
            this.time = time;
            this.first = first;
            this.startMicros = startMicros;
            this.next = first;
        }

        @Override
        public List<Delivery.Whole<byte[]>> next(Instant batch) {
            long passed = batch.toEpochMilli() * 1_000 - startMicros;
            long due = first + RateBlock.dueBefore(passed, time.perSecond(), time.rampMillis());
            long to = Math.min(due, next + MOST_ROWS);
            if (to <= next) {
                return List.of();
            }
            RateBlock all = new RateBlock(next, to, first, startMicros, time.perSecond(), time.rampMillis());
            next = to;
            return blocks(all);
        }
    }

    private final class Counted implements BatchSource<byte[]> {
        private final Pace.ByBatch pace;
        private long next;

        Counted(Pace.ByBatch pace, long first) {
            this.pace = pace;
            this.next = first;
        }

        @Override
        public List<Delivery.Whole<byte[]>> next(Instant batch) {
            long number = next / pace.rowsPerBatch();
            long millis = pace.startMillis() + number * pace.advanceMillis();
            RateBlock all = new RateBlock(next, next + pace.rowsPerBatch(), next, millis * 1_000, 0, 0);
            next = all.to();
            return blocks(all);
        }
    }
}
