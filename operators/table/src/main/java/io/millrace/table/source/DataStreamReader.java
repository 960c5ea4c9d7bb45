// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.AnalysisException;
import io.millrace.table.Table;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Says where the rows of a stream come from. For one thread. */
public final class DataStreamReader {

    private final TableFormats formats;
    private final Function<StreamSource, Table> tables;
    private @Nullable String format;
    private Optional<Schema> schema = Optional.empty();
    private FormatOptions options = FormatOptions.none();

    /** A reader of a session. */
    public DataStreamReader(TableFormats formats, Function<StreamSource, Table> tables) {
        this.formats = formats;
        this.tables = tables;
    }

    /** The kind of source, such as {@code socket}. */
    public DataStreamReader format(String newFormat) {
        format = newFormat;
        return this;
    }

    /** The columns. */
    public DataStreamReader schema(Schema newSchema) {
        schema = Optional.of(newSchema);
        return this;
    }

    /** The columns as DDL, such as {@code word string, n bigint}. */
    public DataStreamReader schema(String ddl) {
        return schema(DataTypes.parseSchema(ddl));
    }

    /** An option of the format. */
    public DataStreamReader option(String key, String value) {
        options = options.with(key, value);
        return this;
    }

    /** An option of the format. */
    public DataStreamReader option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    /** An option of the format. */
    public DataStreamReader option(String key, long value) {
        return option(key, Long.toString(value));
    }

    /** Options of the format. */
    public DataStreamReader options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    /**
     * The stream.
     *
     * @throws AnalysisException if there is no such format, or an option is wrong
     */
    public Table load() {
        if (format == null) {
            throw new AnalysisException(
                    "MISSING_FORMAT", "say where the rows come from: format(\"socket\"), for instance");
        }
        return tables.apply(formats.find(format).stream(new ReadRequest(schema, options)));
    }

    /** The stream of the files in a directory. */
    public Table load(String path) {
        return option("path", path).load();
    }

    /** The stream of the JSON files in a directory. */
    public Table json(String path) {
        return format("json").load(path);
    }

    /** The stream of the CSV files in a directory. */
    public Table csv(String path) {
        return format("csv").load(path);
    }

    /** The stream of the Parquet files in a directory. */
    public Table parquet(String path) {
        return format("parquet").load(path);
    }

    /** The stream of the lines of the files in a directory, in a column {@code value}. */
    public Table text(String path) {
        return format("text").load(path);
    }
}
