// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.List;

/**
 * An order of rows by some of their columns.
 *
 * @param keys by which columns, the first decides first
 */
public record RowOrder(List<Key> keys) {

    public RowOrder {
        keys = List.copyOf(keys);
    }

    /**
     * One column of an order.
     *
     * @param column its place
     * @param descending the greatest first
     * @param nullsFirst nulls before all, whatever the direction; otherwise behind all
     */
    public record Key(int column, boolean descending, boolean nullsFirst) {}

    /** Compares two rows. */
    public int compare(ColumnBatch left, int leftRow, ColumnBatch right, int rightRow) {
        for (Key key : keys) {
            Column one = left.column(key.column);
            Column other = right.column(key.column);
            boolean oneNull = one.isNull(leftRow);
            boolean otherNull = other.isNull(rightRow);
            int order;
            if (oneNull || otherNull) {
                order = oneNull == otherNull ? 0 : oneNull == key.nullsFirst ? -1 : 1;
            } else {
                order = ValueOrder.compare(one, leftRow, other, rightRow);
                order = key.descending ? -order : order;
            }
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    /** The places of the rows of a batch in order; equal rows stay as they are. */
    public int[] sorted(ColumnBatch batch) {
        Integer[] places = new Integer[batch.rows()];
        for (int i = 0; i < places.length; i++) {
            places[i] = i;
        }
        java.util.Arrays.sort(places, (left, right) -> compare(batch, left, batch, right));
        int[] sorted = new int[places.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = places[i];
        }
        return sorted;
    }

    /** The rows of a batch in order. */
    public ColumnBatch sort(ColumnBatch batch) {
        return batch.select(sorted(batch), batch.rows());
    }
}
