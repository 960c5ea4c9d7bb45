// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.QueryHarness.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import java.util.List;
import org.junit.jupiter.api.Test;

/** First rows. What they must give is Spark's. */
class DeduplicateQueryTest {

    @Test
    void withoutAnEventTimeACombinationIsRememberedForEver() {
        QueryPlan plan = new QueryPlan.Deduplicate(QueryHarness.events(), List.of(0), false);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.UPDATE)) {
            assertThat(query.step(row("a", 0, 1), row("a", 1, 2)))
                    .containsExactly("0 wm - [[a, 0s, 1]] dropped [0] state [1]");
            assertThat(query.step(row("a", 2, 3), row(null, 3, 4)))
                    .containsExactly("1 wm - [[null, 3s, 4]] dropped [0] state [2]");
        }
    }

    @Test
    void withTheEventTimeAmongTheColumnsStateGoesWithTheWatermark() {
        QueryPlan plan =
                new QueryPlan.Deduplicate(QueryHarness.watched(QueryHarness.events(), 5), List.of(0, 1), false);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step(row("a", 1, 1), row("a", 1, 2), row("b", 2, 1)))
                    .containsExactly(
                            "0 wm - [[a, 1s, 1], [b, 2s, 1]] dropped [0] state [2]",
                            "1 wm -3s [] dropped [0] state [2]");
            assertThat(query.step(row("a", 20, 1), row("a", 20, 1)))
                    .containsExactly(
                            "2 wm -3s [[a, 20s, 1]] dropped [0] state [3]", "3 wm 15s [] dropped [0] state [1]");
            assertThat(query.step(row("a", 1, 1), row("b", 15, 1), row("c", 16, 1)))
                    .containsExactly("4 wm 15s [[c, 16s, 1]] dropped [2] state [2]");
        }
    }

    @Test
    void withinAWatermarkACombinationIsForgottenADelayAfterItsFirstRow() {
        QueryPlan plan = new QueryPlan.Deduplicate(QueryHarness.watched(QueryHarness.events(), 10), List.of(0), true);
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.APPEND)) {
            assertThat(query.step(row("a", 1, 1), row("b", 5, 1)))
                    .containsExactly(
                            "0 wm - [[a, 1s, 1], [b, 5s, 1]] dropped [0] state [2]",
                            "1 wm -5s [] dropped [0] state [2]");
            assertThat(query.step(row("a", 8, 1), row("b", 12, 1)))
                    .containsExactly("2 wm -5s [] dropped [0] state [2]", "3 wm 2s [] dropped [0] state [2]");
            assertThat(query.step(row("c", 21, 1)))
                    .containsExactly(
                            "4 wm 2s [[c, 21s, 1]] dropped [0] state [3]", "5 wm 11s [] dropped [0] state [2]");
            assertThat(query.step(row("a", 12, 1), row("b", 15, 1)))
                    .containsExactly("6 wm 11s [[a, 12s, 1]] dropped [0] state [3]");
            assertThat(query.step(row("a", 40, 1)))
                    .containsExactly("7 wm 11s [] dropped [0] state [3]", "8 wm 30s [] dropped [0] state [1]");
        }
    }
}
