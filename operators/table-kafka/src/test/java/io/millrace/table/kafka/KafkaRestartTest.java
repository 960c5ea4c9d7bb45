// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryListener;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queries with a checkpoint that are cut off and go on. */
@Timeout(90)
class KafkaRestartTest {

    private static final int RUNS = 4;

    @TempDir
    Path directory;

    private static TransactionalTableSink sink(Table table, Topic topic) {
        Map<String, String> options = Topic.options();
        options.put("topic", topic.name);
        options.put("commitsTopic", topic.name + "-commits");
        return (TransactionalTableSink) new KafkaFormat()
                .sink(new WriteRequest(table.schema(), OutputMode.APPEND, new FormatOptions(options), List.of()));
    }

    @Test
    void writesEveryRowOnceWhereverItIsCutOff() throws Exception {
        Topic topic = new Topic(1);
        long seed = Long.getLong("millrace.seed", 20261123L);
        Random dice = new Random(seed);
        MemoryStream numbers = MemoryStream.of("numbers", DataTypes.parseSchema("n bigint"));
        List<String> expected = new ArrayList<>();
        try (TableSession session = TableSession.builder().build()) {
            Table table = session.createTable(numbers).selectExpr("CAST(n AS string) AS value");
            for (int run = 0; run < RUNS; run++) {
                boolean last = run == RUNS - 1;
                try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                    TransactionalTableSink sink = sink(table, topic);
                    StreamingQuery query = table.writeStream()
                            .option("checkpointLocation", directory.toString())
                            .start(last ? sink : new ForgetfulSink(sink, dice), jobs);
                    for (int step = 0; step < 3; step++) {
                        for (int i = dice.nextInt(4); i > 0; i--) {
                            add(numbers, expected);
                        }
                        jobs.harness().advance(Duration.ofMillis(10L + dice.nextInt(20)));
                    }
                    if (last) {
                        jobs.harness().advance(Duration.ofMillis(50));
                        jobs.harness().stop();
                    } else if (dice.nextBoolean()) {
                        add(numbers, expected);
                        jobs.cutOffBeforeSinks();
                    } else if (query.isActive()) {
                        jobs.harness().stop(false);
                    }
                }
            }
        }
        assertThat(topic.values()).as("-Dmillrace.seed=%s", seed).isEqualTo(expected);
    }

    private static void add(MemoryStream numbers, List<String> expected) {
        numbers.addRows(Row.of((long) expected.size()));
        expected.add(String.valueOf(expected.size()));
    }

    @Test
    void goesOnWhereItWasInATopic() throws Exception {
        Topic from = new Topic(2);
        Topic to = new Topic(1);
        List<String> expected = new ArrayList<>();
        Map<String, String> source = Topic.options();
        source.put("subscribe", from.name);
        source.put("startingOffsets", "earliest");
        try (TableSession session = TableSession.builder().build()) {
            Semaphore rows = new Semaphore(0);
            session.streams().addListener(new Progress(rows));
            Table table = session.readStream()
                    .format("kafka")
                    .options(source)
                    .load()
                    .selectExpr("concat(CAST(value AS string), '!') AS value");
            for (int run = 0; run < 2; run++) {
                from.say(run, "a" + run, "b" + run);
                expected.addAll(List.of("a" + run + "!", "b" + run + "!"));
                StreamingQuery query = table.writeStream()
                        .format("kafka")
                        .options(Topic.options())
                        .option("topic", to.name)
                        .option("checkpointLocation", directory.toString())
                        .start();
                // the two may come in two batches
                assertThat(rows.tryAcquire(2, 30, TimeUnit.SECONDS))
                        .as("rows of run %s; status %s", run, query.status())
                        .isTrue();
                query.stop();
            }
            assertThat(rows.availablePermits()).as("rows that came again").isZero();
        }

        assertThat(to.values()).containsExactlyElementsOf(expected);
    }

    /** Counts the rows that come. */
    private static final class Progress implements StreamingQueryListener {
        private final Semaphore rows;

        Progress(Semaphore rows) {
            this.rows = rows;
        }

        @Override
        public void onQueryProgress(QueryProgress event) {
            rows.release((int) event.progress().numInputRows());
        }
    }
}
