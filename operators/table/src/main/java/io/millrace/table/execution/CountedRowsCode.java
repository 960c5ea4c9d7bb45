// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.GroupIndex;
import io.millrace.table.data.IntColumn;
import io.millrace.table.data.LongColumn;
import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An aggregation over counted rows: what the aggregates look at of a row, and how often such a row is there. From these all aggregates can be
 * computed anew, also those that count equal arguments once, and those that cannot forget a row. Immutable; for many threads.
 *
 * <p>Counted rows are the keys, the arguments and conditions of all aggregates, and last how often.
 */
final class CountedRowsCode {

    private final int keys;
    private final int width;
    private final boolean changes;
    private final Schema counted;
    private final Schema leading;
    private final Schema out;
    private final CompiledProjection looked;
    private final List<AggregateCode> codes = new ArrayList<>();
    private final List<int[]> distinct = new ArrayList<>();

    /**
     * Compiles an aggregation.
     *
     * @param changes whether the rows have a column with the kind of change
     */
    CountedRowsCode(QueryPlan.Aggregate step, boolean changes) {
        Schema in = step.input().schema();
        this.changes = changes;
        this.keys = step.keys().size();
        this.out = step.schema();
        List<Expression> looks = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (int key : step.keys()) {
            Field field = in.field(key);
            looks.add(new Expression.Reference(key, field.type(), field.nullable(), field.name()));
            fields.add(field);
        }
        this.leading = new Schema(fields);
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : step.calls()) {
            calls.add(overCounted(call, looks, fields));
        }
        this.width = fields.size();
        fields.add(new Field("$count", AtomicType.LONG, false, false));
        this.counted = new Schema(fields);
        this.looked =
                CompiledProjection.of(looks, changes ? Changes.with(in) : in, new Schema(fields.subList(0, width)));
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            List<Field> result = new ArrayList<>(leading.fields());
            result.add(out.field(keys + i));
            codes.add(new AggregateCode(
                    counted, IntStream.range(0, keys).boxed().toList(), List.of(call), new Schema(result)));
            distinct.add(call.distinct() ? looksOf(call) : new int[0]);
        }
    }

    /** The aggregate with its arguments and its condition read from columns of counted rows, which are added. */
    private static AggregateCall overCounted(AggregateCall call, List<Expression> looks, List<Field> fields) {
        List<Expression> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(look(argument, looks, fields));
        }
        Expression filter = call.filter();
        return new AggregateCall(
                call.function(),
                arguments,
                call.distinct(),
                filter == null ? null : look(filter, looks, fields),
                call.name());
    }

    private static Expression look(Expression expression, List<Expression> looks, List<Field> fields) {
        int place = looks.indexOf(expression);
        if (place < 0) {
            place = looks.size();
            looks.add(expression);
            fields.add(Field.of("a" + place, expression.type()));
        }
        return new Expression.Reference(place, expression.type(), expression.nullable(), "a" + place);
    }

    private static int[] looksOf(AggregateCall call) {
        List<Expression> read = new ArrayList<>(call.arguments());
        Expression filter = call.filter();
        if (filter != null) {
            read.add(filter);
        }
        return read.stream()
                .mapToInt(expression -> ((Expression.Reference) expression).index())
                .toArray();
    }

    int keys() {
        return keys;
    }

    /** The columns of counted rows. */
    Schema counted() {
        return counted;
    }

    Schema leading() {
        return leading;
    }

    Schema out() {
        return out;
    }

    /** Rows as counted ones, equal ones together. */
    ColumnBatch count(ColumnBatch rows) {
        ColumnBatch looks = looked.apply(rows);
        long[] counts = new long[rows.rows()];
        int[] kinds = changes ? Changes.of(rows) : null;
        for (int row = 0; row < counts.length; row++) {
            counts[row] = kinds == null ? 1 : kinds[row];
        }
        Column[] columns = Arrays.copyOf(looks.columns(), width + 1);
        columns[width] = new LongColumn(counts, null);
        return together(new ColumnBatch(counted, columns, rows.rows()));
    }

    /** Counted rows with equal ones together; those that are there no more are left out. */
    ColumnBatch together(ColumnBatch rows) {
        int[] looks = IntStream.range(0, width).toArray();
        GroupIndex index = new GroupIndex(types(looks));
        int[] groups = index.assign(rows, looks);
        int size = width == 0 ? Math.min(1, rows.rows()) : index.size();
        int[] first = AggregateCode.firstRows(groups, size);
        long[] sums = new long[size];
        long[] counts = counts(rows);
        for (int row = 0; row < rows.rows(); row++) {
            sums[groups[row]] += counts[row];
        }
        int kept = 0;
        int[] places = new int[size];
        long[] own = new long[size];
        for (int group = 0; group < size; group++) {
            if (sums[group] != 0) {
                places[kept] = first[group];
                own[kept++] = sums[group];
            }
        }
        ColumnBatch chosen = rows.select(places, kept);
        Column[] columns = chosen.columns().clone();
        columns[width] = new LongColumn(own, null);
        return new ColumnBatch(counted, columns, kept);
    }

    /** How often each row is there. */
    long[] counts(ColumnBatch rows) {
        return ((LongColumn) rows.column(width)).values();
    }

    List<DataType> types(int[] columns) {
        return Arrays.stream(columns).mapToObj(i -> counted.field(i).type()).toList();
    }

    /**
     * The results of groups.
     *
     * @param rows the counted rows of all of them
     * @param owners the group of each row
     * @param groupKeys the keys of each group
     */
    ColumnBatch results(ColumnBatch rows, int[] owners, ColumnBatch groupKeys) {
        List<Column> columns = new ArrayList<>(Arrays.asList(groupKeys.columns()));
        for (int i = 0; i < codes.size(); i++) {
            int[] places = distinct.get(i).length > 0
                    ? different(rows, owners, distinct.get(i))
                    : repeated(counts(rows), rows.rows());
            columns.add(result(codes.get(i), rows, owners, places, groupKeys));
        }
        return new ColumnBatch(out, columns.toArray(new Column[0]), groupKeys.rows());
    }

    private Column result(AggregateCode code, ColumnBatch rows, int[] owners, int[] places, ColumnBatch groupKeys) {
        int[] groups = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            groups[i] = owners[places[i]];
        }
        ColumnBatch folded = code.update(rows.select(places, places.length), groups, groupKeys.rows());
        return code.result(groupKeys.withSchema(leading).beside(folded, code.partials()))
                .column(keys);
    }

    /** The first of equal rows of a group. */
    private int[] different(ColumnBatch rows, int[] owners, int[] looks) {
        List<DataType> types = new ArrayList<>(types(looks));
        types.add(AtomicType.INT);
        GroupIndex index = new GroupIndex(types);
        Column[] columns = new Column[looks.length + 1];
        for (int i = 0; i < looks.length; i++) {
            columns[i] = rows.column(looks[i]);
        }
        columns[looks.length] = new IntColumn(owners, null);
        int[] groups = index.assign(columns, rows.rows());
        return AggregateCode.firstRows(groups, index.size());
    }

    private static int[] repeated(long[] counts, int rows) {
        long total = 0;
        for (int row = 0; row < rows; row++) {
            total += Math.max(0, counts[row]);
        }
        int[] places = new int[Math.toIntExact(total)];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            for (long i = 0; i < counts[row]; i++) {
                places[count++] = row;
            }
        }
        return places;
    }
}
