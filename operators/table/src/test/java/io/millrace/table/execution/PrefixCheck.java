// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.table.data.BatchBytes;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.expression.FunctionRegistry;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.Refusals;
import io.millrace.table.sql.Planner;
import io.millrace.table.sql.Relation;
import io.millrace.table.type.DataTypes;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds what a query in SQL over streams gives in complete and update mode against the same over the rows so far as finished tables. */
final class PrefixCheck {

    private final Planner streams = new Planner(FunctionRegistry.spark());
    private final Planner finished = new Planner(FunctionRegistry.spark());
    private final QueryOptions options;

    PrefixCheck() {
        this(QueryOptions.defaults().withRefusals(Refusals.NONE));
    }

    PrefixCheck(QueryOptions options) {
        this.options = options;
    }

    /** Makes a stream known, perhaps with a watermark {@code column, delay}. */
    PrefixCheck stream(String name, String schema, String... watermark) {
        define(streams, true, name, schema, watermark);
        define(finished, false, name, schema, watermark);
        return this;
    }

    private static void define(Planner planner, boolean streaming, String name, String schema, String... watermark) {
        Relation relation = planner.scan(name, streaming, DataTypes.parseSchema(schema));
        planner.views()
                .put(name, watermark.length == 0 ? relation : planner.watermark(relation, watermark[0], watermark[1]));
    }

    /**
     * Runs a query and compares after each step.
     *
     * @param steps what comes, by stream
     * @return what is different, if anything is; what each result was folded into, by step, if nothing is
     * @throws io.millrace.table.AnalysisException if the query is refused
     */
    Outcome run(String sql, OutputMode mode, List<Map<String, ColumnBatch>> steps) {
        QueryPlan plan = streams.plan(streams.sql(sql)).optimised();
        QueryPlan whole = finished.plan(finished.sql(sql)).optimised();
        Map<String, List<ColumnBatch>> sofar = new HashMap<>();
        QueryGraph.sources(plan).forEach(id -> sofar.put(id, new ArrayList<>()));
        Map<String, ScriptedInput<byte[]>> inputs = new HashMap<>();
        List<String> table = new ArrayList<>();
        boolean folds = false;
        try (BatchHarness harness =
                BatchHarness.builder("query").options(QueryTypes::register).build()) {
            CollectedOutput<Pair<String, byte[]>> output = harness.collect(QueryGraph.build(
                            plan,
                            mode,
                            options,
                            harness.context(),
                            scan -> open(harness, inputs, scan),
                            scan -> List.of())
                    .filter(one -> one instanceof QueryOutput.Rows || one instanceof QueryOutput.Began)
                    .map(PrefixCheck::plain));
            harness.start();
            for (int step = 0; step < steps.size(); step++) {
                steps.get(step).forEach((id, rows) -> {
                    ScriptedInput<byte[]> input = inputs.get(id);
                    if (input != null) {
                        sofar.computeIfAbsent(id, any -> new ArrayList<>()).add(rows);
                        int half = rows.rows() / 2;
                        input.add(BatchBytes.encode(part(rows, 0, half)));
                        input.add(BatchBytes.encode(part(rows, half, rows.rows())));
                    }
                });
                for (int batch = 0; batch < 3; batch++) {
                    long time = harness.runBatch().batchTime().millis();
                    folds |= fold(output.at(time), mode, table);
                }
                List<String> expected = new ArrayList<>();
                LocalRun.run(whole, scan -> read(scan, sofar.getOrDefault(scan.id(), List.of())))
                        .forEach(rows -> expected.addAll(texts(rows)));
                expected.sort(null);
                List<String> actual = new ArrayList<>(table);
                actual.sort(null);
                if (!expected.equals(actual)) {
                    return new Outcome("step " + step + ": finished " + expected + " but stream " + actual, folds);
                }
            }
        }
        return new Outcome(null, folds);
    }

    /**
     * What came of it.
     *
     * @param difference what is different; null if nothing is
     * @param tookBack whether some row was taken back
     */
    record Outcome(@Nullable String difference, boolean tookBack) {}

    private static DStream<ColumnBatch> open(
            BatchHarness harness, Map<String, ScriptedInput<byte[]>> inputs, QueryPlan.Scan scan) {
        ScriptedInput<byte[]> input = harness.input();
        inputs.put(scan.id(), input);
        return harness.stream(input).map(bytes -> scan.of(BatchBytes.decode(bytes)));
    }

    private static List<ColumnBatch> read(QueryPlan.Scan scan, List<ColumnBatch> rows) {
        return rows.stream().map(scan::of).toList();
    }

    private static ColumnBatch part(ColumnBatch rows, int from, int to) {
        int[] places = new int[to - from];
        Arrays.setAll(places, place -> from + place);
        return rows.select(places, places.length);
    }

    /** In a form that a log can keep. */
    private static Pair<String, byte[]> plain(QueryOutput one) {
        if (one instanceof QueryOutput.Rows rows) {
            return Pair.of(rows.changes() ? "changes" : "rows", BatchBytes.encode(rows.batch()));
        }
        return Pair.of("began", new byte[0]);
    }

    /** Brings a result up to date; whether a row was taken back. */
    private static boolean fold(List<Pair<String, byte[]>> given, OutputMode mode, List<String> table) {
        if (mode == OutputMode.COMPLETE && !given.isEmpty()) {
            table.clear();
        }
        List<String> goes = new ArrayList<>();
        for (Pair<String, byte[]> one : given) {
            if (one.key().equals("began")) {
                continue;
            }
            ColumnBatch rows = BatchBytes.decode(one.value());
            if (one.key().equals("rows")) {
                table.addAll(texts(rows));
                continue;
            }
            if (mode == OutputMode.COMPLETE) {
                throw new AssertionError("complete mode gave changes");
            }
            int[] kinds = Changes.of(rows);
            for (int row = 0; row < rows.rows(); row++) {
                @Nullable Object[] values = rows.row(row);
                String text = QueryHarness.text(Arrays.copyOf(values, values.length - 1));
                (kinds[row] == Changes.COMES ? table : goes).add(text);
            }
        }
        for (String gone : goes) {
            if (!table.remove(gone)) {
                throw new AssertionError(gone + " goes and never came");
            }
        }
        return !goes.isEmpty();
    }

    private static List<String> texts(ColumnBatch rows) {
        List<String> texts = new ArrayList<>();
        for (int row = 0; row < rows.rows(); row++) {
            texts.add(QueryHarness.text(rows.row(row)));
        }
        return texts;
    }
}
