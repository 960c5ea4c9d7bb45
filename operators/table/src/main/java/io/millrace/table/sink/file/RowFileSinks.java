// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.operators.sink.file.CsvFormat;
import io.millrace.operators.sink.file.FileFormat;
import io.millrace.operators.sink.file.FileSink;
import io.millrace.operators.sink.file.JsonLinesFormat;
import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import java.nio.file.Path;

/** Makes the sinks of files. */
public final class RowFileSinks {

    private RowFileSinks() {}

    /**
     * A sink that writes files into a directory.
     *
     * @param format {@code text}, {@code csv}, {@code json} or {@code parquet}
     */
    public static TableSink of(String format, Path directory, WriteRequest request) {
        if (!request.partitionBy().isEmpty()) {
            throw new AnalysisException(
                    "UNSUPPORTED_PARTITIONING",
                    "the files of " + directory + " cannot be divided into directories by " + request.partitionBy()
                            + ": write one query for each, or the column into the files");
        }
        return switch (format) {
            case "text" -> new LineFileSink("text", directory, FileSink.to(directory, text(request)));
            case "csv" -> new LineFileSink("csv", directory, FileSink.to(directory, csv(request)));
            case "json" ->
                new LineFileSink("json", directory, FileSink.to(directory, new JsonLinesFormat<>(RowJson::of)));
            default -> new ParquetFileSink(directory);
        };
    }

    private static FileFormat<Row> text(WriteRequest request) {
        if (request.schema().size() != 1 || request.schema().field(0).type() != AtomicType.STRING) {
            throw new AnalysisException(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "Text data source supports only a single column of strings, but the rows have: "
                            + request.schema());
        }
        return new TextLines();
    }

    private static FileFormat<Row> csv(WriteRequest request) {
        for (Field field : request.schema().fields()) {
            if (!(field.type() instanceof AtomicType)
                    && !(field.type() instanceof io.millrace.table.type.DecimalType)) {
                throw new AnalysisException(
                        "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                        "The CSV datasource doesn't support the column `" + field.name() + "` of the type \""
                                + field.type().sql().toUpperCase(java.util.Locale.ROOT) + "\".");
            }
        }
        String sep = request.options().get("sep", ",");
        if (!sep.equals(",")) {
            throw new AnalysisException(
                    "INVALID_OPTION", "files of CSV are written with commas, but the option 'sep' is '" + sep + "'");
        }
        CsvFormat<Row> format = CsvFormat.of(RowJson::fields);
        if (!request.options().flag("header", false)) {
            return format;
        }
        return format.names(request.schema().fields().stream().map(Field::name).toArray(String[]::new));
    }

    /** The one value of each row, as a line; nothing for a null. */
    private record TextLines() implements FileFormat<Row> {

        @Override
        public String extension() {
            return "txt";
        }

        @Override
        public void append(Row row, StringBuilder out) {
            Object line = row.get(0);
            out.append(line == null ? "" : line).append('\n');
        }
    }
}
