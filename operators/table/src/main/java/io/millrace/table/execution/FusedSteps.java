// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.PartitionOperator;
import io.millrace.operator.RecordOperator;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.data.RowOrder;
import io.millrace.table.execution.window.WindowRows;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.CompiledFilter;
import io.millrace.table.expression.CompiledProjection;
import io.millrace.table.expression.Expression;
import io.millrace.table.expression.Rewrites;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/** What stands behind each step of a plan that has no state. */
final class FusedSteps {

    private FusedSteps() {}

    /** A step that looks at one batch of rows at a time. */
    static RecordOperator<ColumnBatch, ColumnBatch> fused(QueryPlan step, PhysicalQuery query) {
        if (step instanceof QueryPlan.Join join) {
            UnaryOperator<ColumnBatch> lookup = JoinSteps.lookup(join, query);
            return new BatchStep("lookup", time -> lookup);
        }
        return new BatchStep(kind(step), work(step, query.givesChanges(step)));
    }

    private static String kind(QueryPlan step) {
        String name = step.getClass().getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    /** What a step without state does with a batch of rows, by the time in microseconds. */
    static LongFunction<UnaryOperator<ColumnBatch>> work(QueryPlan step, boolean changes) {
        if (step instanceof QueryPlan.Project project) {
            return isWidening(project.input())
                    ? widened(project, changes)
                    : projection(project.columns(), project.input().schema(), project.schema(), changes);
        }
        UnaryOperator<ColumnBatch> work = timeless(step, changes);
        return time -> work;
    }

    private static UnaryOperator<ColumnBatch> timeless(QueryPlan step, boolean changes) {
        if (step instanceof QueryPlan.Filter filter) {
            CompiledFilter compiled =
                    CompiledFilter.of(filter.condition(), schema(filter.input().schema(), changes));
            return compiled::select;
        }
        if (step instanceof QueryPlan.Generate generate) {
            return new GenerateRows(generate, changes);
        }
        if (step instanceof QueryPlan.TimeWindow window) {
            return new TimeWindows(window, changes);
        }
        throw new IllegalArgumentException("there is no operator for " + step);
    }

    private static LongFunction<UnaryOperator<ColumnBatch>> projection(
            List<Expression> expressions, Schema in, Schema out, boolean changes) {
        if (expressions.stream().anyMatch(BatchMoment::isAsked)) {
            return timed(expressions, in, out, changes);
        }
        List<Expression> columns = new ArrayList<>(expressions);
        if (changes) {
            columns.add(new Expression.Reference(in.size(), AtomicType.INT, false, Changes.COLUMN));
        }
        CompiledProjection compiled = CompiledProjection.of(columns, schema(in, changes), schema(out, changes));
        return time -> compiled::apply;
    }

    /** A projection that reads the time of the batch in a column behind the others. */
    private static LongFunction<UnaryOperator<ColumnBatch>> timed(
            List<Expression> expressions, Schema in, Schema out, boolean changes) {
        if (changes) {
            throw new AnalysisException(
                    "UNSUPPORTED_FEATURE.TIME_OF_BATCH_OF_CHANGES",
                    "current_timestamp() is not possible over a result that still changes, since a row is taken back at another time than it came; "
                            + "ask for it before the aggregation, or use append mode with a watermark");
        }
        Field field = new Field("current_timestamp", AtomicType.TIMESTAMP, false, false);
        List<Field> fields = new ArrayList<>(in.fields());
        fields.add(field);
        Schema wide = new Schema(fields);
        Expression.Reference place = new Expression.Reference(in.size(), field.type(), false, field.name());
        CompiledProjection compiled = CompiledProjection.of(
                expressions.stream()
                        .map(expression -> BatchMoment.replaced(expression, place))
                        .toList(),
                wide,
                out);
        return time -> batch -> {
            long[] times = new long[batch.rows()];
            Arrays.fill(times, time);
            Column[] columns = Arrays.copyOf(batch.columns(), in.size() + 1);
            columns[in.size()] = new LongColumn(times, null);
            return compiled.apply(new ColumnBatch(wide, columns, batch.rows()));
        };
    }

    /** Whether a step puts columns behind those of its input, which it repeats as often as need be. */
    private static boolean isWidening(QueryPlan step) {
        return step instanceof QueryPlan.Generate || step instanceof QueryPlan.TimeWindow;
    }

    /** Such a step with a projection of what it gives: columns that the projection does not read need not be repeated. */
    private static LongFunction<UnaryOperator<ColumnBatch>> widened(QueryPlan.Project project, boolean changes) {
        QueryPlan step = project.input();
        int before = step.inputs().get(0).schema().size();
        int[] read = Rewrites.places(project.columns())
                .filter(place -> place < before)
                .sorted()
                .distinct()
                .toArray();
        List<Expression> columns = project.columns().stream()
                .map(column -> Rewrites.references(column, reference -> {
                    int place = reference.index();
                    int moved = place < before ? Arrays.binarySearch(read, place) : place - before + read.length;
                    return new Expression.Reference(moved, reference.type(), reference.nullable(), reference.name());
                }))
                .toList();
        UnaryOperator<ColumnBatch> rows = step instanceof QueryPlan.Generate generate
                ? new GenerateRows(generate, read, changes)
                : new TimeWindows((QueryPlan.TimeWindow) step, read, changes);
        LongFunction<UnaryOperator<ColumnBatch>> projection =
                projection(columns, KeptColumns.schema(step, read), project.schema(), changes);
        return time -> {
            UnaryOperator<ColumnBatch> made = projection.apply(time);
            return batch -> made.apply(rows.apply(batch));
        };
    }

    /** The first of the steps that are done together with a step, as one: what comes in is that one's input. */
    static QueryPlan first(QueryPlan step) {
        return step instanceof QueryPlan.Project project && isWidening(project.input()) ? project.input() : step;
    }

    private static Schema schema(Schema schema, boolean changes) {
        return changes ? Changes.with(schema) : schema;
    }

    /** A step that looks at all rows of a batch together. */
    static PartitionOperator<ColumnBatch, ?, ?, ColumnBatch> gathering(QueryPlan step) {
        return new GatherOperator(kind(step), step.schema(), gathered(step));
    }

    /** What a step does with all rows together. */
    static UnaryOperator<ColumnBatch> gathered(QueryPlan step) {
        if (step instanceof QueryPlan.Sort sort) {
            return sorting(sort);
        }
        if (step instanceof QueryPlan.Limit limit) {
            return batch -> first(batch, limit.offset(), limit.count());
        }
        if (step instanceof QueryPlan.Window window) {
            return new WindowRows(window);
        }
        throw new IllegalArgumentException("there is no operator for " + step);
    }

    private static UnaryOperator<ColumnBatch> sorting(QueryPlan.Sort sort) {
        List<Expression> keys = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<RowOrder.Key> order = new ArrayList<>();
        for (QueryPlan.Order by : sort.orders()) {
            order.add(new RowOrder.Key(keys.size(), by.descending(), by.nullsFirst()));
            fields.add(Field.of("key" + keys.size(), by.key().type()));
            keys.add(by.key());
        }
        CompiledProjection projection = CompiledProjection.of(keys, sort.schema(), new Schema(fields));
        RowOrder rows = new RowOrder(order);
        return batch -> batch.select(rows.sorted(projection.apply(batch)), batch.rows());
    }

    /** Some rows from the front, after others are left out. */
    static ColumnBatch first(ColumnBatch batch, long offset, long count) {
        int from = (int) Math.min(offset, batch.rows());
        int size = (int) Math.min(count, batch.rows() - from);
        if (size == batch.rows()) {
            return batch;
        }
        int[] places = new int[size];
        for (int i = 0; i < size; i++) {
            places[i] = from + i;
        }
        return batch.select(places, size);
    }
}
