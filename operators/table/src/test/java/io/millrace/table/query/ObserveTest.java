// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static io.millrace.table.Functions.avg;
import static io.millrace.table.Functions.col;
import static io.millrace.table.Functions.count;
import static io.millrace.table.Functions.count_distinct;
import static io.millrace.table.Functions.lit;
import static io.millrace.table.Functions.max;
import static io.millrace.table.Functions.sum;
import static io.millrace.table.Functions.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Observation;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metrics of rows that pass: of each batch, whatever becomes of its tasks, and of finished data. */
class ObserveTest {

    private static final Schema EVENTS = DataTypes.parseSchema("word string, ts timestamp, n int");
    private static TableSession session;

    private final MemoryStream events = MemoryStream.of("events", EVENTS);

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    private static Row event(String word, long second, int n) {
        return Row.of(word, Instant.ofEpochSecond(second), n);
    }

    private Table observed() {
        return session.createTable(events)
                .observe(
                        "input",
                        count(lit(1)).as("rows"),
                        sum(col("n")).as("total"),
                        max(col("ts")).as("latest"),
                        sum(col("n")).divide(count(col("n"))).as("mean"));
    }

    private static String metrics(StepwiseQuery query, String name) {
        return query.query().recentProgress().stream()
                .map(one -> one.batchId() + " "
                        + Objects.requireNonNull(one.observedMetrics().get(name))
                                .values())
                .toList()
                .toString();
    }

    @Test
    void eachBatchHasTheMetricsOfItsRows() {
        try (StepwiseQuery query = StepwiseQuery.start(observed().where("n > 2"), OutputMode.APPEND)) {
            events.addRows(event("a", 1, 1), event("b", 2, 3));
            events.addRows(event("c", 3, 8));
            assertThat(query.run().get(0).rows()).hasSize(2);
            events.addRows(event("d", 4, 5));
            query.run();

            assertThat(metrics(query, "input"))
                    .isEqualTo("[0 [3, 12, 1970-01-01T00:00:03Z, 4.0], 1 [1, 5, 1970-01-01T00:00:04Z, 5.0]]");
            StreamingQueryProgress last = Objects.requireNonNull(query.query().lastProgress());
            assertThat(last.json())
                    .endsWith(",\"observedMetrics\":{\"input\":{\"rows\":1,\"total\":5,"
                            + "\"latest\":\"1970-01-01 00:00:04\",\"mean\":5.0}}}");
        }
    }

    @Test
    void whatComesOutOfAnAggregationIsObservedAndABatchWithoutRowsHasMetricsToo() {
        Table closed = session.createTable(events)
                .withWatermark("ts", "0 seconds")
                .observe("in", count(lit(1)).as("rows"))
                .groupBy(window(col("ts"), "10 seconds"))
                .agg(count(lit(1)).as("c"))
                .observe("out", count(lit(1)).as("windows"), sum(col("c")).as("counted"));
        try (StepwiseQuery query = StepwiseQuery.start(closed, OutputMode.APPEND)) {
            events.addRows(event("a", 1, 1), event("b", 2, 3), event("c", 12, 3));
            query.run();

            assertThat(metrics(query, "in")).isEqualTo("[0 [3], 1 [0]]");
            assertThat(metrics(query, "out")).isEqualTo("[0 [0, null], 1 [1, 2]]");
            assertThat(Objects.requireNonNull(query.query().recentProgress().get(0))
                            .json())
                    .contains("\"out\":{\"windows\":0,\"counted\":null}");
        }
    }

    /** Its sides need different columns, so that the steps that observe are not the same. */
    @Test
    void aTableThatIsReadTwiceIsObservedOnce() {
        session.createTable(events).observe("in", count(lit(1)).as("rows")).createOrReplaceTempView("twice");
        Table joined = session.sql("SELECT x.word, y.n FROM twice AS x JOIN twice AS y ON x.word = y.word");
        try (StepwiseQuery query = StepwiseQuery.start(joined, OutputMode.APPEND)) {
            events.addRows(event("a", 1, 1), event("a", 2, 3), event("b", 2, 3));
            assertThat(query.run().get(0).rows()).hasSize(5);

            assertThat(metrics(query, "in")).isEqualTo("[0 [3]]");
        }
    }

    @Test
    void withoutMetricsTheReportIsAsBefore() {
        try (StepwiseQuery query = StepwiseQuery.start(session.createTable(events), OutputMode.APPEND)) {
            events.addRows(event("a", 1, 1));
            query.run();
            assertThat(Objects.requireNonNull(query.query().lastProgress()).json())
                    .doesNotContain("observedMetrics");
        }
    }

    @Test
    void metricsCountEveryRowOnceThoughExecutorsCrashAndTheQueryStartsAgain(@TempDir Path directory) {
        long seed = Long.getLong("millrace.seed", 20261123L);
        Random dice = new Random(seed);
        List<Long> expected = new ArrayList<>();
        List<Object> rows = new ArrayList<>();
        for (int run = 0; run < 4; run++) {
            try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                StreamingQuery query = observed()
                        .groupBy("word")
                        .count()
                        .writeStream()
                        .outputMode("update")
                        .option("checkpointLocation", directory.toString())
                        .start(new Ignored(), jobs);
                jobs.harness().runBatches(2);
                for (int step = 0; step < 5; step++) {
                    int count = 1 + dice.nextInt(20);
                    for (int i = 0; i < count; i++) {
                        events.addRows(event("w" + dice.nextInt(3), step, 1));
                    }
                    expected.add((long) count);
                    if (dice.nextInt(2) == 0) {
                        jobs.harness().crashExecutor(dice.nextInt(2));
                    }
                    jobs.harness().runBatches(3);
                }
                query.recentProgress()
                        .forEach(one -> rows.add(
                                Objects.requireNonNull(one.observedMetrics().get("input"))
                                        .get(0)));
                jobs.harness().stop();
            }
        }
        assertThat(rows).as("-Dmillrace.seed=%s", seed).isEqualTo(expected);
    }

    /** Takes batches for nothing. */
    private static final class Ignored implements TableSink {
        @Override
        public String description() {
            return "ignored";
        }

        @Override
        public void write(SinkBatch batch) {}
    }

    @Test
    void anObservationOfFinishedDataIsSetByItsFirstRun() throws InterruptedException {
        Observation observation = new Observation("numbers");
        Table table = session.fromRows(EVENTS, List.of(event("a", 1, 1), event("b", 2, 4)));
        Table observed = table.observe(
                observation, count(lit(1)).as("rows"), avg(col("n")).as("mean"));

        assertThat(observed.where("n > 1").collect()).hasSize(1);

        assertThat(observation.get()).isEqualTo(Map.of("rows", 2L, "mean", 2.5));
        assertThat(observation.getRow().values()).containsExactly(2L, 2.5);
        assertThatThrownBy(() -> table.observe(observation, count(lit(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only once");
        assertThatThrownBy(() -> session.createTable(events).observe(new Observation(), count(lit(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lastProgress()");
    }

    @Test
    void whatCannotBeObservedIsRefused() {
        Table table = session.createTable(events);
        assertThatThrownBy(() -> table.observe("", count(lit(1))))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("should be named");
        assertThatThrownBy(() -> table.observe("m", col("n")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("is no aggregate");
        assertThatThrownBy(() -> table.observe("m", count_distinct(col("n"))))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("distinct");
        assertThatThrownBy(() -> StepwiseQuery.start(
                        table.observe("m", count(lit(1))).where("n > 1").observe("m", count(lit(1))),
                        OutputMode.APPEND))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("`m`");
    }
}
