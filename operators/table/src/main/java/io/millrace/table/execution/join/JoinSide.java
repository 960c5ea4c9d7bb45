// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.StructColumn;
import io.millrace.table.plan.Eviction;
import io.millrace.table.plan.JoinTimes;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One side of a join of two streams. Its rows come with the keys among their columns: those that are computed stand behind the others.
 *
 * @param schema the columns that come out
 * @param keys the places of the keys
 * @param keyTypes their types
 * @param kept whether a row that nothing meets comes out beside nulls
 * @param late the column by whose watermark late rows are told, or {@link JoinTimes#NO_COLUMN}
 * @param eviction when rows are forgotten
 * @param own which rows, by their places, can be met at all, of a condition on this side alone; null if all can
 */
public record JoinSide(
        Schema schema,
        int[] keys,
        List<DataType> keyTypes,
        boolean kept,
        int late,
        Eviction eviction,
        @Nullable Function<ColumnBatch, int[]> own) {

    /** Stands for a row that has no time. */
    private static final long NO_TIME = Long.MIN_VALUE;

    public JoinSide {
        keyTypes = List.copyOf(keyTypes);
    }

    /** The same with no row late and none forgotten. */
    JoinSide withoutTimes() {
        return new JoinSide(schema, keys, keyTypes, kept, JoinTimes.NO_COLUMN, Eviction.NEVER, own);
    }

    /** How many columns come out. */
    int width() {
        return schema.size();
    }

    /** The least watermark at which each row is forgotten: always, for one that has no time and so meets nothing; never, if nothing is forgotten. */
    long[] dueAt(ColumnBatch rows) {
        long[] due = new long[rows.rows()];
        if (!eviction.happens()) {
            java.util.Arrays.fill(due, Long.MAX_VALUE);
            return due;
        }
        boolean byKey = eviction.source() == Eviction.Source.KEY;
        Column times = rows.column(byKey ? keys[eviction.place()] : eviction.place());
        for (int row = 0; row < due.length; row++) {
            long time = timeOf(times, row);
            due[row] = time == NO_TIME ? Long.MIN_VALUE : eviction.dueAtMicros(time);
        }
        return due;
    }

    /** The rows that are not late, by their places. */
    int[] inTime(ColumnBatch rows, long lateMicros) {
        int[] places = new int[rows.rows()];
        int count = 0;
        for (int row = 0; row < rows.rows(); row++) {
            long time = late < 0 ? NO_TIME : timeOf(rows.column(late), row);
            if (time == NO_TIME || time > lateMicros) {
                places[count++] = row;
            }
        }
        return java.util.Arrays.copyOf(places, count);
    }

    /** Whether a part of a row's key is null, so that nothing is equal to it. */
    boolean hasNullKey(ColumnBatch rows, int row) {
        for (int key : keys) {
            if (rows.column(key).isNull(row)) {
                return true;
            }
        }
        return false;
    }

    private static long timeOf(Column times, int row) {
        LongColumn micros = times instanceof StructColumn window ? (LongColumn) window.fields()[1] : (LongColumn) times;
        return times.isNull(row) || micros.isNull(row) ? NO_TIME : micros.values()[row];
    }
}
