// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.StreamingContext;
import io.millrace.stream.DStream;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.LateRows;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.execution.QueryOptions;
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
 * @param lateRows whether late rows come out by themselves; the plan is then made by
 *     {@link io.millrace.table.plan.ColumnPruning#keepingInputs}
 */
public record PlannedQuery(
        QueryPlan plan,
        OutputMode mode,
        QueryOptions options,
        Function<String, StreamSource> streams,
        Function<String, FiniteSource> tables,
        boolean lateRows)
        implements JobGraph {

    /** A query whose late rows nobody asks for. */
    public PlannedQuery(
            QueryPlan plan,
            OutputMode mode,
            QueryOptions options,
            Function<String, StreamSource> streams,
            Function<String, FiniteSource> tables) {
        this(plan, mode, options, streams, tables, false);
    }

    /** The tables of late rows, if they are asked for. */
    List<LateRows> lateTables() {
        return lateRows ? QueryGraph.lateRows(plan, mode) : List.of();
    }

    @Override
    public Defined define(StreamingContext context, Reading reading) {
        Map<String, OpenSource> opened = new LinkedHashMap<>();
        List<String> descriptions = new ArrayList<>();
        for (QueryPlan.Scan scan : QueryGraph.scans(plan).values()) {
            StreamSource source = streams.apply(scan.id());
            opened.put(scan.id(), source.select(scan.columns()).open(context, reading));
            descriptions.add(source.description());
        }
        QueryGraph.Built built = built(context, scan -> rows(opened, scan.id()));
        QueryPlan physical = QueryGraph.physical(plan, mode);
        return new Defined(
                built.output(),
                List.copyOf(built.late().values()),
                List.copyOf(opened.values()),
                descriptions,
                StatefulNames.of(physical, mode),
                WatermarkInputs.of(physical, streams),
                options.policy(),
                QueryGraph.metrics(plan));
    }

    private QueryGraph.Built built(StreamingContext context, Function<QueryPlan.Scan, DStream<ColumnBatch>> rows) {
        Function<QueryPlan.Scan, List<ColumnBatch>> read = scan -> read(tables.apply(scan.id()), scan);
        return lateRows
                ? QueryGraph.buildWithLateRows(plan, mode, options, context, rows, read)
                : new QueryGraph.Built(QueryGraph.build(plan, mode, options, context, rows, read), Map.of());
    }

    private static DStream<ColumnBatch> rows(Map<String, OpenSource> opened, String id) {
        OpenSource source = opened.get(id);
        if (source == null) {
            throw new IllegalArgumentException("there is no source " + id + " among " + opened.keySet());
        }
        return source.rows();
    }

    /** The rows of a finished table, with the columns that are read. */
    public static List<ColumnBatch> read(FiniteSource source, QueryPlan.Scan scan) {
        try {
            return source.select(scan.columns()).read();
        } catch (IOException e) {
            throw new AnalysisException(
                    "FAILED_READ_FILE", "the table " + source.description() + " cannot be read: " + e.getMessage());
        }
    }
}
