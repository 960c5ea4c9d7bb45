// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps rows in memory, where SQL finds them: those of all batches, or in complete mode those of the last. A batch is seen whole or not
 * at all. Thread-safe.
 */
public final class MemoryTableSink implements TableSink, FiniteSource {

    /** How many rows it keeps at most, unless another bound is set. */
    public static final long MAX_ROWS = 10_000_000;

    private final Schema schema;
    private final long maxRows;
    private List<ColumnBatch> parts = new ArrayList<>();
    private long rows;
    private long nextBatch;

    /**
     * An empty table.
     *
     * @param maxRows how many rows it keeps; a batch with which it would have more ends the query
     */
    public MemoryTableSink(Schema schema, long maxRows) {
        this.schema = schema;
        this.maxRows = maxRows;
    }

    @Override
    public String description() {
        return "MemorySink";
    }

    @Override
    public Schema schema() {
        return schema;
    }

    @Override
    public synchronized List<ColumnBatch> read() {
        return List.copyOf(parts);
    }

    @Override
    public synchronized void write(SinkBatch batch) {
        if (batch.batchId() < nextBatch) {
            return;
        }
        boolean all = batch.mode() == OutputMode.COMPLETE;
        long after = (all ? 0 : rows) + batch.count();
        if (after > maxRows) {
            throw new IllegalStateException("with batch " + batch.batchId() + " the memory table would have " + after
                    + " rows, more than its maxRows = " + maxRows);
        }
        if (all) {
            parts = new ArrayList<>();
        }
        parts.addAll(batch.parts());
        rows = after;
        nextBatch = batch.batchId() + 1;
    }
}
