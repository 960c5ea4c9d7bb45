// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.QueryHarness.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.QueryPlan.JoinType;
import io.millrace.table.state.StatefulProcessor;
import io.millrace.table.state.StatefulProcessorFunction;
import io.millrace.table.state.TimeMode;
import io.millrace.table.state.TimerValues;
import io.millrace.table.state.ValueState;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Joins, rankings and functions with state on an engine, above operators whose rows may go. */
class JoinQueryTest {

    private static final Schema COUNTS =
            new Schema(List.of(Field.of("word", AtomicType.STRING), Field.of("n", AtomicType.LONG)));

    @Test
    void aJoinOverAnAggregationTakesBackWhatItGave() {
        QueryPlan right = QueryHarness.events("b");
        List<Field> fields = new ArrayList<>(COUNTS.fields());
        fields.addAll(right.schema().fields());
        QueryPlan plan = new QueryPlan.Join(
                counts("a"), right, JoinType.LEFT_OUTER, List.of(word()), List.of(word()), null, new Schema(fields));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.UPDATE)) {
            assertThat(query.step("a", row("x", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 1, null, null, null, 1]]");
            assertThat(query.step("a", row("x", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 1, null, null, null, -1], [x, 2, null, null, null, 1]]");
            assertThat(query.step("b", row("x", 5, 7)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 2, null, null, null, -1], [x, 2, x, 5s, 7, 1]]");
            assertThat(query.step("a", row("x", 0, 1), row("y", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 2, x, 5s, 7, -1], [x, 3, x, 5s, 7, 1], [y, 1, null, null, null, 1]]");
        }
    }

    @Test
    void theBestOfCountsChangeAsTheCountsDo() {
        QueryPlan.Order most =
                new QueryPlan.Order(new Expression.Reference(1, AtomicType.LONG, true, "n"), true, false);
        QueryPlan plan = new QueryPlan.TopN(
                counts("a"), List.of(), List.of(most), QueryPlan.Ranking.ROW_NUMBER, 1, false, COUNTS);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.UPDATE)) {
            assertThat(query.step("a", row("x", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 1, 1]]");
            assertThat(query.step("a", row("y", 0, 1), row("y", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 1, -1], [y, 2, 1]]");
        }
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            query.step("a", row("x", 0, 1), row("x", 0, 1));
            assertThat(query.step("a", row("y", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 2]]");
        }
    }

    @Test
    void aFunctionWithStateRemembersFromBatchToBatch() {
        QueryPlan plan = new QueryPlan.Stateful(
                QueryHarness.events("a"),
                List.of(0),
                StatefulProcessorFunction.of(Counter::new, TimeMode.NONE),
                COUNTS);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step("a", row("x", 0, 1), row("x", 0, 1), row("y", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 2], [y, 1]]");
            assertThat(query.step("a", row("x", 0, 1)))
                    .singleElement()
                    .asString()
                    .contains("[[x, 3]] dropped [0] state [2]");
        }
    }

    /** Counts the rows of a key. */
    private static final class Counter extends StatefulProcessor<Row, Row, Row> {
        private @Nullable ValueState<Long> count;

        @Override
        public void init(OutputMode outputMode, TimeMode timeMode) {
            count = getHandle().getValueState("count", AtomicType.LONG);
        }

        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues timerValues) {
            ValueState<Long> state = Objects.requireNonNull(count);
            long total = state.getOption().orElse(0L);
            for (; rows.hasNext(); rows.next()) {
                total++;
            }
            state.update(total);
            return List.of(Row.of(key.get(0), total)).iterator();
        }
    }

    private static QueryPlan counts(String source) {
        return new QueryPlan.Aggregate(
                QueryHarness.events(source), List.of(0), List.of(TestAggregates.count("n")), COUNTS);
    }

    private static Expression word() {
        DataType type = AtomicType.STRING;
        return new Expression.Reference(0, type, true, "word");
    }
}
