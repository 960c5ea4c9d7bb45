// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
import io.millrace.table.execution.QueryOutput;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.QueryPlan;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.OpenSource;
import io.millrace.table.source.Reading;
import io.millrace.table.source.StreamSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A query over streams that is planned.
 *
 * @param plan what it does
 * @param mode which rows of the result a batch brings
 * @param options how it runs
 * @param streams where the rows of a source without end come from, by its id
 * @param tables where the rows of a finished table come from, by its id
 */
public record PlannedQuery(
        QueryPlan plan,
        OutputMode mode,
        QueryOptions options,
        Function<String, StreamSource> streams,
        Function<String, FiniteSource> tables)
        implements JobGraph {

    @Override
    public Defined define(StreamingContext context, Reading reading) {
        Map<String, OpenSource> opened = new LinkedHashMap<>();
        List<String> descriptions = new ArrayList<>();
        for (String id : QueryGraph.sources(plan)) {
            StreamSource source = streams.apply(id);
            opened.put(id, source.open(context, reading));
            descriptions.add(source.description());
        }
        DStream<QueryOutput> output =
                QueryGraph.build(plan, mode, options, context, id -> rows(opened, id), id -> read(tables.apply(id)));
        QueryPlan physical = QueryGraph.physical(plan, mode);
        return new Defined(
                output,
                List.copyOf(opened.values()),
                descriptions,
                StatefulNames.of(physical, mode),
                WatermarkInputs.of(physical, streams),
                options.policy());
    }

    private static DStream<ColumnBatch> rows(Map<String, OpenSource> opened, String id) {
        OpenSource source = opened.get(id);
        if (source == null) {
            throw new IllegalArgumentException("there is no source " + id + " among " + opened.keySet());
        }
        return source.rows();
    }

    /** The rows of a finished table. */
    public static List<ColumnBatch> read(FiniteSource source) {
        try {
            return source.read();
        } catch (IOException e) {
            throw new AnalysisException(
                    "FAILED_READ_FILE", "the table " + source.description() + " cannot be read: " + e.getMessage());
        }
    }
}
