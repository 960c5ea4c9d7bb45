// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.type.DataTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns in the names of directories. */
class PartitionedFilesTest {

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

    private List<String> directories() throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            return paths.filter(Files::isDirectory)
                    .map(path -> directory.relativize(path).toString())
                    .filter(path -> path.contains("="))
                    .sorted()
                    .toList();
        }
    }

    private void file(String place, String text) throws IOException {
        Path file = directory.resolve(place);
        Files.createDirectories(file.resolve(".."));
        Files.writeString(file, text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "parquet"})
    void writesDirectoriesAndReadsTheirColumnsBack(String format) throws IOException {
        Table rows = session.fromRows(
                DataTypes.parseSchema("day date, word string, n int, hour int"),
                List.of(
                        Row.of(LocalDate.of(2024, 1, 31), "blue", 1, 7),
                        Row.of(LocalDate.of(2024, 2, 1), "green", 2, 7),
                        Row.of(LocalDate.of(2024, 1, 31), "red", 3, 8),
                        Row.of(LocalDate.of(2024, 1, 31), "white", 4, null)));

        rows.write().format(format).partitionBy("day", "HOUR").save(directory.toString());
        Table read = session.read().format(format).option("inferSchema", true).load(directory.toString());

        assertThat(directories())
                .containsExactly(
                        "day=2024-01-31",
                        "day=2024-01-31/hour=7",
                        "day=2024-01-31/hour=8",
                        "day=2024-01-31/hour=__HIVE_DEFAULT_PARTITION__",
                        "day=2024-02-01",
                        "day=2024-02-01/hour=7");
        List<String> names = format.equals("csv") ? List.of("_c0", "_c1") : List.of("word", "n");
        assertThat(read.schema().toString()).endsWith("day date, hour int");
        assertThat(read.select(names.get(0), names.get(1), "day", "hour").collect().stream()
                        .map(row -> row.getString(0) + " " + row.get(1) + " " + row.getDate(2) + " " + row.get(3)))
                .containsExactlyInAnyOrder(
                        "blue 1 2024-01-31 7", "green 2 2024-02-01 7", "red 3 2024-01-31 8", "white 4 2024-01-31 null");
        assertThat(read.where("day = DATE '2024-02-01'").collect()).hasSize(1);
    }

    @Test
    void writesAndReadsNamesWithSparksEscapes() throws IOException {
        Table rows = session.fromRows(
                DataTypes.parseSchema("value string, `a:b` string"),
                List.of(Row.of("one", "x/y=z%?"), Row.of("two", ""), Row.of("three", "\u00fc \n{}")));

        rows.write().format("text").partitionBy("a:b").save(directory.toString());

        assertThat(directories())
                .containsExactlyInAnyOrder(
                        "a%3Ab=x%2Fy%3Dz%25%3F", "a%3Ab=__HIVE_DEFAULT_PARTITION__", "a%3Ab=\u00fc %0A%7B}");
        assertThat(session.read().text(directory.toString()).collect())
                .containsExactlyInAnyOrder(
                        Row.of("one", "x/y=z%?"), Row.of("two", null), Row.of("three", "\u00fc \n{}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1;2;int",
                "1;3000000000;bigint",
                "1;1.5;double",
                "3000000000;1.5;string",
                "99999999999999999999;1;decimal(20,0)",
                "2024-01-31;2024-02-01;date",
                "2024-01-31;2024-02-01 10%3A00%3A00;timestamp",
                "2024-01-31;7;string",
                "1;__HIVE_DEFAULT_PARTITION__;int",
                "__HIVE_DEFAULT_PARTITION__;__HIVE_DEFAULT_PARTITION__;string",
                "true;false;string",
                "01x;1d;string"
            })
    void findsTypesAsSparkDoes(String one, String other, String type) throws IOException {
        file("k=" + one + "/a.txt", "x\n");
        file("k=" + other + "/b.txt", "y\n");

        assertThat(session.read().text(directory.toString()).schema()).hasToString("value string, k " + type);
    }

    @Test
    void takesTypesAndPlacesFromASchemaThatHasThem() throws IOException {
        file("k=1/_hidden=2/a.json", "{\"n\": 5, \"k\": 9}\n");
        file("k=2/_hidden=2/b.json", "{\"n\": 6}\n");

        Table read = session.read().schema("k string, n bigint").json(directory.toString());

        assertThat(read.schema()).hasToString("k string, n bigint, _hidden int");
        assertThat(read.collect()).containsExactlyInAnyOrder(Row.of("1", 5L, 2), Row.of("2", 6L, 2));
        assertThatThrownBy(() -> session.read()
                        .schema("k date, n bigint")
                        .json(directory.toString())
                        .collect())
                .isInstanceOf(QueryExecutionException.class)
                .hasMessageContaining("k=1")
                .hasMessageContaining("no date");
    }

    @Test
    void refusesFilesOfDifferentColumns() throws IOException {
        file("k=1/a.txt", "x\n");
        file("j=1/b.txt", "y\n");

        assertThatThrownBy(() -> session.read().text(directory.toString()))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("[k]")
                .hasMessageContaining("[j]");
    }

    @Test
    void streamsFilesOfNewDirectories() throws Exception {
        file("day=2024-01-31/a.json", "{\"n\": 1}\n");
        Table stream = session.readStream().schema("n bigint").json(directory.toString());
        assertThat(stream.schema()).hasToString("n bigint, day date");
        StreamingQuery query = stream.writeStream().toTable("of_days");

        query.processAllAvailable();
        file("day=2024-02-01/.b.json", "{\"n\": 2}\n");
        Files.move(directory.resolve("day=2024-02-01/.b.json"), directory.resolve("day=2024-02-01/b.json"));
        awaitRows(query, "of_days", 2);
        query.stop();

        assertThat(session.table("of_days").collect())
                .containsExactlyInAnyOrder(Row.of(1L, LocalDate.of(2024, 1, 31)), Row.of(2L, LocalDate.of(2024, 2, 1)));
    }

    /** Until the stream has looked at the directory again, which it does every 100 ms. */
    private static void awaitRows(StreamingQuery query, String table, int rows) throws InterruptedException {
        for (int turn = 0; turn < 3_000 && session.table(table).collect().size() < rows; turn++) {
            query.processAllAvailable();
        }
    }

    @Test
    void refusesColumnsThatCannotBeNames() {
        Table rows = session.sql("SELECT 1 AS n, array(1) AS list");

        assertRefused(rows, "PARTITION_COLUMN_NOT_FOUND_IN_SCHEMA", "day");
        assertRefused(rows, "INVALID_PARTITION_COLUMN_DATA_TYPE", "list");
        assertRefused(rows, "ALL_PARTITION_COLUMNS_NOT_ALLOWED", "n");
    }

    private void assertRefused(Table rows, String condition, String... columns) {
        Table wanted = condition.startsWith("ALL") ? rows.select("n") : rows;
        assertThatThrownBy(
                        () -> wanted.write().format("json").partitionBy(columns).save(directory.toString()))
                .isInstanceOf(AnalysisException.class)
                .extracting(e -> ((AnalysisException) e).condition())
                .isEqualTo(condition);
    }
}
