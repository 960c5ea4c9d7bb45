// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.execution.LateRows;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.plan.StreamingRules;
import io.millrace.table.sink.ForeachSink;
import io.millrace.table.sink.ForeachWriter;
import io.millrace.table.sink.MemoryTableSink;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FormatOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Says where the rows of a query over streams go, and starts it. For one thread. */
public final class DataStreamWriter {

    private final QuerySettings settings;
    private final Table table;
    private final QueryPlanning planning;
    private OutputMode mode = OutputMode.APPEND;
    private Trigger trigger = Trigger.asSoonAsPossible();
    private @Nullable String name;
    private @Nullable String format;
    private @Nullable TableSink sink;
    private @Nullable LateSinks lateSinks;
    private FormatOptions options = FormatOptions.none();
    private List<String> partitionBy = List.of();

    /** A writer of a session's table. */
    public DataStreamWriter(QuerySettings settings, Table table, QueryPlanning planning) {
        this.settings = settings;
        this.table = table;
        this.planning = planning;
    }

    /** Which rows a batch brings. Default: append. */
    public DataStreamWriter outputMode(OutputMode newMode) {
        mode = newMode;
        return this;
    }

    /** The same as text: {@code append}, {@code update} or {@code complete}. */
    public DataStreamWriter outputMode(String newMode) {
        return outputMode(StreamingRules.mode(newMode));
    }

    /** When batches run. Default: as soon as there are rows. */
    public DataStreamWriter trigger(Trigger newTrigger) {
        trigger = newTrigger;
        return this;
    }

    /** A name, under which no other active query of the session runs; that of the table for the format {@code memory}. */
    public DataStreamWriter queryName(String newName) {
        name = newName;
        return this;
    }

    /** The kind of sink, such as {@code console}. */
    public DataStreamWriter format(String newFormat) {
        format = newFormat;
        sink = null;
        return this;
    }

    /** An option of the sink, or {@code checkpointLocation}: the directory in which the query is durable. */
    public DataStreamWriter option(String key, String value) {
        options = options.with(key, value);
        return this;
    }

    /** An option of the sink. */
    public DataStreamWriter option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    /** An option of the sink. */
    public DataStreamWriter option(String key, long value) {
        return option(key, Long.toString(value));
    }

    /** Options of the sink. */
    public DataStreamWriter options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    /** Columns whose values make directories, for sinks of files. */
    public DataStreamWriter partitionBy(String... columns) {
        partitionBy = List.of(columns);
        return this;
    }

    /** Gives every row to a writer. */
    public DataStreamWriter foreach(ForeachWriter<Row> writer) {
        format = null;
        sink = new ForeachSink(writer);
        return this;
    }

    /**
     * Gives the rows that come too late for an operator with state to a function, which otherwise are only counted: of each batch with late
     * rows a table for each operator that left some out. Its columns are all those that the rows had before the operator, also the ones
     * that the query does not read, then {@code late_operator}, the name under which the operator's state is kept, and
     * {@code late_watermark}, the watermark at or before which they were. What a crash repeats is as with {@link #foreachBatch}.
     *
     * <p>Rows travel one by one then to an operator that aggregates; the result and its figures do not change.
     */
    public DataStreamWriter lateRows(BatchConsumer function) {
        lateSinks = (late, single) -> new ForeachBatchSink(function, planning);
        return this;
    }

    /**
     * The same with a sink of a format that takes rows one after the other, such as {@code json}; if several operators or both sides of a
     * join can have late rows, each has a directory of its name below the option {@code path}. With a checkpoint the sink gets every batch
     * as often as it would as the sink of the result.
     */
    public DataStreamWriter lateRowsTo(String lateFormat, Map<String, String> lateOptions) {
        lateSinks = LateSinks.format(settings, lateFormat, lateOptions);
        return this;
    }

    /**
     * The same with a table in memory, which SQL finds by its name; if several operators or both sides of a join can have late rows, with
     * {@code _} and their name behind it, such as {@code late_join_0_left}.
     */
    public DataStreamWriter lateRowsToTable(String tableName) {
        lateSinks = LateSinks.memory(settings, tableName);
        return this;
    }

    /** What is done with a batch. */
    @FunctionalInterface
    public interface BatchConsumer {
        /**
         * Does with a batch what is to be done; after a crash perhaps once more, with the same number.
         *
         * @param batch its rows, a finished table
         * @param batchId its number, from 0
         */
        void accept(Table batch, long batchId) throws Exception;
    }

    /** Gives every batch to a function. */
    public DataStreamWriter foreachBatch(BatchConsumer function) {
        format = null;
        sink = new ForeachBatchSink(function, planning);
        return this;
    }

    /**
     * Starts the query.
     *
     * @throws AnalysisException if it cannot be run as a stream in this mode, or an option is wrong
     */
    public StreamingQuery start() {
        return start(sinkOfFormat(), settings.host());
    }

    /** The same, with the option {@code path}. */
    public StreamingQuery start(String path) {
        return option("path", path).start();
    }

    /** The same with a table in memory of this name. */
    public StreamingQuery toTable(String tableName) {
        return format("memory").queryName(tableName).start();
    }

    /** Starts the query with a sink of one's own, in a host of one's own, as tests do. */
    public StreamingQuery start(TableSink ownSink, JobHost host) {
        checkStreaming();
        LateSinks late = lateSinks;
        if (late == null) {
            return start(ownSink, host, planning.graph(table, mode, settings.options()));
        }
        PlannedQuery planned = planning.graphWithLateRows(table, mode, settings.options());
        List<LateRows> tables = planned.lateTables();
        List<TableSink> sinks = late.sinks(tables);
        return start(
                ownSink,
                host,
                planned,
                IntStream.range(0, sinks.size())
                        .mapToObj(i -> new QuerySpec.Late(tables.get(i), sinks.get(i)))
                        .toList());
    }

    private void checkStreaming() {
        if (!table.isStreaming()) {
            throw new AnalysisException(
                    "WRITE_STREAM_NOT_ALLOWED", "`writeStream` can be called only on streaming Dataset/DataFrame.");
        }
    }

    /** The same for a query that is planned already. */
    public StreamingQuery start(TableSink ownSink, JobHost host, JobGraph graph) {
        return start(ownSink, host, graph, List.of());
    }

    private StreamingQuery start(TableSink ownSink, JobHost host, JobGraph graph, List<QuerySpec.Late> late) {
        if (!ownSink.modes().contains(mode)) {
            throw new AnalysisException(
                    "STREAMING_OUTPUT_MODE.UNSUPPORTED_DATASOURCE",
                    "The sink " + ownSink.description() + " does not take the output mode "
                            + mode.name().toLowerCase(Locale.ROOT) + ", only " + ownSink.modes());
        }
        Optional<Path> checkpoint = options.get("checkpointLocation").map(Path::of);
        UUID id = checkpoint.map(QueryMetadata::id).orElseGet(UUID::randomUUID);
        return settings.queries()
                .start(
                        new QuerySpec(
                                id,
                                name,
                                graph,
                                table.schema(),
                                mode,
                                trigger,
                                ownSink,
                                late,
                                checkpoint,
                                interval(),
                                settings.idle(),
                                settings.recentProgress(),
                                extended -> planning.explain(table, extended),
                                settings.job()),
                        host);
    }

    private java.time.Duration interval() {
        return trigger instanceof Trigger.ProcessingTime time
                        && !time.interval().isZero()
                ? time.interval()
                : settings.poll();
    }

    private TableSink sinkOfFormat() {
        TableSink own = sink;
        if (own != null) {
            return own;
        }
        String kind = format == null ? "" : format;
        if (kind.equalsIgnoreCase("memory")) {
            return memory();
        }
        if (kind.isEmpty()) {
            throw new AnalysisException(
                    "MISSING_FORMAT",
                    "say where the rows go: format(\"console\"), for instance, foreach or foreachBatch");
        }
        return settings.formats().find(kind).sink(new WriteRequest(table.schema(), mode, options, partitionBy));
    }

    private TableSink memory() {
        String view = name;
        if (view == null) {
            throw new AnalysisException(
                    "QUERY_NAME_MISSING", "queryName must be specified for memory sink: it names the table");
        }
        MemoryTableSink memory = new MemoryTableSink(
                table.schema(), options.number("maxRows", MemoryTableSink.MAX_ROWS, 1, Integer.MAX_VALUE));
        settings.views().accept(view, memory);
        return memory;
    }
}
