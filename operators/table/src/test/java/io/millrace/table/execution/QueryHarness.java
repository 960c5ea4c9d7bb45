// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.listener.BatchInfo;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.LogStorage;
import io.millrace.stream.DStream;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.data.MapValue;
import io.millrace.table.data.Utf8;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.Refusals;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A query whose plan is written by hand, on an engine in virtual time. Its sources give events of a word, a time and a number. */
final class QueryHarness implements AutoCloseable {

    /** {@code word string, ts timestamp, v bigint}. */
    static final Schema EVENTS = new Schema(List.of(
            Field.of("word", AtomicType.STRING), Field.of("ts", AtomicType.TIMESTAMP), Field.of("v", AtomicType.LONG)));

    /** The same with a watermark on the time. */
    static final Schema WATCHED = new Schema(List.of(
            Field.of("word", AtomicType.STRING),
            new Field("ts", AtomicType.TIMESTAMP, true, true),
            Field.of("v", AtomicType.LONG)));

    private final BatchHarness harness;
    private final Map<String, ScriptedInput<byte[]>> inputs = new HashMap<>();
    private final CollectedOutput<Pair<String, List<Object>>> output;

    private QueryHarness(BatchHarness harness, QueryPlan plan, OutputMode mode, QueryOptions options) {
        this.harness = harness;
        this.output = harness.collect(
                QueryGraph.build(plan, mode, options, harness.context(), scan -> open(scan.id()), table -> List.of())
                        .filter(one -> !(one instanceof QueryOutput.Watermarks))
                        .map(QueryHarness::plain));
        harness.start();
    }

    private DStream<ColumnBatch> open(String id) {
        ScriptedInput<byte[]> input = harness.input();
        inputs.put(id, input);
        return harness.stream(input).map(BatchBytes::decode);
    }

    static QueryHarness run(QueryPlan plan, OutputMode mode) {
        return run(plan, mode, QueryOptions.defaults().withRefusals(Refusals.NONE));
    }

    static QueryHarness run(QueryPlan plan, OutputMode mode, QueryOptions options) {
        return new QueryHarness(
                BatchHarness.builder("query").options(QueryTypes::register).build(), plan, mode, options);
    }

    /** A query that keeps what it knows in a storage, and goes on from there. */
    static QueryHarness durable(QueryPlan plan, OutputMode mode, LogStorage storage, Instant start) {
        BatchHarness harness = BatchHarness.builder("query")
                .options(QueryTypes::register)
                .startAt(start)
                .checkpoint(storage)
                .build();
        return new QueryHarness(harness, plan, mode, QueryOptions.defaults().withRefusals(Refusals.NONE));
    }

    /** An executor dies and is replaced. */
    void crash(int executor) {
        harness.crashExecutor(executor);
    }

    /** Ends the job between two batches. */
    void stop() {
        harness.stop();
    }

    static QueryPlan events() {
        return events("events");
    }

    static QueryPlan events(String id) {
        return new QueryPlan.Scan(id, true, EVENTS);
    }

    static QueryPlan watched(QueryPlan input, int seconds) {
        return watched(input, 0, seconds);
    }

    static QueryPlan watched(QueryPlan input, int node, int seconds) {
        return new QueryPlan.Watermark(input, node, 1, seconds * 1_000_000L, WATCHED);
    }

    /** Windows of the time of events, as a fourth column. */
    static QueryPlan windows(QueryPlan input, int seconds, int slideSeconds) {
        List<Field> fields = new ArrayList<>(input.schema().fields());
        boolean watched = input.schema().field(1).eventTime();
        fields.add(new Field("w", windowType(), false, watched));
        return new QueryPlan.TimeWindow(
                input,
                TestAggregates.column(1, AtomicType.TIMESTAMP),
                seconds * 1_000_000L,
                slideSeconds * 1_000_000L,
                0,
                new Schema(fields));
    }

    static StructType windowType() {
        return new StructType(List.of(
                new Field("start", AtomicType.TIMESTAMP, false, false),
                new Field("end", AtomicType.TIMESTAMP, false, false)));
    }

    /** Some rows {@code word, seconds, v}; a time without a number is none. */
    static ColumnBatch rows(@Nullable Object[]... rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(EVENTS);
        for (Object[] row : rows) {
            builder.append(new @Nullable Object[] {
                row[0] == null ? null : Utf8.of((String) row[0]),
                row[1] == null ? null : micros(((Number) row[1]).doubleValue()),
                row[2] == null ? null : ((Number) row[2]).longValue()
            });
        }
        return builder.build();
    }

    static @Nullable Object[] row(@Nullable Object word, @Nullable Object seconds, @Nullable Object v) {
        return new @Nullable Object[] {word, seconds, v};
    }

    private static final long START = Instant.parse("2024-01-01T00:00:00Z").getEpochSecond();

    static long micros(double seconds) {
        return START * 1_000_000 + Math.round(seconds * 1_000_000);
    }

    /** Rows come and the engine runs until the query has nothing more to do; what each batch of it gave. */
    List<String> step(@Nullable Object[]... rows) {
        return step("events", rows);
    }

    List<String> step(String source, @Nullable Object[]... rows) {
        if (rows.length > 0) {
            int half = rows.length / 2;
            ScriptedInput<byte[]> input = Objects.requireNonNull(inputs.get(source), source);
            if (half > 0) {
                input.add(BatchBytes.encode(rows(Arrays.copyOfRange(rows, 0, half))));
            }
            input.add(BatchBytes.encode(rows(Arrays.copyOfRange(rows, half, rows.length))));
        }
        return settle();
    }

    private List<String> settle() {
        List<String> batches = new ArrayList<>();
        for (int tick = 0; tick < 5; tick++) {
            BatchInfo info = harness.runBatch();
            List<Pair<String, List<Object>>> given = output.at(info.batchTime().millis());
            if (given.isEmpty()) {
                return batches;
            }
            batches.add(describe(given));
        }
        throw new AssertionError("the query does not come to rest: " + batches);
    }

    /** What the query gives, in a form that a log can keep. */
    private static Pair<String, List<Object>> plain(QueryOutput one) {
        if (one instanceof QueryOutput.Began began) {
            long watermark = began.frame().watermarkMicros();
            return Pair.of(
                    "began", List.of(began.frame().batchId() + " wm " + (watermark == 0 ? "-" : text(watermark))));
        } else if (one instanceof QueryOutput.Rows some) {
            List<Object> rows = new ArrayList<>();
            for (int row = 0; row < some.batch().rows(); row++) {
                rows.add(text(some.batch().row(row)));
            }
            return Pair.of("rows", rows);
        }
        if (one instanceof QueryOutput.Watermarks) {
            return Pair.of("watermarks", List.of());
        }
        OperatorFigures figures = ((QueryOutput.Report) one).figures();
        return Pair.of("figures", List.of((long) figures.operator(), figures.dropped(), figures.stateRows()));
    }

    private static String describe(List<Pair<String, List<Object>>> given) {
        List<String> rows = new ArrayList<>();
        Map<Long, Long> dropped = new TreeMap<>();
        Map<Long, Long> state = new TreeMap<>();
        String frame = "";
        for (Pair<String, List<Object>> one : given) {
            switch (one.key()) {
                case "began" -> frame = (String) one.value().get(0);
                case "watermarks" -> {}
                case "rows" -> one.value().forEach(row -> rows.add((String) row));
                default -> {
                    dropped.merge((Long) one.value().get(0), (Long) one.value().get(1), Long::sum);
                    state.merge((Long) one.value().get(0), (Long) one.value().get(2), Long::sum);
                }
            }
        }
        rows.sort(null);
        return frame + " " + rows
                + (state.isEmpty() ? "" : " dropped " + dropped.values() + " state " + state.values());
    }

    static String text(@Nullable Object value) {
        if (value instanceof Object[] fields) {
            return Arrays.stream(fields).map(QueryHarness::text).toList().toString();
        }
        if (value instanceof MapValue map) {
            return text(map.keys()) + "->" + text(map.values());
        }
        if (value instanceof Long number && Math.abs(number) > 1_000_000_000_000L) {
            long micros = number - START * 1_000_000;
            return micros % 1_000_000 == 0 ? micros / 1_000_000 + "s" : micros + "us";
        }
        return String.valueOf(value);
    }

    @Override
    public void close() {
        harness.close();
    }
}
