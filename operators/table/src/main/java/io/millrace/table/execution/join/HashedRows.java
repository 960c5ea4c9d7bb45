// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import io.millrace.table.data.ValueOrder;
import java.util.Arrays;

/** Rows of a finished table by their keys. Not changed once it is there; for many threads. */
final class HashedRows {

    private static final int NONE = -1;

    private final ColumnBatch rows;
    private final Column[] keys;
    private final int[] hashes;
    private final int[] heads;
    private final int[] next;

    /** Rows by some columns; those with a null among them are found by nothing. */
    HashedRows(ColumnBatch rows, int[] keyPlaces) {
        this.rows = rows;
        keys = columns(rows, keyPlaces);
        hashes = ValueHash.hashes(keys, rows.rows());
        heads = new int[Math.max(16, Integer.highestOneBit(Math.max(1, rows.rows())) * 4)];
        Arrays.fill(heads, NONE);
        next = new int[rows.rows()];
        for (int row = rows.rows() - 1; row >= 0; row--) {
            if (!hasNull(keys, row)) {
                int slot = slot(hashes[row]);
                next[row] = heads[slot];
                heads[slot] = row;
            }
        }
    }

    ColumnBatch rows() {
        return rows;
    }

    /** The first row whose keys equal those of a row of other columns, or -1. {@code hash} is that of the row's keys. */
    int first(Column[] others, int row, int hash) {
        return hasNull(others, row) ? NONE : equalFrom(heads[slot(hash)], others, row, hash);
    }

    /** The next such row after one, or -1. */
    int next(int found, Column[] others, int row, int hash) {
        return equalFrom(next[found], others, row, hash);
    }

    static Column[] columns(ColumnBatch rows, int[] places) {
        Column[] chosen = new Column[places.length];
        Arrays.setAll(chosen, i -> rows.column(places[i]));
        return chosen;
    }

    private int equalFrom(int start, Column[] others, int row, int hash) {
        int found = start;
        while (found != NONE && !(hashes[found] == hash && equal(found, others, row))) {
            found = next[found];
        }
        return found;
    }

    private boolean equal(int found, Column[] others, int row) {
        for (int i = 0; i < keys.length; i++) {
            if (!ValueOrder.equal(keys[i], found, others[i], row)) {
                return false;
            }
        }
        return true;
    }

    private int slot(int hash) {
        return (hash ^ hash >>> 16) & heads.length - 1;
    }

    private static boolean hasNull(Column[] columns, int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }
}
