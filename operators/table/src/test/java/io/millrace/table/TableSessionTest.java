// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.WatermarkReport;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.CheckReport;
import io.millrace.table.testkit.QueryBatch;
import io.millrace.table.testkit.StepFailedException;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSessionTest {

    private static final Schema WORDS = DataTypes.parseSchema("word string, n int");

    private final TableSession session = TableSession.builder().build();
    private final MemoryStream words = MemoryStream.of("words", WORDS);

    @AfterEach
    void close() {
        session.close();
    }

    @Test
    void aStreamIsSelectedAndFiltered() {
        Table table = session.createTable(words).where("n > 1").selectExpr("upper(word) AS w", "n + 1 AS m");
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.APPEND)) {
            assertThat(query.run()).isEmpty();
            words.addRows(Row.of("a", 1), Row.of("b", 2), Row.of("c", null));

            List<QueryBatch> batches = query.run();

            assertThat(batches).hasSize(1);
            assertThat(batches.get(0).batchId()).isZero();
            assertThat(batches.get(0).rows()).containsExactly(Row.of("B", 3));
            assertThat(batches.get(0).schema()).hasToString("w string, m int");
            assertThat(query.run()).isEmpty();
            words.addRows(Row.of("d", 0));
            assertThat(query.run())
                    .hasSize(1)
                    .first()
                    .extracting(QueryBatch::rows)
                    .isEqualTo(List.of());
        }
    }

    @Test
    void sqlFindsViews() {
        session.createTable(words).createOrReplaceTempView("words");
        try (StepwiseQuery query = StepwiseQuery.start(
                session.sql("SELECT word, n * 2 AS d FROM words WHERE word <> 'x'"), OutputMode.APPEND)) {
            words.addRows(Row.of("x", 1), Row.of("y", 2));

            assertThat(query.run().get(0).rows()).containsExactly(Row.of("y", 4));
        }
    }

    @Test
    void groupsAreCounted() {
        Table table = session.createTable(words).groupBy("word").count();
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.COMPLETE)) {
            words.addRows(Row.of("a", 1), Row.of("b", 2), Row.of("a", 3));
            assertThat(query.run().get(0).rows()).containsExactlyInAnyOrder(Row.of("a", 2L), Row.of("b", 1L));
            words.addRows(Row.of("b", 1));
            QueryBatch second = query.run().get(0);
            assertThat(second.rows()).containsExactlyInAnyOrder(Row.of("a", 2L), Row.of("b", 2L));
            assertThat(second.stateRows()).containsExactly(2L);
        }
    }

    @Test
    void stateAndNumbersGoOnFromACheckpoint(@TempDir Path directory) {
        Table table = session.createTable(words).groupBy("word").count();
        UUID id;
        try (StepwiseQuery query = StepwiseQuery.start(
                table, OutputMode.UPDATE, writer -> writer.option("checkpointLocation", directory.toString()))) {
            id = query.query().id();
            words.addRows(Row.of("a", 1), Row.of("b", 2));
            assertThat(query.run()).extracting(QueryBatch::batchId).containsExactly(0L);
        }
        try (StepwiseQuery query = StepwiseQuery.start(
                table, OutputMode.UPDATE, writer -> writer.option("checkpointLocation", directory.toString()))) {
            assertThat(query.query().id()).isEqualTo(id);
            words.addRows(Row.of("a", 3));
            List<QueryBatch> batches = query.run();

            assertThat(batches).extracting(QueryBatch::batchId).containsExactly(1L);
            assertThat(batches.get(0).rows()).containsExactly(Row.of("a", 2L));
        }
    }

    @Test
    void aStreamIsHeldAgainstTheBatchOverItsRows() {
        words.addRows(Row.of("a", 1), Row.of("b", 2));
        words.addRows(Row.of("a", 5));
        Table table = session.createTable(words);

        CheckReport sums = session.check(table.groupBy("word").sum("n"));
        assertThat(sums.difference()).isEmpty();
        assertThat(sums.rows()).isEqualTo(2);
        assertThat(sums.batches()).isEqualTo(2);
        assertThat(session.check(table.where("n > 1")).isEqual()).isTrue();
        assertThat(session.check(table.dropDuplicates("word")).isEqual()).isTrue();
    }

    @Test
    void aQuerySaysWhatItsWindowsWaitFor() {
        Schema events = DataTypes.parseSchema("ts timestamp, v int");
        MemoryStream fast = MemoryStream.of("fast", events);
        MemoryStream slow = MemoryStream.of("slow", events);
        Table table = session.createTable(fast)
                .withWatermark("ts", "10 seconds")
                .union(session.createTable(slow).withWatermark("ts", "5 seconds"))
                .groupBy(Functions.window(Functions.col("ts"), "10 seconds"))
                .count();
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.APPEND)) {
            fast.addRows(Row.of(Instant.parse("2024-01-01T00:01:00Z"), 1));
            query.run();
            assertThat(query.query().why().watermark()).isEmpty();
            assertThat(query.query().why().toString())
                    .contains("no watermark yet")
                    .contains("* MemoryStream[slow], column ts: no row has come yet");
            slow.addRows(Row.of(Instant.parse("2024-01-01T00:00:18Z"), 1));
            slow.addRows(
                    Row.of(Instant.parse("2024-01-01T00:00:19Z"), 1),
                    Row.of(null, 3),
                    Row.of(Instant.parse("2024-01-01T00:00:20Z"), 7),
                    Row.of(Instant.parse("2024-01-01T00:00:20Z"), 8));
            query.run();
            slow.addRows(Row.of(Instant.parse("2024-01-01T00:00:20Z"), 9));
            query.run();

            WatermarkReport why = query.query().why();
            assertThat(why.watermark()).contains(Instant.parse("2024-01-01T00:00:15Z"));
            assertThat(why.inputs()).hasSize(2);
            assertThat(why.toString())
                    .contains("the watermark is 2024-01-01T00:00:15Z")
                    .contains("* MemoryStream[slow], column ts: latest event time 2024-01-01T00:00:20Z of"
                            + " [2024-01-01T00:00:20Z] (row 2 of record 1 of block input-1-0-0), less PT5S")
                    .contains("  MemoryStream[fast], column ts: latest event time 2024-01-01T00:01:00Z");
        }
    }

    @Test
    void anErrorInAStepIsThrownWithItsCondition() {
        Table table = session.createTable(words).selectExpr("10 / n AS q");
        try (StepwiseQuery query = StepwiseQuery.start(table, OutputMode.APPEND)) {
            words.addRows(Row.of("a", 0));

            assertThatThrownBy(query::run)
                    .isInstanceOfSatisfying(
                            StepFailedException.class,
                            failed -> assertThat(failed.condition()).isEqualTo("DIVIDE_BY_ZERO"));
        }
    }

    @Test
    void finishedDataIsCollected() {
        Table table = session.fromRows(WORDS, List.of(Row.of("a", 1), Row.of("b", 2)));

        assertThat(table.where("n = 2").select("word").collect()).containsExactly(Row.of("b"));
        assertThatThrownBy(() -> session.createTable(words).collect())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("writeStream");
        assertThatThrownBy(() -> table.writeStream().format("console").start())
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("streaming");
        assertThatThrownBy(() -> session.table("nowhere"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("nowhere");
    }

    @Test
    void liveQueriesWriteTablesThatSqlFinds() throws Exception {
        Table table = session.createTable(words).selectExpr("word", "n");
        var query = table.writeStream().toTable("copy");
        words.addRows(Row.of("a", 1));
        query.processAllAvailable();
        words.addRows(Row.of("b", 2));
        query.processAllAvailable();

        assertThat(session.sql("SELECT word FROM copy WHERE n > 1").collect()).containsExactly(Row.of("b"));
        query.stop();
        assertThat(query.isActive()).isFalse();
        assertThat(session.streams().active()).isEmpty();
    }

    @Test
    void aBatchIsGivenToAFunctionAsATable() throws Exception {
        List<String> seen = new java.util.concurrent.CopyOnWriteArrayList<>();
        var query = session.createTable(words)
                .writeStream()
                .foreachBatch(
                        (batch, id) -> seen.add(id + " " + batch.where("n > 1").collect()))
                .start();
        words.addRows(Row.of("a", 1), Row.of("b", 2));
        query.processAllAvailable();
        query.stop();

        assertThat(seen).containsExactly("0 [[b,2]]");
    }
}
