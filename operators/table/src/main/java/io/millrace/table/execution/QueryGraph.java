// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.BatchMoments;
import io.millrace.table.plan.FilterPushdown;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.SharedSteps;
import io.millrace.table.plan.StreamingRules;
import io.millrace.table.plan.UnusedEventTimes;
import io.millrace.table.plan.WholeResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A query as streams of the engine. */
public final class QueryGraph {

    private QueryGraph() {}

    /**
     * Adds a query to a job; the context is the query's alone.
     *
     * @param plan what the query does
     * @param mode which rows of the result a batch brings
     * @param options how it runs
     * @param context the job
     * @param streams the rows of a source that goes on, with the columns that the scan reads; asked once for each source
     * @param tables the rows of a finished table, with the columns that the scan reads; read once, now
     * @return what the query gives, to be written by one output
     * @throws io.millrace.table.AnalysisException if the query cannot run in this mode
     */
    public static DStream<QueryOutput> build(
            QueryPlan plan,
            OutputMode mode,
            QueryOptions options,
            StreamingContext context,
            Function<QueryPlan.Scan, DStream<ColumnBatch>> streams,
            Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        StreamingRules.check(plan, mode, options.refusals());
        return new GraphBuilder(physical(plan, mode), mode, options, false, context, streams, tables)
                .build()
                .output();
    }

    /**
     * A query as streams.
     *
     * @param output what it gives, to be written by one output
     * @param late what it gives of late rows: each batch of the query, with the late rows of an input of an operator; to be written by an
     *     output each
     */
    public record Built(DStream<QueryOutput> output, Map<LateRows, DStream<QueryOutput>> late) {}

    /**
     * The same as {@link #build} for a plan made by {@link io.millrace.table.plan.ColumnPruning#keepingInputs}, with its late rows. Rows
     * travel whole then to the operators that tell late ones: aggregations are not begun where the rows are.
     */
    public static Built buildWithLateRows(
            QueryPlan plan,
            OutputMode mode,
            QueryOptions options,
            StreamingContext context,
            Function<QueryPlan.Scan, DStream<ColumnBatch>> streams,
            Function<QueryPlan.Scan, List<ColumnBatch>> tables) {
        StreamingRules.check(plan, mode, options.refusals());
        return new GraphBuilder(physical(plan, mode), mode, options, true, context, streams, tables).build();
    }

    /** The tables of late rows of such a plan, in the order of {@link Built#late}. */
    public static List<LateRows> lateRows(QueryPlan plan, OutputMode mode) {
        return new PhysicalQuery(physical(plan, mode), mode, table -> List.of()).lateRows();
    }

    /** The plan as it is run: rows are dropped as early as can be, and what is said twice is one step. */
    public static QueryPlan physical(QueryPlan plan, OutputMode mode) {
        QueryPlan reduced = BatchMoments.apply(UnusedEventTimes.apply(FilterPushdown.apply(plan)));
        return SharedSteps.apply(WholeResults.apply(reduced, mode), mode);
    }

    /**
     * What a query observes of the rows of its streams, by name. A table that is observed may be read several times; its metrics are one.
     *
     * @throws io.millrace.table.AnalysisException if two different metrics have one name
     */
    public static Map<String, MetricsCode> metrics(QueryPlan plan) {
        Map<String, QueryPlan.Observe> plans = new LinkedHashMap<>();
        collectMetrics(plan, plans);
        Map<String, MetricsCode> codes = new LinkedHashMap<>();
        plans.forEach((name, observe) -> codes.put(name, MetricsCode.of(observe.metrics())));
        return codes;
    }

    private static void collectMetrics(QueryPlan plan, Map<String, QueryPlan.Observe> metrics) {
        if (sources(plan).isEmpty()) {
            return;
        }
        if (plan instanceof QueryPlan.Observe observe) {
            QueryPlan.Observe known = metrics.putIfAbsent(observe.name(), observe);
            if (known != null && known.heard() != observe.heard()) {
                throw new AnalysisException(
                        "DUPLICATED_METRICS_NAME", "The metric name is not unique: `" + observe.name() + "`");
            }
        }
        plan.inputs().forEach(input -> collectMetrics(input, metrics));
    }

    /** The ids of the sources that go on, in the order in which {@link BatchFrame#inputRows} counts them. */
    public static List<String> sources(QueryPlan plan) {
        return new ArrayList<>(scans(plan).keySet());
    }

    /** What is read of each source that goes on, by its id and in the same order. */
    public static Map<String, QueryPlan.Scan> scans(QueryPlan plan) {
        Map<String, QueryPlan.Scan> scans = new LinkedHashMap<>();
        collectScans(plan, scans);
        return scans;
    }

    private static void collectScans(QueryPlan plan, Map<String, QueryPlan.Scan> scans) {
        if (plan instanceof QueryPlan.Scan scan && scan.streaming()) {
            QueryPlan.Scan known = scans.putIfAbsent(scan.id(), scan);
            if (known != null && !known.columns().equals(scan.columns())) {
                throw new IllegalArgumentException("the columns " + known.columns() + " and " + scan.columns()
                        + " are read of the source " + scan.id() + ", which is read once");
            }
        }
        plan.inputs().forEach(input -> collectScans(input, scans));
    }

    /** Makes known to a job what crosses between its processes and what a checkpoint holds of a query. */
    public static StreamingContextBuilder register(StreamingContextBuilder builder) {
        return QueryTypes.register(builder);
    }
}
