// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.DataType;

/** The value of one of the rows that a row sees: of a certain one from the front, or of the last. */
final class FrameValue implements WindowColumn {

    private final boolean last;
    private final long number;
    private final boolean ignoreNulls;
    private final FrameBounds bounds;
    private final DataType type;
    private final int value;

    FrameValue(WindowCall call, FrameBounds bounds, DataType type, WindowRows.Computed expressions) {
        this.last = call.function() == WindowCall.Function.LAST;
        this.number = last ? 1 : call.number();
        this.ignoreNulls = call.ignoreNulls();
        this.bounds = bounds;
        this.type = type;
        this.value = expressions.add(call.arguments().get(0));
    }

    @Override
    public Column compute(ColumnBatch sorted, Partitions partitions) {
        Column values = sorted.column(value);
        int[] starts = bounds.starts(sorted, partitions);
        int[] ends = bounds.ends(sorted, partitions, starts);
        ColumnBuilder builder = ColumnBuilder.of(type, starts.length);
        for (int row = 0; row < starts.length; row++) {
            int found = found(values, starts[row], ends[row]);
            if (found < 0) {
                builder.appendNull();
            } else {
                builder.appendFrom(values, found);
            }
        }
        return builder.build();
    }

    private int found(Column values, int start, int end) {
        if (!ignoreNulls) {
            long place = last ? end - 1L : start + number - 1;
            return place >= start && place < end ? (int) place : -1;
        }
        long left = number;
        for (int i = 0; i < end - start; i++) {
            int place = last ? end - 1 - i : start + i;
            if (!values.isNull(place) && --left == 0) {
                return place;
            }
        }
        return -1;
    }
}
