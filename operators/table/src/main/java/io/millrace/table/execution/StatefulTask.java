// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.PartitionTask;
import io.millrace.operator.Step;
import io.millrace.table.data.ColumnBatch;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One partition of an operator with state. Its input 0 is the frame of the batch, which comes before anything else; the others are its
 * rows. It works only in batches of the query.
 */
public abstract class StatefulTask implements PartitionTask<Shard, Object> {

    /** Which input the frame is. */
    public static final int FRAME_INPUT = 0;

    private final int operator;
    private final Step<QueryOutput> out;
    private final boolean changes;
    private final List<List<Part>> parts = new ArrayList<>();
    private @Nullable BatchFrame frame;
    private long dropped;
    private long updated;
    private long removed;

    /**
     * A task.
     *
     * @param operator the operator's number
     * @param inputs how many inputs with rows it has
     * @param changes whether what it gives has a column with the kind of change
     */
    protected StatefulTask(int operator, int inputs, boolean changes, Step<QueryOutput> out) {
        this.operator = operator;
        this.changes = changes;
        this.out = out;
        for (int i = 0; i < inputs; i++) {
            parts.add(new ArrayList<>());
        }
    }

    /**
     * Works on a batch: everything that came is there.
     *
     * @param batch its frame
     * @param rows per input what came, in order of arrival
     */
    protected abstract void work(BatchFrame batch, List<List<Part>> rows) throws Exception;

    /** How many rows the state has. */
    protected abstract long stateRows();

    /** Rows at or before this are late, in microseconds. */
    protected final long lateMicros(BatchFrame batch) {
        return batch.lateMicros().get(operator);
    }

    /** What is at or before this is closed, in microseconds. */
    protected final long evictMicros(BatchFrame batch) {
        return batch.evictMicros().get(operator);
    }

    /** Gives rows on. */
    protected final void emit(ColumnBatch rows) throws Exception {
        if (rows.rows() > 0) {
            out.push(new QueryOutput.Rows(rows, changes));
        }
    }

    /** Counts late rows. */
    protected final void countDropped(long rows) {
        dropped += rows;
    }

    /** Counts rows of the state that are new or have changed. */
    protected final void countUpdated(long rows) {
        updated += rows;
    }

    /** Counts rows of the state that went. */
    protected final void countRemoved(long rows) {
        removed += rows;
    }

    @Override
    public final void begin() {
        frame = null;
        parts.forEach(List::clear);
        dropped = 0;
        updated = 0;
        removed = 0;
    }

    @Override
    public final void add(int input, Shard key, int hash, Object value) {
        if (input == FRAME_INPUT) {
            frame = (BatchFrame) value;
        } else {
            parts.get(input - 1).add(value instanceof GroupFold fold ? fold.part() : (Part) value);
        }
    }

    @Override
    public final void finish() throws Exception {
        BatchFrame batch = frame;
        if (batch != null) {
            work(batch, parts);
            out.push(new QueryOutput.Report(new OperatorFigures(operator, dropped, stateRows(), updated, removed)));
        } else if (parts.stream().anyMatch(input -> !input.isEmpty())) {
            throw new IllegalStateException("rows came to operator " + operator + " outside a batch of the query");
        }
        parts.forEach(List::clear);
    }
}
