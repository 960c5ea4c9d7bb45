// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.AggregateQueryTest.aggregate;
import static io.millrace.table.execution.QueryHarness.row;
import static io.millrace.table.execution.TestAggregates.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Several operators with state in one query, outside append mode: what is taken back below must go above. */
class ChangingInputTest {

    /** How many words there are of each count. */
    private static QueryPlan countsOfCounts() {
        QueryPlan counts = aggregate(QueryHarness.events(), List.of(0), TestAggregates.count("n"));
        return aggregate(
                counts, List.of(1), TestAggregates.count("words"), TestAggregates.sum("s", column(1, AtomicType.LONG)));
    }

    @Test
    void completeModeShowsWhatHolds() {
        try (QueryHarness query = QueryHarness.run(countsOfCounts(), OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("b", 0, 1), row("c", 0, 1), row("c", 0, 1)))
                    .containsExactly("0 wm - [[1, 2, 2], [2, 1, 2]] dropped [0, 0] state [2, 3]");
            assertThat(query.step(row("a", 0, 1), row("b", 0, 1)))
                    .containsExactly("1 wm - [[2, 3, 6]] dropped [0, 0] state [1, 3]");
        }
    }

    @Test
    void updateModeShowsGroupsThatHaveChanged() {
        try (QueryHarness query = QueryHarness.run(countsOfCounts(), OutputMode.UPDATE)) {
            assertThat(query.step(row("a", 0, 1), row("b", 0, 1)))
                    .containsExactly("0 wm - [[1, 2, 2]] dropped [0, 0] state [1, 2]");
            assertThat(query.step(row("a", 0, 1)))
                    .containsExactly("1 wm - [[1, 1, 1], [2, 1, 2]] dropped [0, 0] state [2, 2]");
            assertThat(query.step(row("b", 0, 1))).containsExactly("2 wm - [[2, 2, 4]] dropped [0, 0] state [1, 2]");
        }
    }

    @Test
    void distinctRowsOfAChangingResultComeAndGo() {
        QueryPlan counts = aggregate(QueryHarness.events(), List.of(0), TestAggregates.count("n"));
        QueryPlan numbers = new QueryPlan.Project(
                counts,
                List.of(column(1, AtomicType.LONG)),
                new Schema(List.of(counts.schema().field(1))));
        QueryPlan different = new QueryPlan.Deduplicate(numbers, List.of(0), false);
        QueryPlan plan = aggregate(different, List.of(), TestAggregates.sum("s", column(0, AtomicType.LONG)));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("b", 0, 1), row("c", 0, 1), row("c", 0, 1)))
                    .containsExactly("0 wm - [[3]] dropped [0, 0, 0] state [1, 2, 3]");
            assertThat(query.step(row("a", 0, 1))).containsExactly("1 wm - [[3]] dropped [0, 0, 0] state [1, 2, 3]");
            assertThat(query.step(row("b", 0, 1))).containsExactly("2 wm - [[2]] dropped [0, 0, 0] state [1, 1, 3]");
        }
    }

    @Test
    void distinctAggregatesCountEqualArgumentsOnce() {
        QueryPlan plan = aggregate(
                QueryHarness.events(),
                List.of(0),
                TestAggregates.distinctSum("d", column(2, AtomicType.LONG)),
                TestAggregates.sum("s", column(2, AtomicType.LONG)),
                TestAggregates.count("n"));
        try (QueryHarness query = QueryHarness.run(plan, OutputMode.COMPLETE)) {
            assertThat(query.step(row("a", 0, 1), row("a", 0, 1), row("a", 0, 2), row("b", 0, null)))
                    .containsExactly("0 wm - [[a, 3, 4, 3], [b, null, null, 1]] dropped [0] state [2]");
            assertThat(query.step(row("a", 0, 2), row("a", 0, 5)))
                    .containsExactly("1 wm - [[a, 8, 11, 5], [b, null, null, 1]] dropped [0] state [2]");
        }
    }

    @Test
    void whatCannotBeTakenBackIsRefused() {
        QueryPlan counts = aggregate(QueryHarness.events(), List.of(0), TestAggregates.count("n"));
        QueryPlan plan =
                aggregate(new QueryPlan.Deduplicate(counts, List.of(1), false), List.of(), TestAggregates.count("m"));
        assertThatThrownBy(() -> QueryHarness.run(plan, OutputMode.COMPLETE))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("dropDuplicates of some of the columns");
    }

    /** Whatever comes in whatever batches, the last complete result is that of all rows at once. */
    @Test
    void manyBatchesGiveWhatOneGives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        try (QueryHarness query = QueryHarness.run(countsOfCounts(), OutputMode.COMPLETE)) {
            List<@Nullable Object[]> all = new ArrayList<>();
            String last = "";
            for (int batch = 0; batch < 20; batch++) {
                List<@Nullable Object[]> rows = new ArrayList<>();
                for (int i = random.nextInt(30); i >= 0; i--) {
                    rows.add(row("w" + random.nextInt(12), 0, 1));
                }
                all.addAll(rows);
                last = query.step(rows.toArray(new @Nullable Object[0][])).get(0);
            }
            assertThat(last)
                    .as("seed %d", seed)
                    .contains(expected(all))
                    .contains(local(all).substring(1));
        }
    }

    private static String expected(List<@Nullable Object[]> rows) {
        Map<Object, Long> counts = new HashMap<>();
        rows.forEach(one -> counts.merge(String.valueOf(one[0]), 1L, Long::sum));
        Map<Long, Long> words = new TreeMap<>();
        counts.values().forEach(count -> words.merge(count, 1L, Long::sum));
        List<String> lines = new ArrayList<>();
        words.forEach((n, count) -> lines.add("[" + n + ", " + count + ", " + n * count + "]"));
        lines.sort(null);
        return lines.toString();
    }

    private static String local(List<@Nullable Object[]> rows) {
        ColumnBatch batch = QueryHarness.rows(rows.toArray(new @Nullable Object[0][]));
        List<String> lines = new ArrayList<>();
        for (ColumnBatch result : LocalRun.run(countsOfCounts(), table -> List.of(batch))) {
            for (int row = 0; row < result.rows(); row++) {
                lines.add(QueryHarness.text(result.row(row)));
            }
        }
        lines.sort(null);
        return lines.toString();
    }
}
