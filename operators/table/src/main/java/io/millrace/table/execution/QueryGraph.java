// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.stream.DStream;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.BatchMoments;
import io.millrace.table.plan.FilterPushdown;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.plan.SharedSteps;
import io.millrace.table.plan.StreamingRules;
import io.millrace.table.plan.UnusedEventTimes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
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
     * @param streams the rows of a source that goes on, by its id; asked once for each
     * @param tables the rows of a finished table, by its id; read once, now
     * @return what the query gives, to be written by one output
     * @throws io.millrace.table.AnalysisException if the query cannot run in this mode
     */
    public static DStream<QueryOutput> build(
            QueryPlan plan,
            OutputMode mode,
            QueryOptions options,
            StreamingContext context,
            Function<String, DStream<ColumnBatch>> streams,
            Function<String, List<ColumnBatch>> tables) {
        StreamingRules.check(plan, mode, options.refusals());
        return new GraphBuilder(physical(plan, mode), mode, options, context, streams, tables).build();
    }

    /** The plan as it is run: rows are dropped as early as can be, and what is said twice is one step. */
    public static QueryPlan physical(QueryPlan plan, OutputMode mode) {
        return SharedSteps.apply(BatchMoments.apply(UnusedEventTimes.apply(FilterPushdown.apply(plan))), mode);
    }

    /** The ids of the sources that go on, in the order in which {@link BatchFrame#inputRows} counts them. */
    public static List<String> sources(QueryPlan plan) {
        Set<String> ids = new LinkedHashSet<>();
        collectSources(plan, ids);
        return new ArrayList<>(ids);
    }

    private static void collectSources(QueryPlan plan, Set<String> ids) {
        if (plan instanceof QueryPlan.Scan scan && scan.streaming()) {
            ids.add(scan.id());
        }
        plan.inputs().forEach(input -> collectSources(input, ids));
    }

    /** Makes known to a job what crosses between its processes and what a checkpoint holds of a query. */
    public static StreamingContextBuilder register(StreamingContextBuilder builder) {
        return QueryTypes.register(builder);
    }
}
