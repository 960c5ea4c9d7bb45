// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.Field;

/** A window function of sorted rows. */
interface WindowColumn {

    /** What it is for each row. */
    Column compute(ColumnBatch sorted, Partitions partitions);

    /** The function of a call. */
    static WindowColumn of(WindowCall call, FrameBounds bounds, Field output, WindowRows.Computed expressions) {
        return switch (call.function()) {
            case AGGREGATE -> new FrameAggregate(call, bounds, expressions);
            case LAG -> new NeighbourValue(call, output.type(), expressions);
            case NTH, LAST -> new FrameValue(call, bounds, output.type(), expressions);
            default -> new RowPlace(call.function(), call.number());
        };
    }
}
