// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.StreamingContext;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import io.millrace.stream.DStream;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * A stream whose rows a program adds, for tests above all: what is added until a batch begins is in that batch, all of it, and rows of one
 * batch keep their order.
 *
 * <p>All rows are kept, at most {@link #MOST_ROWS}, so that every query sees them from the first, and a query that starts again from its
 * checkpoint goes on where it was. Thread-safe.
 */
public final class MemoryStream implements StreamSource {

    /** How many rows it holds at most. */
    public static final int MOST_ROWS = 10_000_000;

    private final String name;
    private final Schema schema;
    private final MemoryLog log = new MemoryLog(MOST_ROWS);

    private MemoryStream(String name, Schema schema) {
        this.name = name;
        this.schema = schema;
    }

    /** A stream without rows. */
    public static MemoryStream of(String name, Schema schema) {
        return new MemoryStream(name, schema);
    }

    /**
     * Adds rows.
     *
     * @throws IllegalArgumentException if a value is not of its column's type
     * @throws IllegalStateException if it would hold more than {@link #MOST_ROWS}
     */
    public MemoryStream addRows(List<Row> rows) {
        return addBatch(RowForm.batch(schema, rows));
    }

    /** Adds rows. */
    public MemoryStream addRows(Row... rows) {
        return addRows(Arrays.asList(rows));
    }

    /** Adds rows; the columns must be those of the schema. */
    public MemoryStream addBatch(ColumnBatch rows) {
        if (rows.rows() > 0) {
            log.add(BatchBytes.encode(rows), rows.rows());
        }
        return this;
    }

    /** All rows, in the parts in which they were added. */
    public List<ColumnBatch> recorded() {
        return log.parts(0, log.size()).stream().map(BatchBytes::decode).toList();
    }

    /** How many rows were added. */
    public long added() {
        return log.rows();
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public DStream<ColumnBatch> open(StreamingContext context) {
        return open(context, Reading.FOR_EVER).rows();
    }

    @Override
    public OpenSource open(StreamingContext context, Reading reading) {
        MemoryCursor cursor = new MemoryCursor(log, reading == Reading.FOR_EVER ? Integer.MAX_VALUE : log.size());
        DStream<ColumnBatch> rows =
                context.receiverStream(new MemoryReceiver(name, cursor)).apply(new ToRows<>(BatchBytes::decode));
        return new OpenSource(rows, cursor::isDrained);
    }

    @Override
    public String description() {
        return "MemoryStream[" + name + "]";
    }

    private record MemoryReceiver(String name, MemoryCursor cursor) implements Receiver<byte[]> {

        @Override
        public Feed<byte[]> open(ReceiverContext context) {
            return Feed.batches(cursor.opened(context));
        }

        @Override
        public boolean isReplayable() {
            return true;
        }
    }
}
