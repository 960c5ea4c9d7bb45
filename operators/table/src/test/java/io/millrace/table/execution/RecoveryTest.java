// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static io.millrace.table.execution.AggregateQueryTest.aggregate;
import static io.millrace.table.execution.QueryHarness.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.log.FileLogStorage;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a query knows outlives executors and, with a checkpoint, the job: groups, watermarks, timers and the number of the next batch. */
class RecoveryTest {

    private static QueryPlan windows() {
        QueryPlan windows = QueryHarness.windows(QueryHarness.watched(QueryHarness.events(), 0), 10, 10);
        return aggregate(windows, List.of(3, 0), TestAggregates.count("n"));
    }

    @Test
    void windowsCloseAlthoughEveryExecutorHasDied() {
        try (QueryHarness query = QueryHarness.run(windows(), OutputMode.APPEND)) {
            assertThat(query.step(row("a", 1, 1), row("b", 2, 1))).hasSize(2);
            query.crash(0);
            assertThat(query.step(row("a", 3, 1)))
                    .containsExactly("2 wm 2s [] dropped [0] state [2]", "3 wm 3s [] dropped [0] state [2]");
            query.crash(1);
            assertThat(query.step(row("c", 12, 1)))
                    .containsExactly(
                            "4 wm 3s [] dropped [0] state [3]",
                            "5 wm 12s [[[0s, 10s], a, 2], [[0s, 10s], b, 1]] dropped [0] state [1]");
        }
    }

    @Test
    void aLaterRunGoesOnWhereTheLastOneEnded(@TempDir Path directory) throws Exception {
        try (QueryHarness first =
                QueryHarness.durable(windows(), OutputMode.APPEND, new FileLogStorage(directory), Instant.EPOCH)) {
            assertThat(first.step(row("a", 1, 1), row("b", 2, 1))).hasSize(2);
            first.stop();
        }
        try (QueryHarness second = QueryHarness.durable(
                windows(), OutputMode.APPEND, new FileLogStorage(directory), Instant.ofEpochSecond(100))) {
            assertThat(second.step(row("c", 12, 1)))
                    .containsExactly(
                            "2 wm 2s [] dropped [0] state [3]",
                            "3 wm 12s [[[0s, 10s], a, 1], [[0s, 10s], b, 1]] dropped [0] state [1]");
        }
    }
}
