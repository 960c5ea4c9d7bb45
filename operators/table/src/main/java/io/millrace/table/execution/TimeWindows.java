// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Puts each row into its windows of time: as many rows as there are windows, with the window as a further column. */
final class TimeWindows implements UnaryOperator<ColumnBatch> {

    private final CompiledProjection time;
    private final long width;
    private final long slide;
    private final long start;
    private final int most;
    private final KeptColumns kept;
    private final Columns columns;

    TimeWindows(QueryPlan.TimeWindow step, boolean changes) {
        this(step, KeptColumns.all(step), changes);
    }

    /**
     * A step that leaves out columns of its input that nobody reads behind it.
     *
     * @param read the places of those that are read
     */
    TimeWindows(QueryPlan.TimeWindow step, int[] read, boolean changes) {
        Schema in = changes ? Changes.with(step.input().schema()) : step.input().schema();
        this.time = CompiledProjection.of(
                List.of(step.time()), in, new Schema(List.of(Field.of("time", AtomicType.TIMESTAMP))));
        this.width = step.widthMicros();
        this.slide = step.slideMicros();
        this.start = step.startMicros();
        this.most = Math.toIntExact((width + slide - 1) / slide);
        this.kept = new KeptColumns(step.input().schema(), read, changes);
        Schema out = KeptColumns.schema(step, read);
        this.columns = new Columns(changes ? Changes.with(out) : out, changes);
    }

    @Override
    public ColumnBatch apply(ColumnBatch batch) {
        LongColumn times = (LongColumn) time.apply(batch).column(0);
        long[] micros = times.values();
        int capacity = Math.multiplyExact(batch.rows(), most);
        int[] places = new int[capacity];
        long[] starts = new long[capacity];
        long[] ends = new long[capacity];
        int count = 0;
        boolean all = most == 1;
        for (int row = 0; row < batch.rows(); row++) {
            if (times.isNull(row)) {
                all = false;
                continue;
            }
            long last = micros[row] - Math.floorMod(micros[row] - start, slide);
            for (long first = last; first + width > micros[row]; first -= slide) {
                places[count] = row;
                starts[count] = first;
                ends[count++] = first + width;
            }
        }
        Column window = new StructColumn(new Column[] {new LongColumn(starts, null), new LongColumn(ends, null)}, null);
        return columns.put(kept.of(batch), all && count == batch.rows() ? null : places, count, window);
    }

    /**
     * Puts new columns behind those of a batch, but before that of the kind of change.
     *
     * @param schema the columns of the result
     * @param changes whether there is such a column
     */
    record Columns(Schema schema, boolean changes) {

        /** With {@code places}, of these rows of the batch, which may repeat; with null, of all as they are. */
        ColumnBatch put(ColumnBatch batch, int @Nullable [] places, int count, Column... further) {
            Column[] old = places == null
                    ? batch.columns()
                    : batch.select(places, count).columns();
            Column[] all = Arrays.copyOf(old, old.length + further.length);
            int at = changes ? old.length - 1 : old.length;
            System.arraycopy(further, 0, all, at, further.length);
            if (changes) {
                all[all.length - 1] = old[old.length - 1];
            }
            return new ColumnBatch(schema, all, count);
        }
    }
}
