// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import io.millrace.table.AnalysisException;
import io.millrace.table.expression.BatchMoment;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins that ask for the time of the batch. */
final class JoinMoments {

    private static final String CONDITION = "UNSUPPORTED_FEATURE.TIME_OF_BATCH_IN_FINISHED_TABLE";

    private JoinMoments() {}

    /** A side with further columns behind its own, and a condition on all of them; null for none. */
    private record Side(
            QueryPlan plan, int further, @Nullable Expression condition) {}

    /**
     * With the conditions on a finished table that ask for the time, wherever the optimiser put them, as conditions of the join: a join, or a projection of one.
     *
     * @throws AnalysisException if the table depends on the time otherwise
     */
    static QueryPlan lifted(QueryPlan.Join join) {
        JoinType type = join.type();
        boolean liftsRight = type != JoinType.RIGHT_OUTER && type != JoinType.FULL_OUTER;
        boolean liftsLeft = type == JoinType.INNER || type == JoinType.RIGHT_OUTER;
        Side left = side(join.left(), liftsLeft);
        Side right = side(join.right(), liftsRight);
        if (left.condition() == null && right.condition() == null) {
            return join;
        }
        int leftSize = left.plan().schema().size();
        List<Expression> all = new ArrayList<>();
        if (join.condition() != null) {
            all.add(moved(join.condition(), join, left.further()));
        }
        if (left.condition() != null) {
            all.add(left.condition());
        }
        if (right.condition() != null) {
            all.add(ColumnUse.moved(right.condition(), place -> place + leftSize));
        }
        Expression condition = all.size() == 1 ? all.get(0) : new Expression.Logic(true, all);
        return wide(join, left.plan(), right.plan(), join.leftKeys(), join.rightKeys(), condition);
    }

    private static Side side(QueryPlan side, boolean lifts) {
        if (BatchMoments.isStreaming(side) || !BatchMoments.isAskedBelow(side)) {
            return new Side(side, 0, null);
        }
        Side made = new Side(side, 0, null);
        if (lifts && side instanceof QueryPlan.Filter filter) {
            made = new Side(filter.input(), 0, filter.condition());
        } else if (lifts
                && side instanceof QueryPlan.Project project
                && project.input() instanceof QueryPlan.Filter filter) {
            made = beside(project, filter);
        }
        if (BatchMoments.isAskedBelow(made.plan())) {
            throw new AnalysisException(
                    CONDITION,
                    "A finished table within a query over streams is read once, when the query starts, so it cannot depend on current_timestamp(); "
                            + "ask for the time above the join");
        }
        return made;
    }

    /** A projection that gives what the condition below it reads, too. */
    private static Side beside(QueryPlan.Project project, QueryPlan.Filter filter) {
        List<Integer> read = List.copyOf(ColumnUse.of(filter.condition()));
        List<Expression> columns = new ArrayList<>(project.columns());
        List<Field> fields = new ArrayList<>(project.schema().fields());
        for (int place : read) {
            Field field = filter.schema().field(place);
            columns.add(new Expression.Reference(place, field.type(), field.nullable(), field.name()));
            fields.add(field);
        }
        int before = project.columns().size();
        Expression condition = ColumnUse.moved(filter.condition(), place -> before + read.indexOf(place));
        return new Side(new QueryPlan.Project(filter.input(), columns, new Schema(fields)), read.size(), condition);
    }

    /** A join with the time as a last column of each side that needs it; a projection of that, if there is one. */
    static QueryPlan given(QueryPlan.Join join, boolean streaming) {
        if (!BatchMoments.isAsked(BatchMoments.expressions(join))) {
            return join;
        }
        boolean leftGoesOn = !streaming || BatchMoments.isStreaming(join.left());
        boolean onLeft = BatchMoments.isAsked(join.leftKeys()) || leftGoesOn;
        boolean onRight = BatchMoments.isAsked(join.rightKeys()) || !onLeft;
        if ((onLeft && !leftGoesOn) || (onRight && streaming && !BatchMoments.isStreaming(join.right()))) {
            throw new AnalysisException(
                    CONDITION,
                    "The key of a finished table cannot depend on current_timestamp(); compute with the column of the stream instead");
        }
        int left = join.left().schema().size();
        int right = join.right().schema().size();
        Expression condition = join.condition();
        return wide(
                join,
                onLeft ? BatchMoments.timed(join.left()) : join.left(),
                onRight ? BatchMoments.timed(join.right()) : join.right(),
                BatchMoments.replaced(join.leftKeys(), BatchMoments.time(left)),
                BatchMoments.replaced(join.rightKeys(), BatchMoments.time(right)),
                condition == null
                        ? null
                        : BatchMoment.replaced(
                                moved(condition, join, onLeft ? 1 : 0),
                                BatchMoments.time(onLeft ? left : left + right)));
    }

    private static Expression moved(Expression condition, QueryPlan.Join join, int further) {
        int left = join.left().schema().size();
        return ColumnUse.moved(condition, place -> place < left ? place : place + further);
    }

    /** A join of sides that have further columns behind their own, without these in what comes out. */
    private static QueryPlan wide(
            QueryPlan.Join join,
            QueryPlan left,
            QueryPlan right,
            List<Expression> leftKeys,
            List<Expression> rightKeys,
            @Nullable Expression condition) {
        int before = join.left().schema().size();
        Schema narrow = join.schema();
        boolean both = narrow.size() > before;
        List<Field> fields = new ArrayList<>(narrow.fields().subList(0, before));
        fields.addAll(left.schema().fields().subList(before, left.schema().size()));
        if (both) {
            fields.addAll(narrow.fields().subList(before, narrow.size()));
            fields.addAll(right.schema()
                    .fields()
                    .subList(join.right().schema().size(), right.schema().size()));
        }
        QueryPlan.Join made =
                new QueryPlan.Join(left, right, join.type(), leftKeys, rightKeys, condition, new Schema(fields));
        if (fields.size() == narrow.size()) {
            return made;
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < narrow.size(); i++) {
            kept.add(i < before ? i : i + left.schema().size() - before);
        }
        return BatchMoments.without(made, kept, narrow);
    }
}
