// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.RowOrder;
import io.millrace.table.data.ValueOrder;

/**
 * Which sorted rows belong together.
 *
 * @param rows how many rows there are
 * @param first for each row the first of its partition
 * @param end for each row the one behind the last of its partition
 * @param peer for each row the first that is equal to it in the order
 * @param peerEnd for each row the one behind the last that is equal to it
 */
record Partitions(int rows, int[] first, int[] end, int[] peer, int[] peerEnd) {

    /** Of rows that are sorted by their first columns, the keys, and an order. */
    static Partitions of(ColumnBatch sorted, int keys, RowOrder order) {
        int rows = sorted.rows();
        int[] first = new int[rows];
        int[] peer = new int[rows];
        for (int row = 1; row < rows; row++) {
            boolean together = same(sorted, keys, row - 1, row);
            first[row] = together ? first[row - 1] : row;
            peer[row] = together && order.compare(sorted, row - 1, sorted, row) == 0 ? peer[row - 1] : row;
        }
        return new Partitions(rows, first, ends(first), peer, ends(peer));
    }

    private static boolean same(ColumnBatch sorted, int keys, int one, int other) {
        for (int key = 0; key < keys; key++) {
            if (!ValueOrder.equal(sorted.column(key), one, sorted.column(key), other)) {
                return false;
            }
        }
        return true;
    }

    private static int[] ends(int[] firsts) {
        int[] ends = new int[firsts.length];
        for (int row = firsts.length - 1; row >= 0; row--) {
            boolean last = row == firsts.length - 1 || firsts[row + 1] == row + 1;
            ends[row] = last ? row + 1 : ends[row + 1];
        }
        return ends;
    }
}
