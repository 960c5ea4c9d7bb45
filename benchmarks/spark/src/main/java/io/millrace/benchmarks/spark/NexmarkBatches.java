// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.connector.read.streaming.Offset;

/** Batches of so many events each, as many as are asked for. One thread at a time. */
final class NexmarkBatches implements MicroBatchStream {

    private final NexmarkRead read;
    private final long perBatch;
    private final int parts;
    private long latest;

    /**
     * A stream.
     *
     * @param perBatch how many events a batch takes, of whatever kind
     * @param parts how many tasks make them
     */
    NexmarkBatches(NexmarkRead read, long perBatch, int parts) {
        this.read = read;
        this.perBatch = perBatch;
        this.parts = parts;
    }

    /** The number of the event that comes next. */
    private static final class Place extends Offset {

        private final long event;

        Place(long event) {
            this.event = event;
        }

        @Override
        public String json() {
            return Long.toString(event);
        }
    }

    @Override
    public Offset latestOffset() {
        latest += perBatch;
        return new Place(latest);
    }

    @Override
    public InputPartition[] planInputPartitions(Offset start, Offset end) {
        long from = ((Place) start).event;
        long events = ((Place) end).event - from;
        InputPartition[] ranges = new InputPartition[parts];
        for (int i = 0; i < parts; i++) {
            ranges[i] = new NexmarkRead.Range(from + events * i / parts, from + events * (i + 1) / parts);
        }
        return ranges;
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
        return read;
    }

    @Override
    public Offset initialOffset() {
        return new Place(0);
    }

    @Override
    public Offset deserializeOffset(String json) {
        return new Place(Long.parseLong(json));
    }

    @Override
    public void commit(Offset end) {}

    @Override
    public void stop() {}
}
