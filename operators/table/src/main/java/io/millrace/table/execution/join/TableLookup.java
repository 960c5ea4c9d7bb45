// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.Changes;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The step of a plan that joins a stream with a finished table, which is read once. Immutable; for many threads. */
public final class TableLookup implements UnaryOperator<ColumnBatch> {

    private final TableJoin join;
    private final KeyedRows passing;
    private final Schema given;
    private final int[] order;
    private final Schema output;

    private TableLookup(TableJoin join, KeyedRows passing, Schema given, int[] order, Schema output) {
        this.join = join;
        this.passing = passing;
        this.given = given;
        this.order = order;
        this.output = output;
    }

    /**
     * A step.
     *
     * @param tableOnRight whether the table is the right side
     * @param table the rows of the table
     * @param changes whether rows that pass have a kind of change, which then comes out too
     * @throws IllegalArgumentException if the join must know all rows of the stream
     */
    public static TableLookup of(QueryPlan.Join join, boolean tableOnRight, List<ColumnBatch> table, boolean changes) {
        Schema stream = (tableOnRight ? join.left() : join.right()).schema();
        Schema rows = (tableOnRight ? join.right() : join.left()).schema();
        KeyedRows passing = KeyedRows.of(stream, tableOnRight ? join.leftKeys() : join.rightKeys(), changes);
        KeyedRows looked = KeyedRows.of(rows, tableOnRight ? join.rightKeys() : join.leftKeys(), false);
        boolean moves = changes && tableOnRight && join.schema().size() > stream.size();
        Schema output = changes ? Changes.with(join.schema()) : join.schema();
        Schema given = moves ? kindAt(join.schema(), stream.size()) : output;
        TableJoin.Shape shape = new TableJoin.Shape(
                join.type(),
                tableOnRight,
                passing.keys(),
                changes ? Changes.with(stream) : stream,
                rows,
                given,
                JoinParts.condition(join, JoinParts.parts(join.condition())));
        ColumnBatch all = looked.apply(ColumnBatch.concat(rows, table));
        return new TableLookup(
                TableJoin.with(all, looked.keys(), shape, unused -> {}),
                passing,
                given,
                moves ? kindLast(given.size(), stream.size()) : new int[0],
                output);
    }

    @Override
    public ColumnBatch apply(ColumnBatch rows) {
        List<ColumnBatch> parts = new ArrayList<>();
        join.to(parts::add).pass(passing.apply(rows));
        ColumnBatch all = ColumnBatch.concat(given, parts);
        return order.length == 0 ? all : all.project(order, output);
    }

    /** The kind of change stands behind the columns of the stream, that is, before those of the table. */
    private static Schema kindAt(Schema schema, int place) {
        List<Field> fields = new ArrayList<>(schema.fields());
        Schema kind = Changes.with(schema);
        fields.add(place, kind.field(kind.size() - 1));
        return new Schema(fields);
    }

    private static int[] kindLast(int size, int place) {
        int[] order = new int[size];
        for (int i = 0; i < size - 1; i++) {
            order[i] = i < place ? i : i + 1;
        }
        order[size - 1] = place;
        return order;
    }
}
