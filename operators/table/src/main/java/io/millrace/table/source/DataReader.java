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

/** Says where the rows of a finished table come from. For one thread. */
public final class DataReader {

    private final TableFormats formats;
    private final Function<FiniteSource, Table> tables;
    private @Nullable String format;
    private Optional<Schema> schema = Optional.empty();
    private FormatOptions options = FormatOptions.none();

    /** A reader of a session. */
    public DataReader(TableFormats formats, Function<FiniteSource, Table> tables) {
        this.formats = formats;
        this.tables = tables;
    }

    /** The kind of source, such as {@code csv}. */
    public DataReader format(String newFormat) {
        format = newFormat;
        return this;
    }

    /** The columns. */
    public DataReader schema(Schema newSchema) {
        schema = Optional.of(newSchema);
        return this;
    }

    /** The columns as DDL, such as {@code word string, n bigint}. */
    public DataReader schema(String ddl) {
        return schema(DataTypes.parseSchema(ddl));
    }

    /** An option of the format. */
    public DataReader option(String key, String value) {
        options = options.with(key, value);
        return this;
    }

    /** An option of the format. */
    public DataReader option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    /** An option of the format. */
    public DataReader option(String key, long value) {
        return option(key, Long.toString(value));
    }

    /** Options of the format. */
    public DataReader options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    /**
     * The table; it is read when a query runs.
     *
     * @throws AnalysisException if there is no such format, or an option is wrong
     */
    public Table load() {
        if (format == null) {
            throw new AnalysisException(
                    "MISSING_FORMAT", "say where the rows come from: format(\"csv\"), for instance");
        }
        return tables.apply(formats.find(format).table(new ReadRequest(schema, options)));
    }

    /** The table of a file, or of the files in a directory. */
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
