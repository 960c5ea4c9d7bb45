// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.window;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.expression.Accumulators;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.CompiledAggregates;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.WindowCall;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An aggregate of the rows that a row sees. A frame that only grows is folded further; any other is folded anew for each row. */
final class FrameAggregate implements WindowColumn {

    private final FrameBounds bounds;
    private final int[] places;
    private final Schema folded;
    private final DataType type;
    private final CompiledAggregates aggregates;
    private final CompiledProjection results;

    FrameAggregate(WindowCall call, FrameBounds bounds, WindowRows.Computed expressions) {
        AggregateCall aggregate = java.util.Objects.requireNonNull(call.aggregate());
        this.bounds = bounds;
        List<Integer> found = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : aggregate.arguments()) {
            arguments.add(column(argument, found, fields, expressions));
        }
        Expression filter = aggregate.filter() == null ? null : column(aggregate.filter(), found, fields, expressions);
        places = found.stream().mapToInt(place -> place).toArray();
        folded = new Schema(fields);
        type = aggregate.function().type();
        aggregates = CompiledAggregates.of(
                List.of(new AggregateCall(aggregate.function(), arguments, false, filter, aggregate.name())), folded);
        results = aggregates.results(aggregates.bufferSchema(), aggregates.resultSchema());
    }

    private static Expression column(
            Expression expression, List<Integer> places, List<Field> fields, WindowRows.Computed expressions) {
        if (expression instanceof Expression.Literal) {
            return expression;
        }
        places.add(expressions.add(expression));
        fields.add(Field.of("argument" + fields.size(), expression.type()));
        return new Expression.Reference(fields.size() - 1, expression.type(), true, "argument");
    }

    @Override
    public Column compute(ColumnBatch sorted, Partitions partitions) {
        ColumnBatch rows = sorted.project(places, folded);
        return bounds.isWhole() ? whole(rows, partitions) : framed(sorted, rows, partitions);
    }

    private Column whole(ColumnBatch rows, Partitions partitions) {
        int[] groups = new int[partitions.rows()];
        for (int row = 1; row < groups.length; row++) {
            groups[row] = groups[row - 1] + (partitions.first()[row] == row ? 1 : 0);
        }
        Accumulators accumulators = aggregates.accumulators();
        accumulators.update(groups, rows);
        return results.apply(accumulators.exportAll()).column(0).gather(groups, groups.length);
    }

    private Column framed(ColumnBatch sorted, ColumnBatch rows, Partitions partitions) {
        int[] starts = bounds.starts(sorted, partitions);
        int[] ends = bounds.ends(sorted, partitions, starts);
        Accumulators accumulators = aggregates.accumulators();
        accumulators.ensure(1);
        ColumnBuilder builder = ColumnBuilder.of(type, starts.length);
        int[] one = {0};
        int from = 0;
        int to = 0;
        Column last = null;
        for (int row = 0; row < starts.length; row++) {
            boolean grows = starts[row] == from && ends[row] >= to && last != null;
            if (!grows) {
                accumulators.reset(0);
                from = starts[row];
                to = from;
                last = null;
            }
            if (ends[row] > to) {
                add(accumulators, rows, to, ends[row]);
                to = ends[row];
                last = null;
            }
            if (last == null) {
                last = results.apply(accumulators.export(one, 1)).column(0);
            }
            builder.appendFrom(last, 0);
        }
        return builder.build();
    }

    private static void add(Accumulators accumulators, ColumnBatch rows, int from, int to) {
        int[] some = new int[to - from];
        Arrays.setAll(some, i -> from + i);
        accumulators.update(new int[some.length], rows.select(some, some.length));
    }
}
