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
import io.millrace.table.source.FormatOptions;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the sinks of files. */
public final class RowFileSinks {

    private RowFileSinks() {}

    /**
     * A sink that writes files into a directory.
     *
     * @param format {@code text}, {@code csv}, {@code json} or {@code parquet}
     */
    public static TableSink of(String format, Path directory, WriteRequest request) {
        Optional<Partitioning> partitioning = request.partitionBy().isEmpty()
                ? Optional.empty()
                : Optional.of(Partitioning.of(request.schema(), request.partitionBy()));
        Schema inFiles = partitioning.map(Partitioning::rest).orElse(request.schema());
        if (format.equals("parquet")) {
            return new ParquetFileSink(directory, inFiles, partitioning);
        }
        FileFormat<Row> lines = switch (format) {
            case "text" -> text(inFiles);
            case "csv" -> csv(inFiles, request.options());
            default -> new JsonLinesFormat<>(RowJson::of);
        };
        FileSink<Row> sink = partitioning
                .map(by ->
                        FileSink.<Row>to(directory, new RestOfRows(lines, by)).places(by::place))
                .orElseGet(() -> FileSink.to(directory, lines));
        return new LineFileSink(format, directory, sink);
    }

    /** The columns that are in no name of a directory. */
    private record RestOfRows(FileFormat<Row> lines, Partitioning partitioning) implements FileFormat<Row> {
        @Override
        public String extension() {
            return lines.extension();
        }

        @Override
        public String header() {
            return lines.header();
        }

        @Override
        public void append(Row row, StringBuilder out) {
            lines.append(partitioning.rest(row), out);
        }
    }

    private static FileFormat<Row> text(Schema schema) {
        if (schema.size() != 1 || schema.field(0).type() != AtomicType.STRING) {
            throw new AnalysisException(
                    "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                    "Text data source supports only a single column of strings, but the rows have: " + schema);
        }
        return new TextLines();
    }

    private static FileFormat<Row> csv(Schema schema, FormatOptions options) {
        for (Field field : schema.fields()) {
            if (!(field.type() instanceof AtomicType)
                    && !(field.type() instanceof io.millrace.table.type.DecimalType)) {
                throw new AnalysisException(
                        "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
                        "The CSV datasource doesn't support the column `" + field.name() + "` of the type \""
                                + field.type().sql().toUpperCase(java.util.Locale.ROOT) + "\".");
            }
        }
        String sep = options.get("sep", ",");
        if (!sep.equals(",")) {
            throw new AnalysisException(
                    "INVALID_OPTION", "files of CSV are written with commas, but the option 'sep' is '" + sep + "'");
        }
        CsvFormat<Row> format = CsvFormat.of(RowJson::fields);
        if (!options.flag("header", false)) {
            return format;
        }
        return format.names(schema.fields().stream().map(Field::name).toArray(String[]::new));
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
