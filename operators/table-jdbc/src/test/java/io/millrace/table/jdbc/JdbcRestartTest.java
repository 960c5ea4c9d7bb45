// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.sink.TransactionalTableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.ForgetfulSink;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.DataTypes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A query with a checkpoint writes each row into the database once, wherever it is cut off. */
@Timeout(60)
class JdbcRestartTest {

    private static final int RUNS = 5;

    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource({"H2,APPEND", "H2,UPDATE", "H2,COMPLETE", "POSTGRES,UPDATE"})
    void everyRowIsThereOnce(Server server, OutputMode mode) throws Exception {
        boolean append = mode == OutputMode.APPEND;
        server.with("result (word VARCHAR(9)" + (append ? "" : " PRIMARY KEY") + ", n BIGINT)");
        long seed = Long.getLong("millrace.seed", 20261123L);
        Random dice = new Random(seed);
        MemoryStream words = MemoryStream.of("words", DataTypes.parseSchema("word string, n int"));
        Map<String, Long> expected = new TreeMap<>();
        try (TableSession session = TableSession.builder().build()) {
            session.createTable(words).createOrReplaceTempView("words");
            Table table = session.sql(
                    append
                            ? "SELECT word, CAST(n AS bigint) AS n FROM words"
                            : "SELECT word, sum(n) AS n FROM words GROUP BY word");
            for (int run = 0; run < RUNS; run++) {
                try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                    boolean last = run == RUNS - 1;
                    TransactionalTableSink sink = sink(server, table, mode);
                    StreamingQuery query = table.writeStream()
                            .outputMode(mode)
                            .option("checkpointLocation", directory.toString())
                            .start(last ? sink : new ForgetfulSink(sink, dice), jobs);
                    for (int step = 0; step < 3; step++) {
                        for (int i = dice.nextInt(4); i > 0; i--) {
                            add(words, expected, dice);
                        }
                        jobs.harness().advance(Duration.ofMillis(10L + dice.nextInt(20)));
                    }
                    if (last) {
                        jobs.harness().advance(Duration.ofMillis(50));
                        jobs.harness().stop();
                    } else if (dice.nextBoolean()) {
                        add(words, expected, dice);
                        jobs.cutOffBeforeSinks();
                    } else if (query.isActive()) {
                        jobs.harness().stop(false);
                    }
                }
            }
        }
        Map<String, Long> written = new TreeMap<>();
        for (String row : server.rows("SELECT word, n FROM result")) {
            int comma = row.indexOf(',');
            written.merge(row.substring(0, comma), Long.parseLong(row.substring(comma + 1)), Long::sum);
        }
        assertThat(written).as("-Dmillrace.seed=%s", seed).isEqualTo(expected);
        assertThat(expected).isNotEmpty();
    }

    private static void add(MemoryStream words, Map<String, Long> expected, Random dice) {
        String word = "w" + dice.nextInt(6);
        int n = dice.nextInt(100);
        words.addRows(Row.of(word, n));
        expected.merge(word, (long) n, Long::sum);
    }

    private static TransactionalTableSink sink(Server server, Table table, OutputMode mode) {
        Map<String, String> options = new HashMap<>(server.options());
        options.put("dbtable", "result");
        if (mode == OutputMode.UPDATE) {
            options.put("keyColumns", "word");
        }
        return (TransactionalTableSink)
                new JdbcFormat().sink(new WriteRequest(table.schema(), mode, new FormatOptions(options), List.of()));
    }
}
