// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import io.millrace.table.Table;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says where rows come from: a format, its options, the columns. For one thread.
 *
 * @param <R> the reader itself
 */
public abstract sealed class FormatReader<R extends FormatReader<R>> permits DataReader, DataStreamReader {

    private final String example;
    private @Nullable String format;
    private Optional<Schema> schema = Optional.empty();
    private FormatOptions options = FormatOptions.none();

    FormatReader(String example) {
        this.example = example;
    }

    abstract R self();

    /** What a format reads. */
    abstract Table read(String named, ReadRequest request);

    /** The kind of source, such as {@code csv} or {@code socket}. */
    public R format(String newFormat) {
        format = newFormat;
        return self();
    }

    /** The columns. */
    public R schema(Schema newSchema) {
        schema = Optional.of(newSchema);
        return self();
    }

    /** The columns as DDL, such as {@code word string, n bigint}. */
    public R schema(String ddl) {
        return schema(DataTypes.parseSchema(ddl));
    }

    /** An option of the format. */
    public R option(String key, String value) {
        options = options.with(key, value);
        return self();
    }

    /** An option of the format. */
    public R option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    /** An option of the format. */
    public R option(String key, long value) {
        return option(key, Long.toString(value));
    }

    /** Options of the format. */
    public R options(Map<String, String> more) {
        more.forEach(this::option);
        return self();
    }

    /**
     * The table; it is read when a query runs.
     *
     * @throws AnalysisException if there is no such format, or an option is wrong
     */
    public Table load() {
        if (format == null) {
            throw new AnalysisException(
                    "MISSING_FORMAT", "say where the rows come from: format(\"" + example + "\"), for instance");
        }
        return read(format, new ReadRequest(schema, options));
    }

    /** The table of a file, or of the files in a directory; a stream takes a directory. */
    public Table load(String path) {
        return option("path", path).load();
    }

    /** The table of JSON files. */
    public Table json(String path) {
        return format("json").load(path);
    }

    /** The table of CSV files. */
    public Table csv(String path) {
        return format("csv").load(path);
    }

    /** The table of Parquet files. */
    public Table parquet(String path) {
        return format("parquet").load(path);
    }

    /** The table of the lines of text files, in a column {@code value}. */
    public Table text(String path) {
        return format("text").load(path);
    }
}
