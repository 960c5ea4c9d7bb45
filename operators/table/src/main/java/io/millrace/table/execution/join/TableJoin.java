// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.Schema;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A join of rows, as they pass, with a finished table: it remembers nothing of the rows. Each row that passes is seen once, so only of these is it known that nothing meets one, never of the
 * rows of the table. For one thread.
 */
public final class TableJoin {

    private static final int PAIRS_AT_ONCE = 8192;

    /**
     * What a join with a table is.
     *
     * @param type which rows come out
     * @param tableOnRight whether the table is on the right, the rows that pass on the left
     * @param passingKeys the places of the keys among the columns that pass; computed ones stand behind the others
     * @param passing the columns that pass, without computed keys
     * @param table the columns of the table, without computed keys
     * @param output the columns that come out
     * @param condition which rows of equal keys meet
     */
    public record Shape(
            JoinType type,
            boolean tableOnRight,
            int[] passingKeys,
            Schema passing,
            Schema table,
            Schema output,
            PairCondition condition) {

        /** Whether a row that passes comes out although it meets nothing, or for that. */
        boolean keepsPassing() {
            return type == (tableOnRight ? JoinType.LEFT_OUTER : JoinType.RIGHT_OUTER);
        }

        /** Whether it can be told of each row as it passes what comes out. */
        private boolean isKnownAtOnce() {
            return type == JoinType.INNER || keepsPassing() || (isExistence() && tableOnRight);
        }

        boolean isExistence() {
            return type == JoinType.LEFT_SEMI || type == JoinType.LEFT_ANTI;
        }
    }

    private final Shape shape;
    private final HashedRows hashed;
    private final ColumnBatch table;
    private final Consumer<ColumnBatch> out;
    private final int[] passingPairs = new int[PAIRS_AT_ONCE];
    private final int[] tablePairs = new int[PAIRS_AT_ONCE];
    private int pairs;

    private TableJoin(Shape shape, HashedRows hashed, ColumnBatch table, Consumer<ColumnBatch> out) {
        this.shape = shape;
        this.hashed = hashed;
        this.table = table;
        this.out = out;
    }

    /**
     * A join with a table.
     *
     * @param rows the table with its keys
     * @param keys the places of the keys
     * @param out takes what comes out
     * @throws IllegalArgumentException if the join keeps the table whole, or looks up rows of the table
     */
    public static TableJoin with(ColumnBatch rows, int[] keys, Shape shape, Consumer<ColumnBatch> out) {
        if (!shape.isKnownAtOnce()) {
            throw new IllegalArgumentException("A " + shape.type() + " join with the table on the "
                    + (shape.tableOnRight() ? "right" : "left")
                    + " must know all rows of the other side before it can say what comes out");
        }
        return new TableJoin(shape, new HashedRows(rows, keys), firstColumns(rows, shape.table()), out);
    }

    /** The same join for other rows that pass. */
    TableJoin to(Consumer<ColumnBatch> other) {
        return new TableJoin(shape, hashed, table, other);
    }

    /** Rows pass. */
    public void pass(ColumnBatch keyed) {
        ColumnBatch passing = firstColumns(keyed, shape.passing());
        Column[] keys = HashedRows.columns(keyed, shape.passingKeys());
        int[] hashes = ValueHash.hashes(keys, keyed.rows());
        boolean[] met = new boolean[keyed.rows()];
        PairCondition.Test condition = shape.tableOnRight()
                ? shape.condition().bind(passing, table)
                : turned(shape.condition().bind(table, passing));
        pairs = 0;
        for (int row = 0; row < keyed.rows(); row++) {
            int found = hashed.first(keys, row, hashes[row]);
            for (; found >= 0; found = hashed.next(found, keys, row, hashes[row])) {
                if (condition.test(row, found)) {
                    meet(passing, row, found);
                    met[row] = true;
                    if (shape.isExistence()) {
                        break;
                    }
                }
            }
        }
        flush(passing);
        if (shape.isExistence()) {
            int[] rows = places(met, shape.type() == JoinType.LEFT_SEMI);
            emit(passing.select(rows, rows.length).withSchema(shape.output()));
        } else if (shape.keepsPassing()) {
            int[] rows = places(met, false);
            emitBeside(passing.select(rows, rows.length), nulls(shape.table(), rows.length));
        }
    }

    private void meet(ColumnBatch passing, int row, int found) {
        if (!shape.isExistence()) {
            if (pairs == PAIRS_AT_ONCE) {
                flush(passing);
            }
            passingPairs[pairs] = row;
            tablePairs[pairs++] = found;
        }
    }

    private void flush(ColumnBatch passing) {
        if (pairs > 0) {
            emitBeside(passing.select(passingPairs, pairs), table.select(tablePairs, pairs));
            pairs = 0;
        }
    }

    private void emitBeside(ColumnBatch passing, ColumnBatch ofTable) {
        emit(shape.tableOnRight() ? passing.beside(ofTable, shape.output()) : ofTable.beside(passing, shape.output()));
    }

    private static PairCondition.Test turned(PairCondition.Test condition) {
        return (first, second) -> condition.test(second, first);
    }

    private void emit(ColumnBatch rows) {
        if (rows.rows() > 0) {
            out.accept(rows);
        }
    }

    static ColumnBatch nulls(Schema schema, int rows) {
        int[] none = new int[rows];
        Arrays.fill(none, -1);
        return ColumnBatch.empty(schema).select(none, rows);
    }

    /** Without the keys that stand behind the columns. */
    static ColumnBatch firstColumns(ColumnBatch rows, Schema schema) {
        return rows.columns().length == schema.size()
                ? rows
                : new ColumnBatch(schema, Arrays.copyOf(rows.columns(), schema.size()), rows.rows());
    }

    private static int[] places(boolean[] marks, boolean wanted) {
        int[] places = new int[marks.length];
        int count = 0;
        for (int i = 0; i < marks.length; i++) {
            if (marks[i] == wanted) {
                places[count++] = i;
            }
        }
        return Arrays.copyOf(places, count);
    }
}
