// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Functions;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of the batch is one for all its rows, comes from the engine, and is the same when the batch is run again. */
class ClockFunctionsTest {

    private static final Instant NOON = Instant.parse("2024-02-29T12:00:00.123Z");
    private static final Schema NUMBERS = DataTypes.parseSchema("k string, n int, ts timestamp");

    private final TableSession session =
            TableSession.builder().clock(InstantSource.fixed(NOON)).build();
    private final MemoryStream numbers = MemoryStream.of("numbers", NUMBERS);

    @TempDir
    Path checkpoint;

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aFinishedTableHasTheTimeOfTheSession() {
        Row row = session.sql(
                        "SELECT current_timestamp(), current_timestamp, now(), localtimestamp(), current_date(), current_date, "
                                + "curdate(), unix_timestamp(), current_timezone(), hour(now()), "
                                + "date_diff(current_date, DATE '2024-02-01')")
                .collect()
                .get(0);
        LocalDate day = LocalDate.of(2024, 2, 29);
        assertThat(row).isEqualTo(Row.of(NOON, NOON, NOON, NOON, day, day, day, NOON.getEpochSecond(), "UTC", 12, 28));
        assertThat(session.sql("SELECT current_timestamp()").schema().field(0).name())
                .isEqualTo("current_timestamp()");
    }

    @Test
    void everyStepMayAskForIt() {
        Schema schema = DataTypes.parseSchema("k string, until timestamp");
        session.fromRows(
                        schema,
                        List.of(Row.of("a", NOON.plusSeconds(1)), Row.of("b", NOON), Row.of("c", NOON.minusSeconds(9))))
                .createOrReplaceTempView("t");
        assertThat(session.sql("SELECT k FROM t WHERE until > current_timestamp()")
                        .collect())
                .containsExactly(Row.of("a"));
        assertThat(session.sql("SELECT count(*) FILTER (WHERE until >= now()) AS c, "
                                + "sum(unix_timestamp(until) - unix_timestamp()) AS s FROM t")
                        .collect())
                .containsExactly(Row.of(2L, -8L));
        assertThat(session.sql("SELECT explode(array(until, now())) AS e FROM t WHERE k = 'a'")
                        .collect())
                .containsExactly(Row.of(NOON.plusSeconds(1)), Row.of(NOON));
        assertThat(session.sql("SELECT window(now(), '1 hour').start AS s, k FROM t WHERE k = 'b'")
                        .collect())
                .containsExactly(Row.of(Instant.parse("2024-02-29T12:00:00Z"), "b"));
        assertThat(session.sql("SELECT x.k, y.k FROM t x JOIN t y ON x.k = y.k AND x.until < now() AND y.until < now()")
                        .collect())
                .containsExactly(Row.of("c", "c"));
        assertThat(session.sql("SELECT x.k, y.k FROM t x LEFT JOIN t y ON x.k = y.k AND x.until > y.until - "
                                + "INTERVAL 1 SECOND AND greatest(x.until, y.until) > now() ORDER BY x.k")
                        .collect())
                .containsExactly(Row.of("a", "a"), Row.of("b", null), Row.of("c", null));
        assertThat(session.sql("SELECT k, now() AS t, count(*) AS c FROM t GROUP BY k HAVING max(until) > now()")
                        .collect())
                .containsExactly(Row.of("a", NOON, 1L));
        assertThat(session.sql("SELECT k, r FROM (SELECT k, row_number() OVER (PARTITION BY 1 ORDER BY "
                                + "abs(unix_timestamp(until) - unix_timestamp()) DESC, k) AS r FROM t) WHERE r <= 2")
                        .collect())
                .containsExactlyInAnyOrder(Row.of("c", 1), Row.of("a", 2));
        assertThat(session.sql("SELECT k, count(*) FILTER (WHERE until >= now()) OVER (ORDER BY k) AS c, "
                                + "max(now()) OVER (PARTITION BY until > now()) AS m, "
                                + "lag(until, 1, now()) OVER (ORDER BY k) AS b, "
                                + "dense_rank() OVER (ORDER BY until < now()) AS d FROM t")
                        .collect())
                .containsExactlyInAnyOrder(
                        Row.of("a", 1L, NOON, NOON, 1),
                        Row.of("b", 2L, NOON, NOON.plusSeconds(1), 1),
                        Row.of("c", 2L, NOON, NOON, 2));
        assertThat(session.sql("SELECT k FROM t ORDER BY abs(unix_timestamp(until) - unix_timestamp()) DESC, k")
                        .collect())
                .containsExactly(Row.of("c"), Row.of("a"), Row.of("b"));
    }

    @Test
    void aStreamHasTheTimeOfItsBatch() {
        Table table = session.createTable(numbers)
                .select(Functions.col("k"), Functions.current_timestamp().as("t"));
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.APPEND)) {
            List<Instant> times = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                numbers.addRows(Row.of("a", 1, null), Row.of("b", 2, null));
                for (QueryBatch batch : query.run()) {
                    assertThat(batch.rows()).hasSize(2);
                    assertThat(batch.rows().get(0).get(1))
                            .isEqualTo(batch.rows().get(1).get(1));
                    times.add(
                            (Instant) Objects.requireNonNull(batch.rows().get(0).get(1)));
                }
            }
            assertThat(times).hasSize(3).doesNotHaveDuplicates().isSorted();
            assertThat(times.get(2)).isBeforeOrEqualTo(query.harness().now());
        }
    }

    @Test
    void aConditionOnAFinishedTableIsCheckedInEachBatch() {
        Instant start = Instant.EPOCH;
        session.fromRows(
                        DataTypes.parseSchema("k string, until timestamp, v int"),
                        List.of(Row.of("a", start.plus(Duration.ofSeconds(2)), 7), Row.of("b", start, 8)))
                .createOrReplaceTempView("t");
        for (String sql : List.of(
                "SELECT s.n, t.v FROM s JOIN t ON s.k = t.k WHERE t.until > current_timestamp()",
                "SELECT s.n, t.v FROM s JOIN t ON s.k = t.k AND t.until > current_timestamp()",
                "SELECT s.n, t.v FROM t JOIN s ON s.k = t.k AND t.until > current_timestamp()")) {
            MemoryStream stream = MemoryStream.of("stream", NUMBERS);
            session.createTable(stream).createOrReplaceTempView("s");
            try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), OutputMode.APPEND)) {
                stream.addRows(Row.of("a", 1, null), Row.of("b", 2, null));
                assertThat(query.run().get(0).rows()).as(sql).containsExactly(Row.of(1, 7));
                query.harness().advance(Duration.ofSeconds(3));
                stream.addRows(Row.of("a", 3, null));
                assertThat(query.run().stream().flatMap(batch -> batch.rows().stream()))
                        .as(sql)
                        .isEmpty();
            }
        }
    }

    @Test
    void outerAndSemiJoinsCheckIt() {
        session.fromRows(
                        DataTypes.parseSchema("w string, k string, until timestamp, v int"),
                        List.of(Row.of("x", "a", Instant.ofEpochSecond(9_999), 7), Row.of("y", "b", Instant.EPOCH, 8)))
                .createOrReplaceTempView("t");
        outcomes("SELECT s.n, t.v FROM s LEFT JOIN t ON s.k = t.k AND t.until > now()", Row.of(1, 7), Row.of(2, null));
        outcomes("SELECT s.n, t.v FROM t RIGHT JOIN s ON s.k = t.k AND t.until > now()", Row.of(1, 7), Row.of(2, null));
        outcomes("SELECT s.n FROM s LEFT SEMI JOIN t ON s.k = t.k AND t.until > now()", Row.of(1));
        outcomes("SELECT s.n FROM s LEFT ANTI JOIN t ON s.k = t.k AND t.until > now()", Row.of(2));
        outcomes(
                "SELECT s.n, t.v FROM s JOIN t ON s.k = t.k AND (t.until > now() OR s.n = 2)",
                Row.of(1, 7),
                Row.of(2, 8));
        outcomes(
                "SELECT s.n, u.v + 1 FROM s JOIN (SELECT k, v FROM t WHERE until > now()) u ON s.k = u.k",
                Row.of(1, 8));
        outcomes("SELECT a.n, b.n FROM s a JOIN s b ON a.k = b.k AND (a.n = 1 OR b.ts > now())", Row.of(1, 1));
    }

    private void outcomes(String sql, Row... rows) {
        MemoryStream stream = MemoryStream.of("stream", NUMBERS);
        session.createTable(stream).createOrReplaceTempView("s");
        try (StepwiseQuery query = StepwiseQuery.start(session.sql(sql), OutputMode.APPEND)) {
            stream.addRows(Row.of("a", 1, null), Row.of("b", 2, null));
            assertThat(query.run().stream().flatMap(batch -> batch.rows().stream()))
                    .as(sql)
                    .containsExactlyInAnyOrder(rows);
        }
    }

    @Test
    void groupsMayBeOfTheTime() {
        session.createTable(numbers).createOrReplaceTempView("s");
        Table table = session.sql(
                "SELECT window(now(), '1 day').start AS day, count(*) AS c, max(unix_timestamp()) >= 0 AS ok FROM s "
                        + "GROUP BY window(now(), '1 day')");
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.UPDATE)) {
            numbers.addRows(Row.of("a", 1, null), Row.of("b", 2, null));
            assertThat(query.run().get(0).rows()).containsExactly(Row.of(Instant.EPOCH, 2L, true));
            numbers.addRows(Row.of("a", 1, null));
            assertThat(query.run().get(0).rows()).containsExactly(Row.of(Instant.EPOCH, 3L, true));
        }
    }

    @Test
    void whatIsTakenBackHasNoTime() {
        session.createTable(numbers).createOrReplaceTempView("s");
        Table table = session.sql(
                "SELECT c, max(t) AS t FROM (SELECT k, count(*) AS c, now() AS t FROM s GROUP BY k) GROUP BY c");
        assertThatThrownBy(() -> StepwiseQuery.start(table, OutputMode.UPDATE))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.condition()).isEqualTo("UNSUPPORTED_FEATURE.TIME_OF_BATCH_OF_CHANGES"));
    }

    @Test
    void aFinishedTableWithinAStreamHasNoTime() {
        session.fromRows(DataTypes.parseSchema("k string"), List.of(Row.of("a")))
                .createOrReplaceTempView("t");
        session.createTable(numbers).createOrReplaceTempView("s");
        refused(
                "SELECT s.n FROM s JOIN (SELECT k, current_timestamp() AS t FROM t) u ON s.k = u.k AND s.ts < u.t",
                "UNSUPPORTED_FEATURE.TIME_OF_BATCH_IN_FINISHED_TABLE");
    }

    private void refused(String sql, String condition) {
        assertThatThrownBy(() -> StepwiseQuery.start(session.sql(sql), OutputMode.APPEND))
                .isInstanceOfSatisfying(
                        AnalysisException.class, e -> assertThat(e.condition()).isEqualTo(condition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rand()", "rand(1)", "randn()", "uuid()", "shuffle(array(1))", "monotonically_increasing_id()"})
    void chanceIsRefused(String call) {
        assertThatThrownBy(() -> session.sql("SELECT " + call))
                .isInstanceOfSatisfying(
                        AnalysisException.class,
                        e -> assertThat(e.condition()).isEqualTo("UNSUPPORTED_FEATURE.NONDETERMINISTIC_FUNCTION"));
    }

    private static final class Told implements TableSink {
        final List<List<Row>> batches = new ArrayList<>();
        int failing;

        @Override
        public String description() {
            return "told";
        }

        @Override
        public void write(SinkBatch batch) {
            batches.add(batch.rows());
            if (failing > 0) {
                failing--;
                throw new IllegalStateException("no room");
            }
        }
    }

    @Test
    void aBatchThatIsRunAgainHasItsTime() {
        Told sink = new Told();
        Table table =
                session.createTable(numbers).selectExpr("k", "n", "current_timestamp() AS t", "unix_timestamp() AS u");
        try (HarnessJobs jobs = new HarnessJobs()) {
            StreamingQuery query = start(table, sink, jobs);
            numbers.addRows(Row.of("a", 1, null));
            jobs.harness().runBatches(2);
            sink.failing = 1;
            numbers.addRows(Row.of("a", 2, null), Row.of("b", 3, null));
            jobs.harness().runUntil(() -> !query.isActive());
        }
        numbers.addRows(Row.of("a", 4, null));
        try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(100_000))) {
            start(table, sink, jobs);
            jobs.harness().runBatches(3);
        }
        assertThat(sink.batches).hasSize(4);
        assertThat(sink.batches.get(1)).hasSize(2).isEqualTo(sink.batches.get(2));
        assertThat((Instant) Objects.requireNonNull(sink.batches.get(3).get(0).get(2)))
                .isAfterOrEqualTo(Instant.ofEpochSecond(100_000));
    }

    private StreamingQuery start(Table table, TableSink sink, HarnessJobs jobs) {
        return table.writeStream()
                .outputMode(OutputMode.APPEND)
                .option("checkpointLocation", checkpoint.toString())
                .start(sink, jobs);
    }
}
