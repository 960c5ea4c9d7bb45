// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.IntColumn;
import io.millrace.table.execution.Changes;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.function.Consumer;

/** Pairs of rows that go and come, or rows beside nulls. Goes out as those that go, then those that come. For one batch. */
final class SignedRows {

    /** Stands for the row that is missing. */
    static final int NULLS = -1;

    private final Places goes = new Places();
    private final Places comes = new Places();

    /** Places of rows of the left and of the right, two by two. */
    private static final class Places {
        private int[] left = new int[16];
        private int[] right = new int[16];
        private int size;

        void add(int leftRow, int rightRow) {
            if (size == left.length) {
                left = Arrays.copyOf(left, 2 * size);
                right = Arrays.copyOf(right, 2 * size);
            }
            left[size] = leftRow;
            right[size++] = rightRow;
        }
    }

    /** A pair is there so many times more often, or less often if negative. */
    void add(int leftRow, int rightRow, long times) {
        Places places = times < 0 ? goes : comes;
        for (long i = Math.abs(times); i > 0; i--) {
            places.add(leftRow, rightRow);
        }
    }

    /**
     * Gives them on.
     *
     * @param leftOnly whether only the columns of the left come out
     * @param output the columns that come out, without the kind of change
     * @param kinds whether the kind of change comes out; otherwise nothing goes
     */
    void emit(
            ColumnBatch left,
            ColumnBatch right,
            boolean leftOnly,
            Schema output,
            boolean kinds,
            Consumer<ColumnBatch> out) {
        emit(goes, Changes.GOES, left, right, leftOnly, output, kinds, out);
        emit(comes, Changes.COMES, left, right, leftOnly, output, kinds, out);
    }

    private static void emit(
            Places places,
            int kind,
            ColumnBatch left,
            ColumnBatch right,
            boolean leftOnly,
            Schema output,
            boolean kinds,
            Consumer<ColumnBatch> out) {
        if (places.size == 0) {
            return;
        }
        ColumnBatch rows = left.select(places.left, places.size);
        rows = leftOnly ? rows.withSchema(output) : rows.beside(right.select(places.right, places.size), output);
        if (kinds) {
            int[] all = new int[rows.rows()];
            Arrays.fill(all, kind);
            Column[] columns = Arrays.copyOf(rows.columns(), rows.columns().length + 1);
            columns[columns.length - 1] = new IntColumn(all, null);
            rows = new ColumnBatch(Changes.with(output), columns, rows.rows());
        }
        out.accept(rows);
    }
}
