// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ValueHash;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.ColumnPruning;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An input of an operator with state whose late rows are asked for. Its rows travel whole, with all columns there are before the operator,
 * and are put together only where lateness is known; {@link LateRowsTask} does that.
 */
final class LateInput {

    private final int operator;
    private final int input;
    private final QueryPlan whole;
    private final boolean changes;
    private final Lateness lateness;
    private final Schema travelling;
    private final int[] visible;
    private final UnaryOperator<ColumnBatch> narrow;
    private final boolean isPart;
    private final int[] own;

    private LateInput(int operator, int input, QueryPlan step, boolean changes, Lateness lateness) {
        this.operator = operator;
        this.input = input;
        this.changes = changes;
        this.lateness = lateness;
        List<QueryPlan.Project> above = ColumnPruning.aboveInput(step, input).stream()
                .takeWhile(project -> project.columns().stream().noneMatch(BatchMoment::isAsked))
                .toList();
        this.whole = above.isEmpty()
                ? step.inputs().get(input)
                : above.get(above.size() - 1).input();
        Schema rows = whole.schema();
        this.visible = IntStream.range(0, rows.size()).toArray();
        this.narrow = narrow(above, rows, changes);
        List<Field> fields = new ArrayList<>((changes ? Changes.with(rows) : rows).fields());
        int width = fields.size();
        int[] read = read(above, rows, changes);
        this.isPart = read.length > 0 && lateness.aligned() == null;
        if (isPart) {
            this.own = read;
        } else {
            fields.addAll(lateness.schema().fields());
            this.own = IntStream.range(width, fields.size()).toArray();
        }
        this.travelling = new Schema(fields);
    }

    /** Where the columns that a step reads are among all that are there before it; none if some are computed. */
    private static int[] read(List<QueryPlan.Project> above, Schema rows, boolean changes) {
        int[] places = IntStream.range(0, rows.size()).toArray();
        for (int i = above.size() - 1; i >= 0; i--) {
            int[] below = places;
            List<Expression> columns = above.get(i).columns();
            if (!columns.stream().allMatch(column -> column instanceof Expression.Reference)) {
                return new int[0];
            }
            places = columns.stream()
                    .mapToInt(column -> below[((Expression.Reference) column).index()])
                    .toArray();
        }
        return changes
                ? IntStream.concat(IntStream.of(places), IntStream.of(rows.size()))
                        .toArray()
                : places;
    }

    private static UnaryOperator<ColumnBatch> narrow(List<QueryPlan.Project> above, Schema rows, boolean changes) {
        UnaryOperator<ColumnBatch> narrow = UnaryOperator.identity();
        Schema in = rows;
        for (int i = above.size() - 1; i >= 0; i--) {
            QueryPlan.Project step = above.get(i);
            UnaryOperator<ColumnBatch> before = narrow;
            UnaryOperator<ColumnBatch> projection = FusedSteps.projection(step.columns(), in, step.schema(), changes)
                    .apply(0);
            narrow = batch -> projection.apply(before.apply(batch));
            in = step.schema();
        }
        return narrow;
    }

    /** An input of a step, if rows of it may be late. */
    static Optional<LateInput> of(QueryPlan step, int input, PhysicalQuery query) {
        Lateness lateness = query.description(step).lateness(input);
        return lateness == null
                ? Optional.empty()
                : Optional.of(new LateInput(
                        query.numberOf(step),
                        input,
                        step,
                        query.givesChanges(step.inputs().get(input)),
                        lateness));
    }

    /** Which input of its operator it is, from 0. */
    int input() {
        return input;
    }

    /** The step that gives the rows with all their columns. */
    QueryPlan whole() {
        return whole;
    }

    /** Sends whole rows to the partitions of their keys. */
    RecordOperator<ColumnBatch, Pair<Shard, Part>> exchange() {
        int[] keys = IntStream.of(lateness.keys()).map(key -> own[key]).toArray();
        return new RowExchange(this::travelling, keys);
    }

    private ColumnBatch travelling(ColumnBatch rows) {
        if (isPart) {
            return rows.withSchema(travelling);
        }
        UnaryOperator<ColumnBatch> aligned = lateness.aligned();
        ColumnBatch narrowed = narrow.apply(rows);
        return rows.beside(aligned == null ? narrowed : aligned.apply(narrowed), travelling);
    }

    /**
     * The late ones of rows that have travelled, with all columns; null if there is none. Of rows that may be taken back only those that
     * come.
     */
    QueryOutput.@Nullable Late late(Part part, long lateMicros) {
        int[] late = lateness.judge().late(own(part), lateMicros);
        if (changes && late.length > 0) {
            int[] kinds = Changes.of(part.rows().project(new int[] {visible.length}, Changes.KIND));
            late = IntStream.of(late).filter(row -> kinds[row] == Changes.COMES).toArray();
        }
        return late.length == 0
                ? null
                : new QueryOutput.Late(
                        operator,
                        input,
                        lateMicros,
                        part.rows().project(visible, whole.schema()).select(late, late.length));
    }

    /** What the operator's task takes of rows that have travelled. */
    Part folded(Part part) {
        UnaryOperator<ColumnBatch> folding = lateness.folded();
        if (folding == null) {
            return new Part(part.hashes(), own(part));
        }
        ColumnBatch rows = folding.apply(own(part));
        int[] leading = IntStream.range(0, lateness.keys().length).toArray();
        return new Part(ValueHash.hashes(rows, leading), rows);
    }

    private ColumnBatch own(Part part) {
        return part.rows().project(own, lateness.schema());
    }
}
