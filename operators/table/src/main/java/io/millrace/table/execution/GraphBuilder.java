// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.StreamingContext;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Puts a query together: first everything below the operators with state, whose rows the clock must see, then the clock, then the rest.
 */
final class GraphBuilder {

    private final QueryOptions options;
    private final boolean asksForLate;
    private final StreamingContext context;
    private final Function<QueryPlan.Scan, DStream<ColumnBatch>> streams;
    private final PhysicalQuery query;
    private final List<String> sources;
    private final Map<String, DStream<ColumnBatch>> scans = new HashMap<>();
    private final IdentityHashMap<QueryPlan, DStream<ColumnBatch>> flows = new IdentityHashMap<>();
    private final List<DStream<QueryControl>> controls = new ArrayList<>();
    private final List<DStream<QueryOutput>> outputs = new ArrayList<>();
    private final Set<String> observed = new HashSet<>();
    private final List<DStream<QueryOutput>> lateRows = new ArrayList<>();

    GraphBuilder(
            QueryPlan plan,
            OutputMode mode,
            QueryOptions options,
            boolean asksForLate,
            StreamingContext context,
            Function<QueryPlan.Scan, DStream<ColumnBatch>> streams,
            Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        this.options = options;
        this.asksForLate = asksForLate;
        this.context = context;
        this.streams = streams;
        this.query = new PhysicalQuery(plan, mode, tables);
        this.sources = QueryGraph.sources(plan);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a query over finished tables only is run by LocalRun, not as a stream");
        }
    }

    QueryGraph.Built build() {
        QueryPlan plan = query.plan();
        beforeState(plan);
        DStream<QueryOutput> began = clock();
        outputs.add(began);
        DStream<?> frames = began.apply(new FrameBroadcast());
        DStream<ColumnBatch> result = flow(plan, frames);
        boolean changes = query.givesChanges(plan);
        outputs.add(result.map(batch -> new QueryOutput.Rows(
                batch.withSchema(changes ? Changes.with(plan.schema()) : plan.schema()), changes)));
        Map<LateRows, DStream<QueryOutput>> late = new LinkedHashMap<>();
        if (asksForLate) {
            query.lateRows().forEach(table -> late.put(table, late(table, began)));
        }
        return new QueryGraph.Built(union(outputs), late);
    }

    /** Builds what has no operator with state below it, as far up as it goes, so that the clock knows of all sources and watermarks. */
    private void beforeState(QueryPlan step) {
        if (query.isFinite(step)) {
            return;
        }
        if (query.isFreeOfState(step)) {
            flow(step, null);
        } else {
            inputs(step).forEach(this::beforeState);
        }
    }

    /** What gives a step its rows: for one that folds them before they travel, perhaps something before its input. */
    private List<QueryPlan> inputs(QueryPlan step) {
        FoldingExchange folding =
                query.isStateful(step) && !asksForLate ? query.description(step).folding() : null;
        return folding == null
                ? step.inputs()
                : List.of(folding.input(step.inputs().get(0)));
    }

    private DStream<QueryOutput> clock() {
        QueryClock clock = new QueryClock(sources.size(), query.delayMillis(), query.watermarks(), options);
        return union(controls).apply(new ClockOperator(clock)).named("query-clock");
    }

    private DStream<ColumnBatch> flow(QueryPlan step, @Nullable DStream<?> frames) {
        DStream<ColumnBatch> known = flows.get(step);
        if (known == null) {
            known = make(step, frames);
            flows.put(step, known);
        }
        return known;
    }

    private DStream<ColumnBatch> make(QueryPlan step, @Nullable DStream<?> frames) {
        if (step instanceof QueryPlan.Scan scan) {
            return scan(scan);
        }
        if (step instanceof QueryPlan.Union all) {
            List<DStream<ColumnBatch>> inputs = new ArrayList<>();
            for (QueryPlan input : all.inputs()) {
                DStream<ColumnBatch> flow = flow(input, frames);
                inputs.add(query.givesChanges(all) && !query.givesChanges(input) ? flow.map(Changes::allCome) : flow);
            }
            return union(inputs);
        }
        if (query.isStateful(step)) {
            return stateful(step, Objects.requireNonNull(frames, "the clock comes before operators with state"));
        }
        DStream<ColumnBatch> input = flow(query.streamOf(FusedSteps.first(step)), frames);
        if (step instanceof QueryPlan.Watermark watermark) {
            long skew = options.futureSkew().map(Duration::toMillis).orElse(ObserveTimes.ANY_SKEW);
            controls.add(input.apply(new ObserveTimes(watermark.node(), watermark.column(), skew)));
            return input;
        }
        if (step instanceof QueryPlan.Observe observe) {
            if (observed.add(observe.name())) {
                outputs.add(input.apply(new GatherMetrics(
                        observe.name(), MetricsCode.of(observe.metrics()), query.givesChanges(observe))));
            }
            return input;
        }
        if (step instanceof QueryPlan.Sort || step instanceof QueryPlan.Limit) {
            return input.apply(FusedSteps.gathering(step));
        }
        return input.apply(FusedSteps.fused(step, query));
    }

    private DStream<ColumnBatch> scan(QueryPlan.Scan scan) {
        return scans.computeIfAbsent(scan.id(), id -> {
            DStream<ColumnBatch> stream = streams.apply(scan);
            controls.add(stream.apply(new CountArrivals(sources.indexOf(id))));
            return stream;
        });
    }

    private DStream<ColumnBatch> stateful(QueryPlan step, DStream<?> frames) {
        StatefulDescription description = query.description(step);
        List<LateInput> late = asksForLate ? query.lateInputs(step) : List.of();
        List<DStream<?>> inputs = new ArrayList<>();
        for (int i = 0; i < step.inputs().size(); i++) {
            int place = i;
            Optional<LateInput> whole =
                    late.stream().filter(one -> one.input() == place).findFirst();
            inputs.add(
                    whole.isPresent()
                            ? flow(whole.get().whole(), frames)
                                    .apply(whole.get().exchange())
                            : exchanged(flow(inputs(step).get(i), frames), description, i));
        }
        DStream<QueryOutput> given = frames.applyWith(
                        inputs, new StatefulOperator(description, query.numberOf(step), late))
                .named(query.nameOf(step));
        outputs.add(given.filter(output -> output instanceof QueryOutput.Report));
        if (!late.isEmpty()) {
            lateRows.add(given.filter(output -> output instanceof QueryOutput.Late));
        }
        return given.apply(new RowsOnly());
    }

    private static DStream<?> exchanged(DStream<ColumnBatch> rows, StatefulDescription description, int input) {
        FoldingExchange folding = description.folding();
        return folding == null ? rows.apply(description.exchange(input)) : rows.apply(folding);
    }

    /** The late rows of an input: each batch of the query with those it brought. */
    private DStream<QueryOutput> late(LateRows table, DStream<QueryOutput> began) {
        List<DStream<QueryOutput>> parts = new ArrayList<>();
        parts.add(began.filter(output -> output instanceof QueryOutput.Began));
        for (DStream<QueryOutput> rows : lateRows) {
            parts.add(rows.filter(output -> output instanceof QueryOutput.Late late && table.has(late))
                    .map(output -> table.rows((QueryOutput.Late) output)));
        }
        return union(parts);
    }

    private <T> DStream<T> union(List<DStream<T>> all) {
        DStream<T> union = all.get(0);
        for (DStream<T> other : all.subList(1, all.size())) {
            union = context.union(union, other);
        }
        return union;
    }

    /** The rows among what an operator gives. */
    private record RowsOnly() implements RecordOperator<QueryOutput, ColumnBatch> {

        @Override
        public String kind() {
            return "rows";
        }

        @Override
        public Step<QueryOutput> open(StepContext context, Step<ColumnBatch> out) {
            return output -> {
                if (output instanceof QueryOutput.Rows rows) {
                    out.push(rows.batch());
                }
            };
        }
    }
}
