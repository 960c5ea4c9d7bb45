// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

import static io.millrace.table.plan.Plans.and;
import static io.millrace.table.plan.Plans.call;
import static io.millrace.table.plan.Plans.column;
import static io.millrace.table.plan.Plans.join;
import static io.millrace.table.plan.Plans.scan;
import static io.millrace.table.plan.Plans.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPushdownTest {

    @Test
    void whatDoesNotReadTheTimeGoesBelowTheWatermark() {
        Expression onValue = call("positive", column(2));
        Expression onTime = call("recent", column(1));

        QueryPlan plan = FilterPushdown.apply(new QueryPlan.Filter(stream("a", 0), and(onValue, onTime)));

        assertThat(plan).isInstanceOf(QueryPlan.Filter.class);
        QueryPlan.Filter above = (QueryPlan.Filter) plan;
        assertThat(above.condition()).isEqualTo(onTime);
        QueryPlan.Watermark watermark = (QueryPlan.Watermark) above.input();
        assertThat(watermark.input()).isEqualTo(new QueryPlan.Filter(scan("a"), onValue));
    }

    /** How many null checks stand below the watermark of each side: those on the keys, where the join may lose the row. */
    @ParameterizedTest
    @CsvSource({"INNER, 1, 1", "LEFT_SEMI, 1, 1", "LEFT_OUTER, 0, 1", "RIGHT_OUTER, 1, 0", "FULL_OUTER, 0, 0"})
    void rowsThatCanMeetNothingDoNotMoveTheWatermark(JoinType type, int left, int right) {
        Expression range = call(">=", column(4), column(1));
        QueryPlan.Join join = (QueryPlan.Join)
                FilterPushdown.apply(join(stream("a", 0), stream("b", 1), type, List.of(0), List.of(0), range));

        assertThat(checksBelow(join.left())).isEqualTo(left);
        assertThat(checksBelow(join.right())).isEqualTo(right);
        assertThat(join.left() instanceof QueryPlan.Filter)
                .as("the times are compared, so null times are refused, above the watermark")
                .isEqualTo(left > 0);
        assertThat(join.condition()).isEqualTo(range);
    }

    @Test
    void ofAConditionOnOneSideTheOtherSideOfAnOuterJoinKeepsWhatItMustNotLose() {
        Expression onLeft = call("positive", column(2));
        Expression onRight = call("positive", column(5));

        QueryPlan.Join join = (QueryPlan.Join) FilterPushdown.apply(join(
                stream("a", 0), stream("b", 1), JoinType.LEFT_OUTER, List.of(0), List.of(0), and(onLeft, onRight)));

        assertThat(join.condition()).isEqualTo(onLeft);
        assertThat(join.left()).isEqualTo(stream("a", 0));
        List<Expression> below =
                FilterPushdown.parts(((QueryPlan.Filter) ((QueryPlan.Watermark) join.right()).input()).condition());
        assertThat(below).contains(call("positive", new Expression.Reference(2, AtomicType.INT, true, "c5")));
    }

    @Test
    void aFilterOnTheKeysOfGroupsGoesBelowThem() {
        Expression onKey = call("positive", column(0));
        Expression onCount = call("positive", column(1));
        Schema schema = new Schema(List.of(Field.of("k", AtomicType.INT), Field.of("n", AtomicType.LONG)));
        QueryPlan groups = new QueryPlan.Aggregate(stream("a", 0), List.of(2), List.of(), schema);

        QueryPlan.Filter above =
                (QueryPlan.Filter) FilterPushdown.apply(new QueryPlan.Filter(groups, and(onKey, onCount)));

        assertThat(above.condition()).isEqualTo(onCount);
        QueryPlan.Watermark watermark = (QueryPlan.Watermark) ((QueryPlan.Aggregate) above.input()).input();
        Expression moved = ((QueryPlan.Filter) watermark.input()).condition();
        assertThat(ColumnUse.of(moved)).as("the place of the key").containsExactly(2);
    }

    @Test
    void aFilterThatIsDrawnStaysWithTheGroupsWhereverTheDrawStands() {
        Schema schema = new Schema(List.of(Field.of("k", AtomicType.INT), Field.of("n", AtomicType.LONG)));
        QueryPlan groups = new QueryPlan.Aggregate(stream("a", 0), List.of(2), List.of(), schema);
        Expression drawn =
                new Expression.Logic(false, List.of(call("positive", column(0)), new Expression.IsNull(call("rand"))));
        QueryPlan filter = new QueryPlan.Filter(groups, drawn);

        assertThat(FilterPushdown.apply(filter)).isEqualTo(filter);
    }

    @Test
    void aFilterOnTheOnlyGroupStaysAbove() {
        Schema schema = new Schema(List.of(Field.of("n", AtomicType.LONG)));
        QueryPlan groups = new QueryPlan.Aggregate(stream("a", 0), List.of(), List.of(), schema);
        QueryPlan filter = new QueryPlan.Filter(groups, call("positive", column(0)));

        assertThat(FilterPushdown.apply(filter)).isEqualTo(filter);
    }

    @Test
    void aFilterAboveAnOuterJoinStaysWhereTheSideMayBeNull() {
        Expression onLeft = call("positive", column(2));
        Expression onRight = call("positive", column(5));
        QueryPlan plan = new QueryPlan.Filter(
                join(scan("a"), scan("b"), JoinType.LEFT_OUTER, List.of(0), List.of(0), null), and(onLeft, onRight));

        QueryPlan.Filter above = (QueryPlan.Filter) FilterPushdown.apply(plan);

        assertThat(above.condition()).isEqualTo(onRight);
        assertThat(((QueryPlan.Join) above.input()).left()).isEqualTo(new QueryPlan.Filter(scan("a"), onLeft));
    }

    private static int checksBelow(QueryPlan side) {
        QueryPlan plan = side instanceof QueryPlan.Filter filter ? filter.input() : side;
        QueryPlan below = ((QueryPlan.Watermark) plan).input();
        return below instanceof QueryPlan.Filter filter
                ? FilterPushdown.parts(filter.condition()).size()
                : 0;
    }
}
