// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.DoubleColumn;
import io.millrace.table.data.IntColumn;
import io.millrace.table.plan.WindowCall;

/**
 * Where a row is in its partition.
 *
 * @param number how many tiles there are, of {@code NTILE}
 */
record RowPlace(WindowCall.Function function, long number) implements WindowColumn {

    @Override
    public Column compute(ColumnBatch sorted, Partitions partitions) {
        int rows = partitions.rows();
        if (function == WindowCall.Function.PERCENT_RANK || function == WindowCall.Function.CUME_DIST) {
            double[] shares = new double[rows];
            for (int row = 0; row < rows; row++) {
                shares[row] = share(row, partitions);
            }
            return new DoubleColumn(shares, null);
        }
        int[] places = new int[rows];
        for (int row = 0; row < rows; row++) {
            int first = partitions.first()[row];
            places[row] = switch (function) {
                case ROW_NUMBER -> row - first + 1;
                case RANK -> partitions.peer()[row] - first + 1;
                case DENSE_RANK ->
                    row == first ? 1 : places[row - 1] + (partitions.peer()[row] == row ? 1 : 0);
                default -> tile(row - first, partitions.end()[row] - first);
            };
        }
        return new IntColumn(places, null);
    }

    private double share(int row, Partitions partitions) {
        int first = partitions.first()[row];
        int size = partitions.end()[row] - first;
        if (function == WindowCall.Function.CUME_DIST) {
            return (double) (partitions.peerEnd()[row] - first) / size;
        }
        return size == 1 ? 0 : (double) (partitions.peer()[row] - first) / (size - 1);
    }

    /** The first tiles have one row more than the others, if they cannot all have as many. */
    private int tile(int place, int size) {
        long least = size / number;
        long larger = size % number;
        long inLarger = larger * (least + 1);
        return (int) (place < inLarger ? place / (least + 1) + 1 : larger + (place - inLarger) / least + 1);
    }
}
