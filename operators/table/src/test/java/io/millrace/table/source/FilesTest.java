// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.table.AnalysisException;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesTest {

    private static final Schema WORDS = DataTypes.parseSchema("word string, n int");

    private static final Row NOTHING = Row.of(new @Nullable Object[] {null, null});

    @TempDir
    Path directory;

    private final TableFormats formats = new TableFormats(List.of());

    private Path file(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.writeString(file, text);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000L + name.hashCode() % 1_000));
        return file;
    }

    private FiniteSource table(String format, Optional<Schema> schema, Map<String, String> options) {
        FormatOptions all = new FormatOptions(options).with("path", directory.toString());
        return formats.find(format).table(new ReadRequest(schema, all));
    }

    private static List<Row> rows(FiniteSource table) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (ColumnBatch batch : table.read()) {
            rows.addAll(RowForm.rows(batch));
        }
        return rows;
    }

    @Test
    void readsLinesOfText() throws IOException {
        file("a.txt", "one\r\n\ntwo");
        file("_hidden.txt", "no");
        file(".hidden.txt", "no");

        assertThat(rows(table("text", Optional.empty(), Map.of())))
                .containsExactly(Row.of("one"), Row.of(""), Row.of("two"));
    }

    @Test
    void readsCsvWithHeaderAndWhatDoesNotFitAsNull() throws IOException {
        file("a.csv", "word,n\nblue,1\n\"a,b\",\ngreen,many\n");

        assertThat(rows(table("csv", Optional.of(WORDS), Map.of("header", "true"))))
                .containsExactly(Row.of("blue", 1), Row.of("a,b", null), Row.of("green", null));
        assertThat(rows(table("csv", Optional.of(WORDS), Map.of("header", "true", "mode", "dropMalformed"))))
                .containsExactly(Row.of("blue", 1), Row.of("a,b", null));
        assertThatThrownBy(() -> table("csv", Optional.of(WORDS), Map.of("header", "true", "mode", "FAILFAST"))
                        .read())
                .isInstanceOf(QueryExecutionException.class)
                .hasMessageContaining("line 4");
    }

    @Test
    void findsTypesOfCsv() throws IOException {
        file("a.csv", "i,l,d,t,s,b,x\n1,1,1,2024-01-01,a,true,\n2,99999999999,1.5,2024-01-01 10:00:00,2,false,\n");

        assertThat(table("csv", Optional.empty(), Map.of("header", "true", "inferSchema", "true"))
                        .schema())
                .hasToString("i int, l bigint, d double, t timestamp, s string, b boolean, x string");
        assertThat(table("csv", Optional.empty(), Map.of()).schema())
                .hasToString("_c0 string, _c1 string, _c2 string, _c3 string, _c4 string, _c5 string, _c6 string");
    }

    @Test
    void readsJson() throws IOException {
        file("a.json", "{\"n\":1,\"word\":\"blue\",\"more\":{\"x\":[1,2.5]}}\nbroken\n{\"word\":null}\n");

        assertThat(rows(table("json", Optional.of(WORDS), Map.of())))
                .containsExactly(Row.of("blue", 1), NOTHING, NOTHING);
        FiniteSource found = table("json", Optional.empty(), Map.of());
        assertThat(found.schema()).hasToString("more struct<x:array<double>>, n bigint, word string");
        assertThat(rows(found).get(0)).isEqualTo(Row.of(Row.of(List.of(1.0, 2.5)), 1L, "blue"));
    }

    @Test
    void aMissingPathAndAnUnknownFormatAreNamed() {
        assertThatThrownBy(() -> formats.find("csv")
                        .table(new ReadRequest(
                                Optional.empty(), FormatOptions.none().with("path", "/not/there"))))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("/not/there");
        assertThatThrownBy(() -> formats.find("orc"))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("orc")
                .hasMessageContaining("parquet");
        assertThatThrownBy(() -> formats.find("json").stream(
                        new ReadRequest(Optional.empty(), FormatOptions.none().with("path", "/tmp"))))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("Schema must be specified");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "parquet"})
    void whatIsWrittenIsReadAgain(String format) throws Exception {
        Schema schema = DataTypes.parseSchema("s string, i int, l bigint, d double, e decimal(20,3), t timestamp, "
                + "a date, x boolean, b binary, list array<string>, o struct<p:int,q:string>");
        List<Row> rows = List.of(
                Row.of(
                        "text \"quoted\"",
                        -1,
                        1L << 60,
                        0.1,
                        new BigDecimal("12345678901234567.125"),
                        Instant.parse("2024-01-01T00:00:00.123456Z"),
                        LocalDate.of(1969, 7, 20),
                        true,
                        new byte[] {0, 1},
                        List.of("x", "y"),
                        Row.of(1, "z")),
                Row.of(null, null, null, null, null, null, null, null, null, null, null));
        TableSink sink = formats.find(format)
                .sink(new WriteRequest(
                        schema, OutputMode.APPEND, FormatOptions.none().with("path", directory.toString()), List.of()));
        sink.write(
                new SinkBatch(0, new BatchTime(10), schema, OutputMode.APPEND, List.of(RowForm.batch(schema, rows))));
        sink.close();

        List<Row> read = rows(table(format, Optional.of(schema), Map.of()));

        assertThat(read).hasSize(2);
        for (int i = 0; i < schema.size(); i++) {
            if (rows.get(0).get(i) instanceof byte[] bytes) {
                assertThat((byte[]) read.get(0).get(i)).isEqualTo(bytes);
            } else {
                assertThat(read.get(0).get(i))
                        .as(schema.field(i).name())
                        .isEqualTo(rows.get(0).get(i));
            }
        }
        assertThat(read.get(1)).isEqualTo(rows.get(1));
        if (format.equals("parquet")) {
            assertThat(table(format, Optional.empty(), Map.of()).schema()).isEqualTo(schema);
        }
    }

    @Test
    void onlyTheColumnsAskedForAreReadOfParquet() throws Exception {
        Schema written = DataTypes.parseSchema("s string, i int, t timestamp");
        List<Row> rows = List.of(Row.of("no number", 1, Instant.EPOCH), Row.of("neither", 2, Instant.EPOCH));
        TableSink sink = formats.find("parquet")
                .sink(new WriteRequest(
                        written,
                        OutputMode.APPEND,
                        FormatOptions.none().with("path", directory.toString()),
                        List.of()));
        sink.write(
                new SinkBatch(0, new BatchTime(10), written, OutputMode.APPEND, List.of(RowForm.batch(written, rows))));
        sink.close();
        // s cannot be read as a timestamp
        Schema wrong = DataTypes.parseSchema("s timestamp, i int, missing bigint, t timestamp");
        FiniteSource all = table("parquet", Optional.of(wrong), Map.of());
        assertThatThrownBy(all::read).isInstanceOf(IOException.class);

        FiniteSource some = all.select(List.of(1, 2));

        assertThat(some.schema()).isEqualTo(DataTypes.parseSchema("i int, missing bigint"));
        assertThat(rows(some)).extracting(row -> row.get(0)).containsExactly(1, 2);
        assertThat(rows(some)).extracting(row -> row.get(1)).containsOnlyNulls();
    }

    @Test
    void aRowOfTextThatIsMalformedIsSoWhicheverColumnsAreAskedFor() throws IOException {
        file("a.csv", "one,1\ntwo,no number\n");
        FiniteSource all = table("csv", Optional.of(WORDS), Map.of("mode", "DROPMALFORMED"));

        assertThat(rows(all.select(List.of(0)))).containsExactly(Row.of("one"));
        FiniteSource strict = table("csv", Optional.of(WORDS), Map.of("mode", "FAILFAST"));
        assertThatThrownBy(strict.select(List.of(0))::read).hasMessageContaining("line 2");
    }

    @Test
    void aStreamOfFilesHasTheColumnsAskedFor() throws IOException {
        file("a.csv", "one,1\ntwo,2\n");
        try (BatchHarness harness = BatchHarness.create("files")) {
            StreamSource stream = formats.find("csv").stream(new ReadRequest(
                            Optional.of(WORDS), FormatOptions.none().with("path", directory.toString())))
                    .select(List.of(1));
            CollectedOutput<ColumnBatch> output = harness.collect(
                    stream.open(harness.context(), Reading.AVAILABLE_NOW).rows());
            harness.start();
            harness.runBatch();

            assertThat(output.last())
                    .singleElement()
                    .satisfies(batch -> assertThat(RowForm.rows(batch)).containsExactly(Row.of(1), Row.of(2)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "json", "text"})
    void bytesThatAreNoCharactersDoNotKeepAFileFromBeingRead(String format) throws IOException {
        String line = format.equals("json") ? "{\"value\":\"a?b\"}\n" : "a?b\n";
        byte[] bytes = (line + line).getBytes(StandardCharsets.ISO_8859_1);
        bytes[line.indexOf('?')] = (byte) 0xff;
        Files.write(directory.resolve("odd." + format), bytes);

        assertThat(rows(table(format, Optional.of(DataTypes.parseSchema("value string")), Map.of())))
                .containsExactly(Row.of("a\uFFFDb"), Row.of("a?b"));
    }

    @Test
    void aStreamReadsEachFileOnceAndSoManyPerBatch() throws IOException {
        for (int i = 0; i < 5; i++) {
            file("f" + i + ".csv", "w" + i + "," + i + "\n");
        }
        try (BatchHarness harness = BatchHarness.create("files")) {
            StreamSource stream = formats.find("csv").stream(new ReadRequest(
                    Optional.of(WORDS),
                    new FormatOptions(Map.of("path", directory.toString(), "maxFilesPerTrigger", "2"))));
            OpenSource open = stream.open(harness.context(), Reading.AVAILABLE_NOW);
            CollectedOutput<ColumnBatch> output = harness.collect(open.rows());
            harness.start();
            assertThat(open.drained().getAsBoolean()).isFalse();
            List<Integer> perBatch = new ArrayList<>();
            List<Row> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                harness.runBatch();
                List<Row> rows = new ArrayList<>();
                output.last().forEach(batch -> rows.addAll(RowForm.rows(batch)));
                perBatch.add(rows.size());
                all.addAll(rows);
            }

            assertThat(perBatch).containsExactly(2, 2, 1, 0);
            assertThat(all)
                    .containsExactlyInAnyOrderElementsOf(Arrays.asList(0, 1, 2, 3, 4).stream()
                            .map(i -> Row.of("w" + i, i))
                            .toList());
            assertThat(open.drained().getAsBoolean()).isTrue();
        }
    }
}
