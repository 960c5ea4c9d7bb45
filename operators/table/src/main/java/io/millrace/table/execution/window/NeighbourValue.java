// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.DataType;

/** The value of a row so many before or behind. */
final class NeighbourValue implements WindowColumn {

    private static final int NONE = -1;

    private final long distance;
    private final boolean ignoreNulls;
    private final DataType type;
    private final int value;
    private final int otherwise;

    NeighbourValue(WindowCall call, DataType type, WindowRows.Computed expressions) {
        this.distance = call.number();
        this.ignoreNulls = call.ignoreNulls();
        this.type = type;
        this.value = expressions.add(call.arguments().get(0));
        this.otherwise = call.arguments().size() < 2
                ? NONE
                : expressions.add(call.arguments().get(1));
    }

    @Override
    public Column compute(ColumnBatch sorted, Partitions partitions) {
        Column values = sorted.column(value);
        ColumnBuilder builder = ColumnBuilder.of(type, partitions.rows());
        for (int row = 0; row < partitions.rows(); row++) {
            int found = found(row, values, partitions);
            if (found != NONE) {
                builder.appendFrom(values, found);
            } else if (otherwise == NONE) {
                builder.appendNull();
            } else {
                builder.appendFrom(sorted.column(otherwise), row);
            }
        }
        return builder.build();
    }

    private int found(int row, Column values, Partitions partitions) {
        int first = partitions.first()[row];
        int end = partitions.end()[row];
        if (!ignoreNulls || distance == 0) {
            long place = row - distance;
            return place < first || place >= end ? NONE : (int) place;
        }
        int step = distance > 0 ? -1 : 1;
        long left = Math.abs(distance);
        for (int place = row + step; place >= first && place < end; place += step) {
            if (!values.isNull(place) && --left == 0) {
                return place;
            }
        }
        return NONE;
    }
}
