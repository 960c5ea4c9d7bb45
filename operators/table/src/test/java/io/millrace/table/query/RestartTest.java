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
import io.millrace.table.state.StatefulProcessor;
import io.millrace.table.state.TimeMode;
import io.millrace.table.state.TimerValues;
import io.millrace.table.state.ValueState;
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A query that is stopped, or cut off, at places drawn by seed and goes on from its checkpoint gives batch by batch what it gives undisturbed. */
class RestartTest {

    private static final int STEPS = 12;
    private static final Schema EVENTS = DataTypes.parseSchema("word string, ts timestamp, n int");
    private static TableSession session;

    @TempDir
    Path checkpoint;

    @BeforeAll
    static void open() {
        session = TableSession.builder().build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** The kinds of operators with state. */
    @SuppressWarnings("ImmutableEnumChecker") // a function of a test
    enum Kind {
        AGGREGATION(
                OutputMode.UPDATE,
                in -> in.sql("SELECT word, count(*) AS c, sum(n) AS s, max(ts) AS t FROM {events} GROUP BY word")),
        WINDOWS(
                OutputMode.APPEND,
                in -> in.sql("SELECT window(ts, '10 seconds') AS w, word, count(*) AS c FROM {events}"
                        + " GROUP BY window(ts, '10 seconds'), word")),
        SESSIONS(
                OutputMode.APPEND,
                in -> in.sql("SELECT session_window(ts, '3 seconds') AS w, word, count(*) AS c FROM {events}"
                        + " GROUP BY session_window(ts, '3 seconds'), word")),
        DISTINCT(OutputMode.APPEND, in -> in.events().dropDuplicates("word", "n")),
        DISTINCT_WITHIN_WATERMARK(OutputMode.APPEND, in -> in.events().dropDuplicatesWithinWatermark("word")),
        JOIN(
                OutputMode.APPEND,
                in -> in.sql(
                        "SELECT a.word, a.ts, a.n, b.n AS m FROM {events} a LEFT JOIN {others} b ON a.word = b.word"
                                + " AND b.ts BETWEEN a.ts - INTERVAL 4 SECONDS AND a.ts + INTERVAL 4 SECONDS")),
        TOP(
                OutputMode.COMPLETE,
                in -> in.sql("SELECT word, count(*) AS c FROM {events} GROUP BY word ORDER BY c DESC, word LIMIT 3")),
        FUNCTION(
                OutputMode.APPEND,
                in -> in.events()
                        .transformWithState(
                                List.of("word"),
                                Running::new,
                                DataTypes.parseSchema("word string, total bigint"),
                                TimeMode.NONE));

        private final OutputMode mode;
        private final Function<Inputs, Table> query;

        Kind(OutputMode mode, Function<Inputs, Table> query) {
            this.mode = mode;
            this.query = query;
        }
    }

    /** The total of the numbers of a word. */
    private static final class Running extends StatefulProcessor<Row, Row, Row> {
        private @Nullable ValueState<Long> total;

        @Override
        public void init(OutputMode outputMode, TimeMode timeMode) {
            total = getHandle().getValueState("total", AtomicType.LONG);
        }

        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues timerValues) {
            ValueState<Long> state = Objects.requireNonNull(total);
            long sum = state.getOption().orElse(0L);
            while (rows.hasNext()) {
                sum += ((Number) Objects.requireNonNull(rows.next().get(2))).longValue();
            }
            state.update(sum);
            return List.of(Row.of(key.get(0), sum)).iterator();
        }
    }

    /** What a query reads. */
    private static final class Inputs {
        private static int views;
        final MemoryStream events = MemoryStream.of("events", EVENTS);
        final MemoryStream others = MemoryStream.of("others", EVENTS);

        Table events() {
            return session.createTable(events).withWatermark("ts", "2 seconds");
        }

        Table sql(String text) {
            String number = String.valueOf(views++);
            events().createOrReplaceTempView("events" + number);
            session.createTable(others).withWatermark("ts", "2 seconds").createOrReplaceTempView("others" + number);
            return session.sql(text.replace("{events}", "events" + number).replace("{others}", "others" + number));
        }
    }

    /** Keeps what it is told last of each batch, and that nothing else was told of a batch before. */
    private static final class Batches implements TableSink {
        final Map<Long, List<String>> rows = new TreeMap<>();

        @Override
        public String description() {
            return "batches";
        }

        @Override
        public void write(SinkBatch batch) {
            List<String> some =
                    batch.rows().stream().map(Row::toString).sorted().toList();
            List<String> before = rows.put(batch.batchId(), some);
            assertThat(before == null || before.equals(some))
                    .as("batch %s is told as %s and as %s", batch.batchId(), before, some)
                    .isTrue();
        }
    }

    /** What comes in each step, drawn by seed: times go on, with some rows late. */
    private static List<List<Row>> steps(Random dice) {
        List<List<Row>> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            List<Row> rows = new ArrayList<>();
            int count = dice.nextInt(6);
            for (int i = 0; i < count; i++) {
                long second = 1_000_000 + step * 4L + dice.nextInt(8) - dice.nextInt(6);
                rows.add(Row.of("w" + dice.nextInt(5), Instant.ofEpochSecond(second), dice.nextInt(4)));
            }
            steps.add(rows);
        }
        return steps;
    }

    private Map<Long, List<String>> run(Kind kind, long seed, boolean disturbed) {
        Random data = new Random(seed);
        List<List<Row>> events = steps(data);
        List<List<Row>> others = steps(data);
        Random dice = new Random(seed ^ 0x5eed);
        Inputs inputs = new Inputs();
        Batches sink = new Batches();
        int step = 0;
        for (int run = 0; step < STEPS; run++) {
            try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                kind.query
                        .apply(inputs)
                        .writeStream()
                        .outputMode(kind.mode)
                        .option(
                                "checkpointLocation",
                                checkpoint.resolve(disturbed + "").toString())
                        .start(sink, jobs);
                jobs.harness().runBatches(4);
                boolean goesOn = true;
                while (step < STEPS && goesOn) {
                    inputs.events.addRows(events.get(step));
                    inputs.others.addRows(others.get(step));
                    step++;
                    goesOn = !disturbed || step == STEPS || dice.nextInt(3) > 0;
                    if (goesOn) {
                        if (disturbed && dice.nextInt(4) == 0) {
                            jobs.harness().crashExecutor(dice.nextInt(2));
                        }
                        jobs.harness().runBatches(4);
                    } else {
                        CutOff.end(jobs, dice);
                    }
                }
            }
        }
        return sink.rows;
    }

    @ParameterizedTest
    @EnumSource
    void aDisturbedRunGivesWhatAnUndisturbedOneGives(Kind kind) {
        long seed = Long.getLong("millrace.seed", 20261123L);
        Map<Long, List<String>> undisturbed = run(kind, seed, false);
        Map<Long, List<String>> disturbed = run(kind, seed, true);

        assertThat(undisturbed.values().stream().mapToLong(List::size).sum()).isPositive();
        assertThat(disturbed).as("-Dmillrace.seed=%s", seed).isEqualTo(undisturbed);
    }
}
