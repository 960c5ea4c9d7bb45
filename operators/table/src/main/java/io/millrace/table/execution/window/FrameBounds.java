// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.RowOrder;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.Schema;
import java.util.List;

/** Which rows a row sees. */
final class FrameBounds {

    private static final int NONE = -1;

    private final WindowCall.Frame frame;
    private final List<RowOrder.Key> orders;
    private final int lower;
    private final int upper;

    FrameBounds(WindowCall.Frame frame, List<RowOrder.Key> orders, WindowRows.Computed expressions) {
        this.frame = frame;
        this.orders = orders;
        this.lower = frame.lower().value() == null
                ? NONE
                : expressions.add(frame.lower().value());
        this.upper = frame.upper().value() == null
                ? NONE
                : expressions.add(frame.upper().value());
    }

    boolean isWhole() {
        return frame.isWhole();
    }

    /** For each row the first that it sees, in its partition. */
    int[] starts(ColumnBatch sorted, Partitions partitions) {
        int[] starts = new int[partitions.rows()];
        WindowCall.Bound bound = frame.lower();
        for (int row = 0; row < starts.length; row++) {
            int first = partitions.first()[row];
            int end = partitions.end()[row];
            if (bound.unbounded()) {
                starts[row] = first;
            } else if (frame.rows()) {
                starts[row] = clamp(row + bound.rows(), first, end);
            } else if (lower == NONE) {
                starts[row] = partitions.peer()[row];
            } else {
                starts[row] = search(sorted, lower, row, first, end, false);
            }
        }
        return starts;
    }

    /** For each row the one behind the last that it sees; not before {@link #starts} where it sees none. */
    int[] ends(ColumnBatch sorted, Partitions partitions, int[] starts) {
        int[] ends = new int[partitions.rows()];
        WindowCall.Bound bound = frame.upper();
        for (int row = 0; row < ends.length; row++) {
            int first = partitions.first()[row];
            int end = partitions.end()[row];
            int found;
            if (bound.unbounded()) {
                found = end;
            } else if (frame.rows()) {
                found = clamp(row + bound.rows() + 1, first, end);
            } else if (upper == NONE) {
                found = partitions.peerEnd()[row];
            } else {
                found = search(sorted, upper, row, first, end, true);
            }
            ends[row] = Math.max(found, starts[row]);
        }
        return ends;
    }

    private static int clamp(long row, int first, int end) {
        return (int) Math.max(first, Math.min(row, end));
    }

    /** The first row of a partition that is in the order not before, or with {@code behind} behind, a value of a row. */
    private int search(ColumnBatch sorted, int value, int row, int first, int end, boolean behind) {
        RowOrder.Key key = orders.get(0);
        RowOrder one = new RowOrder(List.of(new RowOrder.Key(0, key.descending(), key.nullsFirst())));
        ColumnBatch keys = single(sorted, key.column());
        ColumnBatch values = single(sorted, value);
        int low = first;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = one.compare(keys, middle, values, row);
            if (order < 0 || (behind && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static ColumnBatch single(ColumnBatch sorted, int place) {
        Schema schema = new Schema(List.of(sorted.schema().field(place)));
        return new ColumnBatch(schema, new Column[] {sorted.column(place)}, sorted.rows());
    }
}
