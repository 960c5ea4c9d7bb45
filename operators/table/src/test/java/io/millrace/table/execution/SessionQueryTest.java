// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.QueryHarness.row;
import static io.millrace.table.execution.TestAggregates.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.expression.Expression;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions. What they must give is Spark's. */
class SessionQueryTest {

    /** Sessions of words with a gap of five seconds, or of {@code v} seconds. */
    static QueryPlan sessions(QueryPlan input, List<Integer> keys, Expression gap) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("s", QueryHarness.windowType(), false, true));
        keys.forEach(key -> fields.add(input.schema().field(key)));
        fields.add(Field.of("n", AtomicType.LONG));
        return new QueryPlan.SessionAggregate(
                input,
                keys,
                0,
                column(1, AtomicType.TIMESTAMP),
                gap,
                List.of(TestAggregates.count("n")),
                new Schema(fields));
    }

    private static Expression fiveSeconds() {
        return new Expression.Literal(5_000_000L, AtomicType.DAY_TIME_INTERVAL);
    }

    private static QueryPlan byWord(int delaySeconds) {
        return sessions(QueryHarness.watched(QueryHarness.events(), delaySeconds), List.of(0), fiveSeconds());
    }

    @Test
    void sessionsThatTouchAreOne() {
        try (QueryHarness query = QueryHarness.run(byWord(10), OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("a", 5, 1), row("a", 10.000001, 1), row("b", 20, 1)))
                    .containsExactly("0 wm - [[[0s, 10s], a, 2], [[10000001us, 15000001us], a, 1],"
                            + " [[20s, 25s], b, 1]] dropped [0] state [3]");
            assertThat(query.step(row("b", 24.999999, 1)))
                    .containsExactly("1 wm 10s [[[0s, 10s], a, 2], [[10000001us, 15000001us], a, 1],"
                            + " [[20s, 29999999us], b, 2]] dropped [0] state [3]");
        }
    }

    @Test
    void lateRowsAreThoseWhoseOwnSessionHasEnded() {
        try (QueryHarness query = QueryHarness.run(byWord(5), OutputMode.APPEND)) {
            assertThat(query.step(row("a", 20, 1)))
                    .containsExactly("0 wm - [] dropped [0] state [1]", "1 wm 15s [] dropped [0] state [1]");
            assertThat(query.step(row("a", 9, 1), row("a", 10, 1), row("a", 11, 1), row("a", 16, 1)))
                    .containsExactly("2 wm 15s [] dropped [2] state [1]");
            assertThat(query.step(row("a", 45, 1)))
                    .containsExactly(
                            "3 wm 15s [] dropped [0] state [2]", "4 wm 40s [[[11s, 25s], a, 3]] dropped [0] state [1]");
            assertThat(query.step(row("a", 90, 1)))
                    .containsExactly(
                            "5 wm 40s [] dropped [0] state [2]", "6 wm 85s [[[45s, 50s], a, 1]] dropped [0] state [1]");
        }
    }

    @Test
    void aSessionThatFillsAGapJoinsItsNeighbours() {
        try (QueryHarness query = QueryHarness.run(byWord(100), OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("a", 8, 1), row("b", 4, 1)))
                    .containsExactly(
                            "0 wm - [[[0s, 5s], a, 1], [[4s, 9s], b, 1], [[8s, 13s], a, 1]] dropped [0] state [3]");
            assertThat(query.step(row("a", 4, 1), row("c", 1, 1)))
                    .containsExactly(
                            "1 wm -92s [[[0s, 13s], a, 3], [[1s, 6s], c, 1], [[4s, 9s], b, 1]] dropped [0] state [3]");
        }
    }

    @Test
    void rowsWithoutAGapAreLeftOut() {
        Expression gap = new Expression.Reference(2, AtomicType.DAY_TIME_INTERVAL, true, "v");
        QueryPlan watched = QueryHarness.watched(QueryHarness.events(), 0);
        try (QueryHarness query = QueryHarness.run(sessions(watched, List.of(0), gap), OutputMode.COMPLETE)) {
            assertThat(query.step(
                            row("a", 0, 0), row("a", 1, -1), row("a", 2, null), row("a", 3, 7), row("a", null, 7)))
                    .containsExactly("0 wm - [[[3s, 3000007us], a, 1]] dropped [0] state [1]");
        }
    }
}
