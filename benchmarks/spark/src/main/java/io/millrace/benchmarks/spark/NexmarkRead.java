// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.types.StructType;

/** Makes the events of one kind in Spark's tasks. */
record NexmarkRead(Kind kind, long seed, double perSecond) implements PartitionReaderFactory {

    /**
     * A part of a batch.
     *
     * @param from the number of the first event, of whatever kind
     * @param to the number after the last
     */
    record Range(long from, long to) implements InputPartition {}

    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
        return new Rows((Range) partition);
    }

    private final class Rows implements PartitionReader<InternalRow> {

        private final NexmarkEvents events = new NexmarkEvents(seed, perSecond);
        private final StructType schema = NexmarkFormat.schema(kind);
        private final long to;
        private long event;

        Rows(Range range) {
            event = range.from() - 1;
            to = range.to();
        }

        @Override
        public boolean next() {
            do {
                event++;
            } while (event < to && NexmarkEvents.kind(event) != kind);
            return event < to;
        }

        @Override
        public InternalRow get() {
            return new SparkEvent(events.row(kind, event), schema);
        }

        @Override
        public void close() {}
    }
}
