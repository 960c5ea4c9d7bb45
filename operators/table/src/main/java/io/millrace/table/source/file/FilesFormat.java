// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.AnalysisException;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.sink.file.RowFileSinks;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.LookThreads;
import io.millrace.table.source.ReadRequest;
import io.millrace.table.source.StreamSource;
import io.millrace.table.source.TableFormat;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * Files of a directory and of those below it, whose names may say columns, {@code day=2024-01-31}. Options: {@code path}; for streams {@code maxFilesPerTrigger}, how many files a batch has at most, all; and those of the
 * format.
 */
abstract sealed class FilesFormat implements TableFormat permits CsvFormat, JsonFormat, ParquetFormat, TextFormat {

    /** Where directories are looked at. */
    private static final Executor LOOKS = new LookThreads("millrace-directory-looks");

    private final String name;

    FilesFormat(String name) {
        this.name = name;
    }

    @Override
    public final String name() {
        return name;
    }

    /** How files of a schema are read. */
    abstract RowFiles rows(Schema schema, FormatOptions options);

    /**
     * Whether a file that is read with fewer columns has the same rows and the same faults. Of text it has not: a row may be malformed by a column that nobody
     * reads.
     */
    boolean leavesColumnsUnread() {
        return false;
    }

    /** The schema of some files. */
    abstract Schema infer(List<Path> files, FormatOptions options) throws IOException;

    /** The schema if it is always the same. */
    Schema streamSchema(ReadRequest request) {
        return request.schema()
                .orElseThrow(() -> new AnalysisException(
                        "STREAMING_SCHEMA_MISSING",
                        "Schema must be specified when creating a streaming source of files, since there may be none yet: "
                                + "schema(\"word string, n int\"), for instance"));
    }

    private Path path(FormatOptions options) {
        return Path.of(options.required(name, "path"));
    }

    @Override
    public final StreamSource stream(ReadRequest request) {
        FormatOptions options = request.options();
        Path path = path(options);
        Schema schema = PartitionColumns.with(streamSchema(request), PartitionColumns.find(path, present(path)), true);
        int most = (int) options.number("maxFilesPerTrigger", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        return new FileStream(name, path, schema, rows(path, schema, options), most, LOOKS);
    }

    /** The files that are there when a stream is defined, if any. */
    private static List<Path> present(Path path) {
        try {
            return FileList.of(path);
        } catch (IOException e) {
            return List.of();
        }
    }

    private RowFiles rows(Path path, Schema schema, FormatOptions options) {
        // wrong options are refused now
        var unused = rows(schema, options);
        return new PartitionedRows(path, schema, inFile -> rows(inFile, options), leavesColumnsUnread());
    }

    @Override
    public final FiniteSource table(ReadRequest request) {
        FormatOptions options = request.options();
        Path path = path(options);
        Schema schema = request.schema()
                .map(given -> PartitionColumns.with(given, PartitionColumns.find(path, present(path)), true))
                .orElseGet(() -> inferred(path, options));
        return new FileTable(name, path, schema, rows(path, schema, options));
    }

    private Schema inferred(Path path, FormatOptions options) {
        List<Path> files;
        try {
            files = FileList.of(path);
        } catch (IOException e) {
            throw new AnalysisException("PATH_NOT_FOUND", "Path does not exist or cannot be read: " + path);
        }
        Schema partitions = PartitionColumns.find(path, files);
        try {
            Schema schema = infer(files, options);
            if (schema.size() > 0) {
                return PartitionColumns.with(schema, partitions, false);
            }
        } catch (IOException e) {
            throw new AnalysisException(
                    "FAILED_READ_FILE", "the files of " + path + " cannot be read: " + e.getMessage());
        }
        throw new AnalysisException(
                "UNABLE_TO_INFER_SCHEMA",
                "Unable to infer schema for " + name.toUpperCase(Locale.ROOT) + " at " + path
                        + ". It must be specified manually.");
    }

    @Override
    public final TableSink sink(WriteRequest request) {
        return RowFileSinks.of(name, path(request.options()), request);
    }
}
