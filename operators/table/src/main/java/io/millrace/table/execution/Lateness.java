// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the late rows of an input of an operator with state are told one by one, before rows are put together. Used where late rows are asked
 * for; the operator itself tells them as it always does.
 *
 * @param schema the columns of the rows by which it tells them: those of the input, or what {@code aligned} makes of them
 * @param aligned makes of the rows of the input as many rows of {@code schema}, in their order; null if they are these
 * @param keys the places of the keys in {@code schema}, by which rows are sent to partitions
 * @param judge tells late rows
 * @param folded makes of rows of {@code schema} what the operator's task takes; null if it takes these
 */
public record Lateness(
        Schema schema,
        @Nullable UnaryOperator<ColumnBatch> aligned,
        int[] keys,
        Judge judge,
        @Nullable UnaryOperator<ColumnBatch> folded) {

    /** Tells late rows. */
    @FunctionalInterface
    public interface Judge {
        /**
         * The places of the late rows, in order.
         *
         * @param lateMicros the watermark, in microseconds since 1970
         */
        int[] late(ColumnBatch rows, long lateMicros);
    }

    /** Late is a row whose time in a column, a timestamp or a window, whose end counts, is at or before the watermark. */
    public static Judge byColumn(int column) {
        return (rows, lateMicros) -> {
            Column times = rows.column(column);
            int[] late = new int[rows.rows()];
            int count = 0;
            for (int row = 0; row < late.length; row++) {
                if (EventTimeColumn.micros(times, row) <= lateMicros) {
                    late[count++] = row;
                }
            }
            return Arrays.copyOf(late, count);
        };
    }
}
