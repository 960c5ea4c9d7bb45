// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateTest {

    private final TableFormats formats = new TableFormats(List.of());

    private List<List<Row>> batches(String format, int count, Map<String, String> options) {
        StreamSource stream =
                formats.find(format).stream(new ReadRequest(Optional.empty(), new FormatOptions(options)));
        try (BatchHarness harness = BatchHarness.create("rate")) {
            CollectedOutput<ColumnBatch> output = harness.collect(stream.open(harness.context()));
            harness.start();
            List<List<Row>> batches = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                harness.runBatch();
                List<Row> rows = new ArrayList<>();
                output.last().forEach(batch -> rows.addAll(RowForm.rows(batch)));
                rows.sort((a, b) -> Long.compare(a.getLong(1), b.getLong(1)));
                batches.add(rows);
            }
            return batches;
        }
    }

    @Test
    void rowsComeByTheClock() {
        List<List<Row>> batches = batches("rate", 3, Map.of("rowsPerSecond", "4", "numPartitions", "3"));

        assertThat(batches.get(0))
                .containsExactly(
                        Row.of(Instant.parse("1970-01-01T00:00:00Z"), 0L),
                        Row.of(Instant.parse("1970-01-01T00:00:00.250Z"), 1L),
                        Row.of(Instant.parse("1970-01-01T00:00:00.500Z"), 2L),
                        Row.of(Instant.parse("1970-01-01T00:00:00.750Z"), 3L));
        assertThat(batches.get(1).get(0)).isEqualTo(Row.of(Instant.parse("1970-01-01T00:00:01Z"), 4L));
        assertThat(batches.get(2)).hasSize(4);
    }

    @Test
    void theRateGrowsFirst() {
        List<List<Row>> batches = batches("rate", 6, Map.of("rowsPerSecond", "100", "rampUpTime", "4s"));

        // half of the full rate on average: 100 * t * t / 8 rows until t
        assertThat(batches.stream().map(List::size)).containsExactly(13, 37, 63, 87, 100, 100);
        for (List<Row> batch : batches) {
            for (int i = 1; i < batch.size(); i++) {
                assertThat(batch.get(i).getTimestamp(0))
                        .isAfterOrEqualTo(batch.get(i - 1).getTimestamp(0));
            }
        }
    }

    @Test
    void everyBatchHasAsManyRows() {
        List<List<Row>> batches = batches(
                "rate-micro-batch",
                2,
                Map.of("rowsPerBatch", "3", "startTimestamp", "1000", "advanceMillisPerBatch", "50"));

        assertThat(batches.get(0)).extracting(row -> row.getLong(1)).containsExactly(0L, 1L, 2L);
        assertThat(batches.get(0)).extracting(row -> row.getTimestamp(0)).containsOnly(Instant.ofEpochMilli(1_000));
        assertThat(batches.get(1)).extracting(row -> row.getLong(1)).containsExactly(3L, 4L, 5L);
        assertThat(batches.get(1)).extracting(row -> row.getTimestamp(0)).containsOnly(Instant.ofEpochMilli(1_050));
    }

    @Test
    void optionsAreChecked() {
        assertThatThrownBy(() -> batches("rate", 1, Map.of("rowsPerSecond", "0")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("rowsPerSecond");
        assertThatThrownBy(() -> batches("rate-micro-batch", 1, Map.of()))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("rowsPerBatch");
    }
}
