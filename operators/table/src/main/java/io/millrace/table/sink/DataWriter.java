// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import io.millrace.operator.BatchTime;
import io.millrace.table.AnalysisException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.TableFormats;
import io.millrace.table.type.Schema;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says where the rows of a query over finished data go, and runs it. For one thread. */
public final class DataWriter {

    private final TableFormats formats;
    private final Schema schema;
    private final Supplier<List<ColumnBatch>> rows;
    private final InstantSource clock;
    private @Nullable String format;
    private FormatOptions options = FormatOptions.none();
    private List<String> partitionBy = List.of();

    /** A writer of a session's table. */
    public DataWriter(TableFormats formats, Schema schema, Supplier<List<ColumnBatch>> rows, InstantSource clock) {
        this.formats = formats;
        this.schema = schema;
        this.rows = rows;
        this.clock = clock;
    }

    /** The kind of sink, such as {@code csv}. */
    public DataWriter format(String newFormat) {
        format = newFormat;
        return this;
    }

    /** An option of the sink. */
    public DataWriter option(String key, String value) {
        options = options.with(key, value);
        return this;
    }

    /** An option of the sink. */
    public DataWriter option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    /** An option of the sink. */
    public DataWriter option(String key, long value) {
        return option(key, Long.toString(value));
    }

    /** Options of the sink. */
    public DataWriter options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    /** Columns whose values make directories, for sinks of files. */
    public DataWriter partitionBy(String... columns) {
        partitionBy = List.of(columns);
        return this;
    }

    /**
     * Runs the query and writes its rows.
     *
     * @throws AnalysisException if there is no such format, or an option is wrong
     * @throws IllegalStateException if it could not be written
     */
    public void save() {
        if (format == null) {
            throw new AnalysisException("MISSING_FORMAT", "say where the rows go: format(\"csv\"), for instance");
        }
        TableSink sink = formats.find(format).sink(new WriteRequest(schema, OutputMode.APPEND, options, partitionBy));
        try {
            sink.write(new SinkBatch(0, new BatchTime(clock.millis()), schema, OutputMode.APPEND, rows.get()));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(sink.description() + " could not be written: " + e.getMessage(), e);
        } finally {
            sink.close();
        }
    }

    /** The same, with the option {@code path}. */
    public void save(String path) {
        option("path", path).save();
    }
}
