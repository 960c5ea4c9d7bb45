// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.sink.file.RowFileSinks;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.DataTypes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A query with a checkpoint writes each row into files once, wherever it is cut off. */
class FileSinkRestartTest {

    private static final int RUNS = 8;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "parquet"})
    void everyRowIsInTheFilesOnce(String format) {
        everyRowIsInTheFilesOnce(format, List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "csv", "parquet"})
    void everyRowIsInTheFilesOfDirectoriesOnce(String format) {
        everyRowIsInTheFilesOnce(format, List.of("digit", "half"));
    }

    private void everyRowIsInTheFilesOnce(String format, List<String> partitionBy) {
        long seed = Long.getLong("millrace.seed", 20261124L);
        Random dice = new Random(seed);
        MemoryStream numbers = MemoryStream.of("numbers", DataTypes.parseSchema("n bigint"));
        Path files = directory.resolve("files");
        List<Long> expected = new ArrayList<>();
        long next = 0;
        try (TableSession session = TableSession.builder().build()) {
            session.createTable(numbers).createOrReplaceTempView("numbers");
            var table = session.sql(
                    partitionBy.isEmpty()
                            ? "SELECT n, n * 2 AS twice FROM numbers"
                            : "SELECT n % 3 AS digit, n, n * 2 AS twice, CASE WHEN n < 9 THEN 'a/b' END AS half FROM numbers");
            for (int run = 0; run < RUNS; run++) {
                try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                    table.writeStream()
                            .option(
                                    "checkpointLocation",
                                    directory.resolve("checkpoint").toString())
                            .start(
                                    RowFileSinks.of(
                                            format,
                                            files,
                                            new WriteRequest(
                                                    table.schema(),
                                                    OutputMode.APPEND,
                                                    FormatOptions.none(),
                                                    partitionBy)),
                                    jobs);
                    for (int step = 0; step < 3; step++) {
                        for (int i = dice.nextInt(4); i > 0; i--) {
                            numbers.addRows(Row.of(next));
                            expected.add(next++);
                        }
                        jobs.harness().runBatches(1 + dice.nextInt(2));
                    }
                    if (run == RUNS - 1) {
                        jobs.harness().runBatches(3);
                        jobs.harness().stop();
                    } else if (dice.nextBoolean()) {
                        numbers.addRows(Row.of(next));
                        expected.add(next++);
                        jobs.cutOffBeforeSinks();
                    } else {
                        jobs.harness().stop(false);
                    }
                }
            }
            List<Long> written = new ArrayList<>();
            for (Row row : session.read()
                    .format(format)
                    .schema("n bigint, twice bigint")
                    .load(files.toString())
                    .collect()) {
                assertThat(row.getLong(1)).isEqualTo(2 * row.getLong(0));
                written.add(row.getLong(0));
            }
            assertThat(written)
                    .as("%s with -Dmillrace.seed=%s", format, seed)
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
