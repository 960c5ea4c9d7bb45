// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where late rows can go: tables of the session, files, functions; and what becomes of a query that cannot have any. */
class LateRowsTablesTest {

    private static final long START = 1_000_000;
    private static final Schema EVENTS = DataTypes.parseSchema("word string, ts timestamp, n int, note string");
    private static TableSession session;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** Forgets the result. */
    private static final class Nowhere implements TableSink {
        @Override
        public String description() {
            return "nowhere";
        }

        @Override
        public void write(SinkBatch batch) {}
    }

    private static Table watermarked(MemoryStream events) {
        return session.createTable(events).withWatermark("ts", "2 seconds");
    }

    private static Row event(String word, long second) {
        return Row.of(word, Instant.ofEpochSecond(START + second), 1, "by hand");
    }

    private static Table windows(Table events) {
        return events.groupBy(io.millrace.table.Functions.window(io.millrace.table.Functions.col("ts"), "10 seconds"))
                .count();
    }

    /** Three batches, of which the last brings a row that is too late, and then one in time. */
    private static void feed(HarnessJobs jobs, MemoryStream events) {
        for (Row row : List.of(event("a", 1), event("b", 40), event("late", 2), event("c", 41))) {
            events.addRows(row);
            jobs.harness().runBatches(4);
        }
    }

    @Test
    void lateRowsAreATableOfTheSession() {
        MemoryStream events = MemoryStream.of("events", EVENTS);
        try (HarnessJobs jobs = new HarnessJobs()) {
            windows(watermarked(events))
                    .writeStream()
                    .lateRowsToTable("too_late")
                    .start(new Nowhere(), jobs);
            feed(jobs, events);
        }
        assertThat(session.sql(
                                "SELECT word, note, late_operator, unix_seconds(late_watermark) - 1000000 AS w FROM too_late")
                        .collect())
                .extracting(Row::toString)
                .containsExactly("[late,by hand,aggregate-0,38]");
    }

    @Test
    void severalOperatorsHaveATableEach() {
        MemoryStream events = MemoryStream.of("events", EVENTS);
        try (HarnessJobs jobs = new HarnessJobs()) {
            windows(watermarked(events).dropDuplicates("word", "ts"))
                    .writeStream()
                    .lateRowsToTable("several")
                    .start(new Nowhere(), jobs);
            feed(jobs, events);
        }
        assertThat(session.sql("SELECT word FROM several_dedupe_1").collect())
                .extracting(Row::toString)
                .containsExactly("[late]");
        assertThat(session.sql("SELECT word FROM several_aggregate_0").collect())
                .isEmpty();
    }

    @Test
    void lateRowsGoToFiles() throws IOException {
        MemoryStream events = MemoryStream.of("events", EVENTS);
        Path path = directory.resolve("late");
        try (HarnessJobs jobs = new HarnessJobs()) {
            windows(watermarked(events))
                    .writeStream()
                    .option("checkpointLocation", directory.resolve("log").toString())
                    .lateRowsTo("json", Map.of("path", path.toString()))
                    .start(new Nowhere(), jobs);
            feed(jobs, events);
            jobs.harness().stop();
        }
        List<String> lines = new ArrayList<>();
        try (var files = Files.walk(path)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(one -> one.getFileName().toString().endsWith(".jsonl"))
                    .toList()) {
                lines.addAll(Files.readAllLines(file));
            }
        }
        assertThat(lines).hasSize(1).allMatch(line -> line.contains("\"late_operator\":\"aggregate-0\""));
    }

    @Test
    void whereNoRowCanBeLateAskingForThemIsAnError() {
        MemoryStream events = MemoryStream.of("events", EVENTS);
        DataStreamWriter writer = session.createTable(events)
                .groupBy("word")
                .count()
                .writeStream()
                .outputMode("update")
                .lateRowsToTable("never");
        try (HarnessJobs jobs = new HarnessJobs()) {
            assertThatThrownBy(() -> writer.start(new Nowhere(), jobs))
                    .isInstanceOf(AnalysisException.class)
                    .hasMessageContaining("withWatermark");
        }
    }

    @Test
    void aFunctionThatDoesNotTakeLateRowsEndsTheQueryAndIsToldThemAgain() {
        MemoryStream events = MemoryStream.of("events", EVENTS);
        List<String> told = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            boolean fails = run == 0;
            try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                StreamingQuery query = windows(watermarked(events))
                        .writeStream()
                        .option("checkpointLocation", directory.resolve("again").toString())
                        .lateRows((rows, batch) -> {
                            if (fails) {
                                throw new IllegalStateException("no place for late rows");
                            }
                            told.add(batch + " " + rows.select("word").collect());
                        })
                        .start(new Nowhere(), jobs);
                if (fails) {
                    for (Row row : List.of(event("a", 1), event("b", 40), event("late", 2))) {
                        events.addRows(row);
                        jobs.harness().advance(Duration.ofMillis(40));
                    }
                    assertThat(query.exception().orElseThrow()).hasMessageContaining("no place for late rows");
                } else {
                    jobs.harness().runBatches(4);
                }
            }
        }
        assertThat(told).hasSize(1).allMatch(line -> line.endsWith("[[late]]"));
    }
}
