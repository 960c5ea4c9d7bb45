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
import io.millrace.table.testkit.HarnessJobs;
import io.millrace.table.testkit.StepwiseQuery;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Late rows come out whole, each once, batch by batch the same whether or not the query is disturbed, and which they are is computed here
 * by itself from the watermarks; the result does not change because they are asked for.
 */
class LateRowsTest {

    private static final int STEPS = 14;
    private static final long START = 1_000_000;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final Schema EVENTS = DataTypes.parseSchema("word string, ts timestamp, n int, note string");
    private static TableSession session;

    @TempDir
    Path directory;

    @BeforeAll
    static void open() {
        session = TableSession.builder()
                .queryOptions(options -> options.withRefusals(io.millrace.table.plan.Refusals.NONE))
                .build();
    }

    @AfterAll
    static void close() {
        session.close();
    }

    /** Which seconds a row is judged by: those of its windows, or of itself. */
    private interface Ends {
        long[] of(long second);
    }

    private static final Ends ITSELF = second -> new long[] {second};

    /** The kinds of operators that leave out late rows. */
    @SuppressWarnings("ImmutableEnumChecker") // functions of a test
    enum Kind {
        FOLDED_WINDOWS(
                "aggregate-0",
                second -> new long[] {second / 10 * 10 + 10},
                in -> in.sql("SELECT window(ts, '10 seconds') AS w, word, count(*) AS c, sum(n) AS s FROM {events}"
                        + " GROUP BY window(ts, '10 seconds'), word")),
        SLIDING_WINDOWS(
                "aggregate-0",
                second -> LongStream.of(second / 5 * 5 + 5, second / 5 * 5 + 10).toArray(),
                in -> in.sql("SELECT window(ts, '10 seconds', '5 seconds') AS w, count(*) AS c FROM {events}"
                        + " GROUP BY window(ts, '10 seconds', '5 seconds')")),
        UNFOLDED_WINDOWS(
                "aggregate-0",
                second -> new long[] {second / 10 * 10 + 10},
                in -> in.sql("SELECT window(ts, '10 seconds') AS w, upper(word) AS u, avg(n) AS a, first(n) AS f"
                        + " FROM {events} GROUP BY window(ts, '10 seconds'), upper(word)")),
        DISTINCT_VALUES(
                "aggregate-0",
                second -> new long[] {second / 10 * 10 + 10},
                in -> in.sql("SELECT window(ts, '10 seconds') AS w, count(DISTINCT word) AS c FROM {events}"
                        + " GROUP BY window(ts, '10 seconds')")),
        BY_THE_TIME_ITSELF(
                "aggregate-0",
                ITSELF,
                in -> in.sql("SELECT ts, count(*) AS c, sum(n + 1) AS s FROM {events} GROUP BY ts")),
        SESSIONS(
                "session-0",
                second -> new long[] {second + 3},
                in -> in.sql("SELECT session_window(ts, '3 seconds') AS w, word, count(*) AS c FROM {events}"
                        + " GROUP BY session_window(ts, '3 seconds'), word")),
        DEDUPLICATION("dedupe-0", ITSELF, in -> in.events().dropDuplicates("word", "ts")),
        DEDUPLICATION_WITHIN_WATERMARK(
                "dedupeWithinWatermark-0", ITSELF, in -> in.events().dropDuplicatesWithinWatermark("word")),
        BEST_OF_WINDOWS(
                "top-0",
                second -> new long[] {second / 10 * 10 + 10},
                in -> in.sql(
                        "SELECT * FROM (SELECT w, word, row_number() OVER (PARTITION BY w ORDER BY n * 2 DESC, word)"
                                + " AS r FROM (SELECT window(ts, '10 seconds') AS w, * FROM {events})) WHERE r <= 2")),
        FUNCTION(
                "transformWithState-0",
                ITSELF,
                in -> in.events()
                        .transformWithState(
                                List.of("word"),
                                Counting::new,
                                DataTypes.parseSchema("word string, c bigint"),
                                TimeMode.EVENT_TIME));

        private final String operator;
        private final Ends ends;
        private final Function<Inputs, Table> query;

        Kind(String operator, Ends ends, Function<Inputs, Table> query) {
            this.operator = operator;
            this.ends = ends;
            this.query = query;
        }
    }

    /** Counts the rows it is given. */
    private static final class Counting extends StatefulProcessor<Row, Row, Row> {
        @Override
        public void init(OutputMode outputMode, TimeMode timeMode) {}

        @Override
        public Iterator<Row> handleInputRows(Row key, Iterator<Row> rows, TimerValues timerValues) {
            long count = 0;
            for (; rows.hasNext(); rows.next()) {
                count++;
            }
            return List.of(Row.of(key.get(0), count)).iterator();
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

        Table others() {
            return session.createTable(others).withWatermark("ts", "2 seconds");
        }

        Table sql(String text) {
            String number = String.valueOf(views++);
            events().createOrReplaceTempView("late_events" + number);
            others().createOrReplaceTempView("late_others" + number);
            return session.sql(
                    text.replace("{events}", "late_events" + number).replace("{others}", "late_others" + number));
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
            note(batch.batchId(), batch.rows().stream().map(Row::toString).toList());
        }

        void note(long batch, List<String> came) {
            List<String> some = came.stream().sorted().toList();
            List<String> before = rows.put(batch, some);
            assertThat(before == null || before.equals(some))
                    .as("batch %s is told as %s and as %s", batch, before, some)
                    .isTrue();
        }
    }

    /** What came of a run: the result, the late rows, and per batch the watermark and how many rows it took. */
    private record Run(
            Map<Long, List<String>> result, Map<Long, List<String>> late, Map<Long, StreamingQueryProgress> progress) {}

    private static List<List<Row>> steps(Random dice) {
        List<List<Row>> steps = new ArrayList<>();
        for (int step = 0; step < STEPS; step++) {
            List<Row> rows = new ArrayList<>();
            int count = 1 + dice.nextInt(6);
            for (int i = 0; i < count; i++) {
                long second = START + step * 5L + dice.nextInt(8) - (dice.nextInt(3) == 0 ? 15 + dice.nextInt(9) : 0);
                rows.add(Row.of("w" + dice.nextInt(4), Instant.ofEpochSecond(second), dice.nextInt(4), "note " + step));
            }
            steps.add(rows);
        }
        return steps;
    }

    private static long seed() {
        return Long.getLong("millrace.seed", 20261123L);
    }

    /** Late rows as words: word, second, n, note, the second by which each is judged if it is a window's, operator, watermark. */
    private static String words(Row row) {
        List<Object> values = new ArrayList<>();
        for (Object value : row.values()) {
            Object plain = value instanceof Row window ? window.get(1) : value;
            values.add(plain instanceof Instant time ? time.getEpochSecond() - START : plain);
        }
        return values.toString();
    }

    private Run run(Function<Inputs, Table> query, int asksFrom, boolean disturbed, String place) {
        Random data = new Random(seed());
        List<List<Row>> events = steps(data);
        List<List<Row>> others = steps(data);
        Random dice = new Random(seed() ^ 0x5eed);
        Inputs inputs = new Inputs();
        Batches sink = new Batches();
        Batches late = new Batches();
        Map<Long, StreamingQueryProgress> progress = new TreeMap<>();
        int step = 0;
        for (int run = 0; step < STEPS; run++) {
            try (HarnessJobs jobs = new HarnessJobs(Instant.ofEpochSecond(run * 1000L))) {
                DataStreamWriter writer = query.apply(inputs)
                        .writeStream()
                        .outputMode(OutputMode.APPEND)
                        .option("checkpointLocation", directory.resolve(place).toString());
                if (run >= asksFrom) {
                    Map<Long, List<String>> parts = new TreeMap<>();
                    writer.lateRows((rows, batch) -> {
                        List<String> some =
                                rows.collect().stream().map(LateRowsTest::words).toList();
                        List<String> all = new ArrayList<>(parts.getOrDefault(batch, List.of()));
                        all.addAll(some);
                        parts.put(batch, all);
                        late.rows.remove(batch);
                        late.note(batch, all);
                    });
                }
                StreamingQuery started = writer.start(sink, jobs);
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
                started.recentProgress().forEach(one -> progress.put(one.batchId(), one));
            }
        }
        return new Run(sink.rows, late.rows, progress);
    }

    /** Per batch the rows that must be late: those whose time is at or before the watermark of the batch before. */
    private static Map<Long, List<String>> expected(Kind kind, Map<Long, StreamingQueryProgress> progress) {
        Map<Long, List<String>> expected = new TreeMap<>();
        Iterator<List<Row>> steps = steps(new Random(seed())).iterator();
        long watermark = Long.MIN_VALUE;
        for (StreamingQueryProgress batch : progress.values()) {
            List<String> late = new ArrayList<>();
            if (batch.numInputRows() > 0) {
                for (Row row : steps.next()) {
                    long second = ((Instant) Objects.requireNonNull(row.get(1))).getEpochSecond();
                    for (long end : kind.ends.of(second)) {
                        if (end <= watermark) {
                            late.add(text(kind, row, end, watermark));
                        }
                    }
                }
            }
            if (!late.isEmpty()) {
                Collections.sort(late);
                expected.put(batch.batchId(), late);
            }
            Instant now = Objects.requireNonNull(batch.eventTime().get("watermark"));
            watermark = now.getEpochSecond() == 0 ? Long.MIN_VALUE : now.getEpochSecond();
        }
        assertThat(steps.hasNext()).isFalse();
        return expected;
    }

    private static String text(Kind kind, Row row, long end, long watermark) {
        List<@Nullable Object> values = new ArrayList<>();
        boolean windowed = kind.operator.startsWith("aggregate") && kind != Kind.BY_THE_TIME_ITSELF;
        if (kind == Kind.BEST_OF_WINDOWS) {
            values.add(end - START);
        }
        values.add(row.get(0));
        values.add(((Instant) Objects.requireNonNull(row.get(1))).getEpochSecond() - START);
        values.add(row.get(2));
        values.add(row.get(3));
        if (windowed) {
            values.add(end - START);
        }
        if (kind == Kind.UNFOLDED_WINDOWS) {
            values.add(String.valueOf(row.get(0)).toUpperCase(java.util.Locale.ROOT));
        }
        values.add(kind.operator);
        values.add(watermark - START);
        return values.toString();
    }

    @ParameterizedTest
    @EnumSource
    void eachLateRowComesOutWholeAndOnceAlsoAfterCrashes(Kind kind) {
        Run plain = run(kind.query, NEVER, false, "plain");
        Run asked = run(kind.query, 0, false, "asked");
        Run disturbed = run(kind.query, 0, true, "disturbed");

        assertThat(asked.late).as("-Dmillrace.seed=%s", seed()).isEqualTo(expected(kind, asked.progress));
        assertThat(asked.late.size()).isGreaterThan(2);
        assertThat(asked.result).isEqualTo(plain.result);
        asked.progress.forEach((batch, progress) -> assertThat(progress.stateOperators())
                .as("the figures of batch %s", batch)
                .isEqualTo(Objects.requireNonNull(plain.progress.get(batch)).stateOperators()));
        assertThat(disturbed.late).as("-Dmillrace.seed=%s", seed()).isEqualTo(asked.late);
        assertThat(disturbed.result).isEqualTo(asked.result);
    }

    private static final String JOIN = "SELECT a.word, a.ts, b.n AS m FROM {events} a LEFT JOIN {others} b"
            + " ON a.word = b.word AND b.ts BETWEEN a.ts - INTERVAL 4 SECONDS AND a.ts + INTERVAL 4 SECONDS";

    @Test
    void bothSidesOfAJoinHaveLateRows() {
        Run plain = run(in -> in.sql(JOIN), NEVER, false, "plain");
        Run asked = run(in -> in.sql(JOIN), 0, false, "asked");
        Run disturbed = run(in -> in.sql(JOIN), 0, true, "disturbed");

        long rows = asked.late.values().stream().mapToLong(List::size).sum();
        assertThat(rows)
                .isPositive()
                .isEqualTo(asked.progress.values().stream()
                        .mapToLong(one -> one.stateOperators().get(0).numRowsDroppedByWatermark())
                        .sum());
        assertThat(asked.late.values().stream().flatMap(List::stream))
                .anyMatch(row -> row.contains("join-0-left"))
                .anyMatch(row -> row.contains("join-0-right"))
                .allMatch(row -> row.contains("note "));
        assertThat(asked.result).isEqualTo(plain.result);
        assertThat(disturbed.late).isEqualTo(asked.late);
        assertThat(disturbed.result).isEqualTo(asked.result);
    }

    @ParameterizedTest
    @EnumSource
    void aQueryMayBeginToAskWhenItGoesOnFromItsCheckpoint(Kind kind) {
        Run asked = run(kind.query, 0, false, "asked");
        Run changed = run(kind.query, 1, true, "changed");

        assertThat(changed.result).as("-Dmillrace.seed=%s", seed()).isEqualTo(asked.result);
        assertThat(changed.late).isNotEmpty();
        assertThat(asked.late).containsAllEntriesOf(changed.late);
    }

    @Test
    void aJoinMayBeginToAskWhenItGoesOnFromItsCheckpoint() {
        Run asked = run(in -> in.sql(JOIN), 0, false, "asked");
        Run changed = run(in -> in.sql(JOIN), 1, true, "changed");

        assertThat(changed.result).as("-Dmillrace.seed=%s", seed()).isEqualTo(asked.result);
        assertThat(changed.late).isNotEmpty();
        assertThat(asked.late).containsAllEntriesOf(changed.late);
    }

    private static List<List<Row>> updates(Inputs inputs, List<Row> late, boolean asks) {
        Table best = inputs.sql("SELECT w, max(c) AS m FROM (SELECT window(ts, '10 seconds') AS w, word, count(*) AS c"
                + " FROM {events} GROUP BY window(ts, '10 seconds'), word) GROUP BY w");
        List<List<Row>> batches = new ArrayList<>();
        try (StepwiseQuery query = StepwiseQuery.start(best, OutputMode.UPDATE, writer -> {
            if (asks) {
                writer.lateRows((rows, batch) -> late.addAll(rows.collect()));
            }
        })) {
            for (List<Row> step : steps(new Random(seed()))) {
                inputs.events.addRows(step);
                query.run().forEach(batch -> batches.add(batch.rows()));
            }
        }
        return batches;
    }

    @Test
    void whereResultsAreTakenBackAskingChangesNothing() {
        List<Row> late = new ArrayList<>();

        List<List<Row>> asked = updates(new Inputs(), late, true);

        assertThat(asked).isEqualTo(updates(new Inputs(), late, false));
        assertThat(late).isNotEmpty().allMatch(row -> row.getAs("late_operator").equals("aggregate-1"));
    }
}
