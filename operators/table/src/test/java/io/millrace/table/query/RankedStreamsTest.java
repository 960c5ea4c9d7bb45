// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.Refusals;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The best rows of each group of a stream, of which equal ones rank the same. */
class RankedStreamsTest {

    private static final String BY_KEY =
            "SELECT k, v, p FROM (SELECT k, v, %s() OVER (PARTITION BY k ORDER BY v DESC) AS p FROM s) WHERE p <= 2";
    private static final String BY_WINDOW =
            "SELECT w.start AS w, k, v FROM (SELECT w, k, v, rank() OVER (PARTITION BY w ORDER BY v DESC) AS p FROM"
                    + " (SELECT window(t, '10 seconds') AS w, k, v FROM s)) WHERE p <= 1";

    private final MemoryStream stream = MemoryStream.of("s", DataTypes.parseSchema("k string, v int, t timestamp"));
    private final TableSession session = TableSession.builder()
            .queryOptions(options -> options.withRefusals(Refusals.NONE))
            .build();

    @BeforeEach
    void view() {
        session.createTable(stream).withWatermark("t", "0 seconds").createOrReplaceTempView("s");
    }

    @AfterEach
    void close() {
        session.close();
    }

    private void add(String key, int value, long second) {
        stream.addRows(Row.of(key, value, Instant.ofEpochSecond(second)));
    }

    private static List<Row> rows(List<QueryBatch> batches) {
        return batches.stream().flatMap(batch -> batch.rows().stream()).toList();
    }

    @Test
    void updateModeGivesRowsWhoseRankIsNewOrHasChanged() {
        try (StepwiseQuery query =
                StepwiseQuery.start(session.sql(BY_KEY.formatted("dense_rank")), OutputMode.UPDATE)) {
            add("a", 5, 1);
            add("a", 5, 2);
            add("a", 3, 3);
            assertThat(rows(query.run()))
                    .containsExactlyInAnyOrder(Row.of("a", 5, 1), Row.of("a", 5, 1), Row.of("a", 3, 2));
            add("a", 7, 4);
            assertThat(rows(query.run()))
                    .containsExactlyInAnyOrder(Row.of("a", 7, 1), Row.of("a", 5, 2), Row.of("a", 5, 2));
        }
    }

    @Test
    void completeModeGivesAllTheBest() {
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(BY_KEY.formatted("rank")), OutputMode.COMPLETE)) {
            add("a", 5, 1);
            add("b", 1, 1);
            query.run();
            add("a", 5, 2);
            add("a", 3, 3);
            assertThat(rows(query.run()))
                    .containsExactlyInAnyOrder(Row.of("a", 5, 1), Row.of("a", 5, 1), Row.of("b", 1, 1));
        }
    }

    @Test
    void appendModeGivesTheBestOfAWindowWhenItIsOver() {
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(BY_WINDOW), OutputMode.APPEND)) {
            add("a", 5, 1);
            add("b", 5, 2);
            add("c", 4, 3);
            assertThat(rows(query.run())).isEmpty();
            add("d", 1, 30);
            assertThat(rows(query.run()))
                    .containsExactlyInAnyOrder(Row.of(Instant.EPOCH, "a", 5), Row.of(Instant.EPOCH, "b", 5));
        }
    }

    @Test
    void appendModeRefusesGroupsThatAreNeverOver() {
        assertThatThrownBy(() -> StepwiseQuery.start(session.sql(BY_KEY.formatted("rank")), OutputMode.APPEND))
                .asInstanceOf(type(AnalysisException.class))
                .satisfies(
                        error -> assertThat(error.condition()).isEqualTo("STREAMING_OUTPUT_MODE.UNSUPPORTED_OPERATION"))
                .satisfies(error -> assertThat(error).hasMessageContaining("without a watermark"));
    }

    @Test
    void theyAreRefusedUnlessAskedForAsInSpark() {
        try (TableSession usual = TableSession.builder().build()) {
            usual.createTable(stream).createOrReplaceTempView("s");
            assertThatThrownBy(() -> StepwiseQuery.start(usual.sql(BY_KEY.formatted("dense_rank")), OutputMode.UPDATE))
                    .asInstanceOf(type(AnalysisException.class))
                    .satisfies(error ->
                            assertThat(error.condition()).isEqualTo("NON_TIME_WINDOW_NOT_SUPPORTED_IN_STREAMING"))
                    .satisfies(error -> assertThat(error).hasMessageContaining("DENSE_RANK()"));
        }
    }
}
