// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.QueryHarness.row;
import static io.millrace.table.execution.TestAggregates.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.AggregateCall;
import io.millrace.table.expression.Expression;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Aggregations, in all output modes, with and without event time. What they must give is Spark's. */
class AggregateQueryTest {

    static QueryPlan aggregate(QueryPlan input, List<Integer> keys, AggregateCall... calls) {
        List<Field> fields = new ArrayList<>();
        keys.forEach(key -> fields.add(input.schema().field(key)));
        for (AggregateCall call : calls) {
            fields.add(Field.of(call.name(), call.function().type()));
        }
        return new QueryPlan.Aggregate(input, keys, List.of(calls), new Schema(fields));
    }

    private static QueryPlan countByWord() {
        return aggregate(QueryHarness.events(), List.of(0), TestAggregates.count("n"));
    }

    @Test
    void completeGivesAllGroupsInEveryBatchWithRows() {
        try (QueryHarness query = QueryHarness.run(countByWord(), OutputMode.COMPLETE)) {
            assertThat(query.step(row("blue", 0, 1), row("blue", 0, 1), row(null, 0, 1)))
                    .containsExactly("0 wm - [[blue, 2], [null, 1]] dropped [0] state [2]");
            assertThat(query.step()).isEmpty();
            assertThat(query.step(row("", 0, 1), row("blue", 0, 1)))
                    .containsExactly("1 wm - [[, 1], [blue, 3], [null, 1]] dropped [0] state [3]");
        }
    }

    @Test
    void updateGivesGroupsThatHaveChanged() {
        try (QueryHarness query = QueryHarness.run(countByWord(), OutputMode.UPDATE)) {
            assertThat(query.step(row("blue", 0, 1), row("red", 0, 1)))
                    .containsExactly("0 wm - [[blue, 1], [red, 1]] dropped [0] state [2]");
            assertThat(query.step(row("red", 0, 1))).containsExactly("1 wm - [[red, 2]] dropped [0] state [2]");
        }
    }

    @Test
    void appendGivesAWindowOnceTheWatermarkHasPassedItsEnd() {
        QueryPlan windows = QueryHarness.windows(QueryHarness.watched(QueryHarness.events(), 10), 10, 10);
        QueryPlan plan = aggregate(windows, List.of(3), TestAggregates.count("n"));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step(row("a", 1, 1)))
                    .containsExactly("0 wm - [] dropped [0] state [1]", "1 wm -9s [] dropped [0] state [1]");
            assertThat(query.step(row("a", 19.999, 1)))
                    .containsExactly("2 wm -9s [] dropped [0] state [2]", "3 wm 9999000us [] dropped [0] state [2]");
            assertThat(query.step(row("a", 20, 1)))
                    .containsExactly(
                            "4 wm 9999000us [] dropped [0] state [3]",
                            "5 wm 10s [[[0s, 10s], 1]] dropped [0] state [2]");
            assertThat(query.step(row("a", 9.999, 1))).containsExactly("6 wm 10s [] dropped [1] state [2]");
            assertThat(query.step(row("a", null, 1))).containsExactly("7 wm 10s [] dropped [0] state [2]");
        }
    }

    @Test
    void lateGroupsAreCountedAfterTheRowsAreAggregated() {
        QueryPlan windows = QueryHarness.windows(QueryHarness.watched(QueryHarness.events(), 0), 10, 10);
        QueryPlan plan = aggregate(windows, List.of(3, 0), TestAggregates.count("n"));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.UPDATE)) {
            assertThat(query.step(row("a", 100, 1))).hasSize(2);
            assertThat(query.step(row("a", 1, 1), row("a", 2, 1), row("b", 3, 1), row("c", 101, 1)))
                    .containsExactly(
                            "2 wm 100s [[[100s, 110s], c, 1]] dropped [2] state [2]",
                            "3 wm 101s [] dropped [0] state [2]");
        }
    }

    @Test
    void slidingWindowsHaveARowInEach() {
        QueryPlan windows = QueryHarness.windows(QueryHarness.events(), 10, 5);
        QueryPlan plan = aggregate(
                windows, List.of(3), TestAggregates.sum("s", column(2, AtomicType.LONG)), TestAggregates.count("n"));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 1, 5), row("a", 7, 6), row("a", 7, null)))
                    .containsExactly("0 wm - [[[-5s, 5s], 5, 1], [[0s, 10s], 11, 3], [[5s, 15s], 6, 2]]"
                            + " dropped [0] state [3]");
        }
    }

    @Test
    void withoutKeysThereIsARowEvenIfNothingComesThrough() {
        QueryPlan filtered = new QueryPlan.Filter(
                QueryHarness.events(), TestAggregates.greater(column(2, AtomicType.LONG), TestAggregates.literal(100)));
        QueryPlan plan = aggregate(
                filtered, List.of(), TestAggregates.count("n"), TestAggregates.sum("s", column(2, AtomicType.LONG)));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1))).containsExactly("0 wm - [[0, null]] dropped [0] state [1]");
            assertThat(query.step(row("a", 0, 101), row("a", 0, 102)))
                    .containsExactly("1 wm - [[2, 203]] dropped [0] state [1]");
        }
    }

    @Test
    void aFilterOfAnAggregateLeavesRowsOut() {
        QueryPlan plan = aggregate(
                QueryHarness.events(),
                List.of(0),
                TestAggregates.count(
                        "n", TestAggregates.greater(column(2, AtomicType.LONG), TestAggregates.literal(1))));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("a", 0, 2), row("a", 0, 3), row("b", 0, null)))
                    .containsExactly("0 wm - [[a, 2], [b, 0]] dropped [0] state [2]");
        }
    }

    @Test
    void aWindowOverAWindowClosesInTheBatchThatClosesBoth() {
        QueryPlan inner = aggregate(
                QueryHarness.windows(QueryHarness.watched(QueryHarness.events(), 0), 5, 5),
                List.of(3),
                TestAggregates.count("n"));
        List<Field> fields = new ArrayList<>(inner.schema().fields());
        fields.add(new Field("x", QueryHarness.windowType(), false, true));
        QueryPlan outerWindows = new QueryPlan.TimeWindow(
                inner,
                new Expression.FieldOf(column(0, QueryHarness.windowType()), 0, AtomicType.TIMESTAMP, false),
                10_000_000,
                10_000_000,
                0,
                new Schema(fields));
        QueryPlan plan = aggregate(outerWindows, List.of(2), TestAggregates.sum("s", column(1, AtomicType.LONG)));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step(row("a", 1, 1), row("a", 2, 1), row("a", 7, 1)))
                    .containsExactly("0 wm - [] dropped [0, 0] state [0, 2]", "1 wm 7s [] dropped [0, 0] state [1, 1]");
            assertThat(query.step(row("a", 12, 1)))
                    .containsExactly(
                            "2 wm 7s [] dropped [0, 0] state [1, 2]",
                            "3 wm 12s [[[0s, 10s], 3]] dropped [0, 0] state [0, 1]");
        }
    }

    @Test
    void sortsAndLimitsTheWholeResult() {
        QueryPlan counts = countByWord();
        QueryPlan plan = new QueryPlan.Limit(
                new QueryPlan.Sort(counts, List.of(new QueryPlan.Order(column(1, AtomicType.LONG), true, false))),
                0,
                1);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("b", 0, 1), row("b", 0, 1)))
                    .containsExactly("0 wm - [[b, 2]] dropped [0] state [2]");
        }
    }

    @Test
    void aLimitCountsRowsOfAllBatches() {
        QueryPlan plan = new QueryPlan.Limit(QueryHarness.events(), 0, 2);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step(row("a", 0, 1))).containsExactly("0 wm - [[a, 0s, 1]] dropped [0] state [1]");
            assertThat(query.step(row("b", 0, 1), row("c", 0, 1)))
                    .containsExactly("1 wm - [[b, 0s, 1]] dropped [0] state [1]");
            assertThat(query.step(row("d", 0, 1))).containsExactly("2 wm - [] dropped [0] state [1]");
        }
    }
}
