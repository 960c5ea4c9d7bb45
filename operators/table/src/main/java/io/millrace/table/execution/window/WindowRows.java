// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.RowOrder;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Computes window functions of all rows together: sorts them by partition and order, and puts a column for each function behind theirs. For many threads. */
public final class WindowRows implements UnaryOperator<ColumnBatch> {

    private final Schema output;
    private final int keys;
    private final CompiledProjection computed;
    private final RowOrder sorting;
    private final RowOrder ordering;
    private final List<WindowColumn> columns = new ArrayList<>();

    /** For a step. */
    public WindowRows(QueryPlan.Window step) {
        Schema input = step.input().schema();
        output = step.schema();
        keys = step.keys().size();
        Computed expressions = new Computed();
        List<RowOrder.Key> sorts = new ArrayList<>();
        for (int key : step.keys()) {
            Field field = input.field(key);
            int place = expressions.add(new Expression.Reference(key, field.type(), field.nullable(), field.name()));
            sorts.add(new RowOrder.Key(place, false, true));
        }
        List<RowOrder.Key> orders = new ArrayList<>();
        for (QueryPlan.Order order : step.orders()) {
            orders.add(new RowOrder.Key(expressions.add(order.key()), order.descending(), order.nullsFirst()));
        }
        sorts.addAll(orders);
        sorting = new RowOrder(sorts);
        ordering = new RowOrder(orders);
        for (int i = 0; i < step.calls().size(); i++) {
            WindowCall call = step.calls().get(i);
            FrameBounds bounds = new FrameBounds(call.frame(), orders, expressions);
            columns.add(WindowColumn.of(call, bounds, output.field(input.size() + i), expressions));
        }
        computed = CompiledProjection.of(expressions.list, input, new Schema(expressions.fields));
    }

    /** What is computed of each row before it is known which rows it is with. */
    static final class Computed {

        private final List<Expression> list = new ArrayList<>();
        private final List<Field> fields = new ArrayList<>();

        /** The place of an expression. */
        int add(Expression expression) {
            list.add(expression);
            fields.add(Field.of("computed" + fields.size(), expression.type()));
            return list.size() - 1;
        }
    }

    @Override
    public ColumnBatch apply(ColumnBatch batch) {
        ColumnBatch extra = computed.apply(batch);
        int[] places = sorting.sorted(extra);
        ColumnBatch sorted = extra.select(places, places.length);
        Partitions partitions = Partitions.of(sorted, keys, ordering);
        Column[] all = Arrays.copyOf(batch.select(places, places.length).columns(), output.size());
        int at = output.size() - columns.size();
        for (WindowColumn column : columns) {
            all[at++] = column.compute(sorted, partitions);
        }
        return new ColumnBatch(output, all, places.length);
    }
}
