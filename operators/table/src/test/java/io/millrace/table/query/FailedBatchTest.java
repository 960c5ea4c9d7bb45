// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.source.MemoryStream;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.DataTypes;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that ends with an error and is started again from its checkpoint runs the failed batch again: nothing is lost, nothing counts twice. */
class FailedBatchTest {

    private static final Instant LATER = Instant.ofEpochSecond(100);

    private final MemoryStream numbers = MemoryStream.of("numbers", DataTypes.parseSchema("word string, n int"));
    private final Remembering sink = new Remembering();

    @TempDir
    Path checkpoint;

    private static final class Remembering implements TableSink {
        final List<String> batches = new ArrayList<>();
        int failing;

        @Override
        public String description() {
            return "remembering";
        }

        @Override
        public void write(SinkBatch batch) {
            if (failing > 0) {
                failing--;
                throw new IllegalStateException("no room");
            }
            batches.add(batch.batchId() + " "
                    + batch.rows().stream().map(Row::toString).sorted().toList());
        }
    }

    private StreamingQuery start(TableSession session, HarnessJobs jobs, String sql) {
        session.createTable(numbers).createOrReplaceTempView("numbers");
        Table table = session.sql(sql);
        return table.writeStream()
                .queryName("repaired")
                .outputMode(OutputMode.UPDATE)
                .option("checkpointLocation", checkpoint.toString())
                .start(sink, jobs);
    }

    private static final String BROKEN = "SELECT word, count(*) AS c, sum(6 / n) AS s FROM numbers GROUP BY word";
    private static final String REPAIRED =
            "SELECT word, count(*) AS c, sum(try_divide(6, n)) AS s FROM numbers GROUP BY word";

    @Test
    void afterAnErrorOfAnExpression() {
        try (TableSession session = TableSession.builder().build()) {
            try (HarnessJobs jobs = new HarnessJobs()) {
                StreamingQuery query = start(session, jobs, BROKEN);
                numbers.addRows(Row.of("a", 1), Row.of("b", 2));
                jobs.harness().runBatches(2);
                numbers.addRows(Row.of("a", 3), Row.of("b", 0));
                numbers.addRows(Row.of("c", 2));
                jobs.harness().runUntil(() -> !query.isActive());

                assertThat(query.exception().orElseThrow().condition()).isEqualTo("DIVIDE_BY_ZERO");
                assertThat(sink.batches).containsExactly("0 [[a,1,6.0], [b,1,3.0]]");
            }
            numbers.addRows(Row.of("a", 6));
            try (HarnessJobs jobs = new HarnessJobs(LATER)) {
                start(session, jobs, REPAIRED);
                jobs.harness().runBatches(4);
            }
        }
        assertThat(sink.batches)
                .containsExactly("0 [[a,1,6.0], [b,1,3.0]]", "1 [[a,2,8.0], [b,2,3.0], [c,1,3.0]]", "2 [[a,3,9.0]]");
    }

    @Test
    void asLongAsNothingIsRepairedItFailsAgain() {
        try (TableSession session = TableSession.builder().build()) {
            numbers.addRows(Row.of("a", 0));
            for (int run = 0; run < 3; run++) {
                try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 100L))) {
                    StreamingQuery query = start(session, jobs, BROKEN);
                    jobs.harness().runUntil(() -> !query.isActive());
                    assertThat(query.exception().orElseThrow().condition()).isEqualTo("DIVIDE_BY_ZERO");
                }
            }
        }
        assertThat(sink.batches).isEmpty();
    }

    @Test
    void afterAnErrorOfTheSinkItIsToldTheSameBatch() {
        try (TableSession session = TableSession.builder().build()) {
            try (HarnessJobs jobs = new HarnessJobs()) {
                StreamingQuery query = start(session, jobs, BROKEN);
                numbers.addRows(Row.of("a", 1));
                jobs.harness().runBatches(2);
                sink.failing = 1;
                numbers.addRows(Row.of("a", 2));
                jobs.harness().runUntil(() -> !query.isActive());
                assertThat(query.exception().orElseThrow()).hasMessageContaining("no room");
            }
            numbers.addRows(Row.of("a", 3));
            try (HarnessJobs jobs = new HarnessJobs(LATER)) {
                start(session, jobs, BROKEN);
                jobs.harness().runBatches(3);
            }
        }
        assertThat(sink.batches).containsExactly("0 [[a,1,6.0]]", "1 [[a,2,9.0]]", "2 [[a,3,11.0]]");
    }
}
