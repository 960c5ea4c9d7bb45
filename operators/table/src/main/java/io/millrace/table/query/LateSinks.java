// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.AnalysisException;
import io.millrace.table.execution.LateRows;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.MemoryTableSink;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FormatOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Makes the sinks of a query's late rows: one for each table of them. */
@FunctionalInterface
interface LateSinks {

    /**
     * The sink of a table.
     *
     * @param single whether the query has no other table of late rows
     */
    TableSink sink(LateRows table, boolean single);

    /**
     * The sinks of some tables, in their order.
     *
     * @throws AnalysisException if there is no table, or a sink does not take rows one after the other
     */
    default List<TableSink> sinks(List<LateRows> tables) {
        if (tables.isEmpty()) {
            throw new AnalysisException(
                    "LATE_ROWS_NOT_POSSIBLE",
                    "No row of the query can come late: none of its operators closes or forgets anything by a watermark. Set one with"
                            + " withWatermark, and group by a window of its column or by the column itself");
        }
        List<TableSink> sinks = new ArrayList<>();
        for (LateRows table : tables) {
            TableSink sink = sink(table, tables.size() == 1);
            if (!sink.modes().contains(OutputMode.APPEND)) {
                throw new AnalysisException(
                        "STREAMING_OUTPUT_MODE.UNSUPPORTED_DATASOURCE",
                        "The sink " + sink.description() + " of the late rows of " + table.name()
                                + " does not take the output mode append, only " + sink.modes());
            }
            sinks.add(sink);
        }
        return sinks;
    }

    /** Tables in memory: of this name, or with that of the operator behind it if there are several. */
    static LateSinks memory(QuerySettings settings, String view) {
        return (table, single) -> {
            MemoryTableSink memory = new MemoryTableSink(table.schema(), MemoryTableSink.MAX_ROWS);
            settings.views().accept(single ? view : view + "_" + table.name().replace('-', '_'), memory);
            return memory;
        };
    }

    /** Sinks of a format; if there are several, each has the name of its operator behind its path. */
    static LateSinks format(QuerySettings settings, String format, Map<String, String> options) {
        if (format.toLowerCase(Locale.ROOT).equals("memory")) {
            throw new AnalysisException(
                    "QUERY_NAME_MISSING", "for late rows in memory use lateRowsToTable, which takes the table's name");
        }
        return (table, single) -> {
            FormatOptions all = FormatOptions.none();
            for (Map.Entry<String, String> option : options.entrySet()) {
                boolean apart = !single && option.getKey().equalsIgnoreCase("path");
                all = all.with(option.getKey(), option.getValue() + (apart ? "/" + table.name() : ""));
            }
            return settings.formats()
                    .find(format)
                    .sink(new WriteRequest(table.schema(), OutputMode.APPEND, all, List.of()));
        };
    }
}
