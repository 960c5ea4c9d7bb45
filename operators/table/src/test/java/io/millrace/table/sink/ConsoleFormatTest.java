// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConsoleFormatTest {

    private static final Schema COUNTS = DataTypes.parseSchema("word string, count bigint");

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String print(Schema schema, int rows, int truncate, Row... values) throws Exception {
        SinkBatch batch = new SinkBatch(
                7,
                new BatchTime(0),
                schema,
                OutputMode.COMPLETE,
                List.of(RowForm.batch(schema, Arrays.asList(values))));
        ConsoleFormat.to(new PrintStream(bytes, true, UTF_8), rows, truncate).write(batch);
        return bytes.toString(UTF_8);
    }

    @Test
    void printsAsSparkDoes() throws Exception {
        assertThat(print(COUNTS, 20, 20, Row.of("blue", 2L), Row.of(null, 10L))).isEqualTo("""
                -------------------------------------------
                Batch: 7
                -------------------------------------------
                +----+-----+
                |word|count|
                +----+-----+
                |blue|    2|
                |NULL|   10|
                +----+-----+

                """);
    }

    @Test
    void anEmptyBatchHasItsColumns() throws Exception {
        assertThat(print(COUNTS, 20, 20)).endsWith("""
                +----+-----+
                |word|count|
                +----+-----+
                +----+-----+

                """);
    }

    @Test
    void moreRowsThanAreShownAreAnnounced() throws Exception {
        assertThat(print(COUNTS, 1, 20, Row.of("a", 1L), Row.of("b", 2L))).endsWith("""
                |   a|    1|
                +----+-----+
                only showing top 1 row

                """);
    }

    @Test
    void longCellsAreCutAndWholeOnesStandToTheLeft() throws Exception {
        assertThat(print(COUNTS, 20, 6, Row.of("a long word", 1L))).contains("|a l...|    1|");
        bytes.reset();
        assertThat(print(COUNTS, 20, 0, Row.of("a very long word, longer than twenty", 1L)))
                .contains("|a very long word, longer than twenty|1    |");
        bytes.reset();
        assertThat(print(COUNTS, 20, 3, Row.of("abcdef", 1L))).contains("|abc|");
    }

    @Test
    void writesEveryTypeAsSparkDoes() throws Exception {
        Schema schema = DataTypes.parseSchema(
                "w struct<start:timestamp,end:timestamp>, a array<int>, m map<string,double>, d decimal(5,2), t date, "
                        + "b binary, x boolean, i interval day to second, y interval year to month");
        Row row = Row.of(
                Row.of(Instant.parse("2024-01-01T00:00:00Z"), Instant.parse("2024-01-01T00:00:10.250Z")),
                Arrays.asList(1, null),
                Map.of("k", 1.0),
                new BigDecimal("1.5"),
                LocalDate.of(2024, 2, 29),
                new byte[] {0x4a, (byte) 0xff},
                true,
                Duration.ofMillis(93_784_500),
                Period.ofMonths(14));

        assertThat(print(schema, 20, 0, row))
                .contains(
                        "|{2024-01-01 00:00:00, 2024-01-01 00:00:10.25}|[1, NULL]|{k -> 1.0}|1.50|2024-02-29|[4A FF]|true|"
                                + "INTERVAL '1 02:03:04.5' DAY TO SECOND|INTERVAL '1-2' YEAR TO MONTH|");
    }

    @Test
    void controlCharactersAreEscapedAndWideOnesTakeTwoPlaces() throws Exception {
        assertThat(print(COUNTS, 20, 20, Row.of("a\nb", 1L), Row.of("漢字", 2L)))
                .contains("|a\\nb|    1|")
                .contains("|漢字|    2|")
                .contains("+----+-----+");
    }

    @Test
    void optionsAreChecked() {
        WriteRequest request =
                new WriteRequest(COUNTS, OutputMode.APPEND, new FormatOptions(Map.of("truncate", "much")), List.of());

        assertThatThrownBy(() -> new ConsoleFormat().sink(request))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("'truncate'")
                .hasMessageContaining("'much'");
        assertThat(new ConsoleFormat()
                        .sink(new WriteRequest(
                                COUNTS,
                                OutputMode.APPEND,
                                new FormatOptions(Map.of("TRUNCATE", "30", "numRows", "5")),
                                List.of()))
                        .description())
                .isEqualTo("ConsoleTable[numRows=5, truncate=30]");
    }
}
