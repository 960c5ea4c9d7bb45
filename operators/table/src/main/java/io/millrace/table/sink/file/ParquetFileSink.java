// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink.file;

import io.millrace.operators.sink.file.JsonLinesFormat;
import io.millrace.table.Row;
import io.millrace.table.plan.OutputMode;
import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.type.AtomicType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes each batch as a file of Parquet, named by the batch and there as a whole or not at all: a batch that is written again replaces
 * itself. A batch without rows writes nothing.
 *
 * @param directory where the files are; made if it is not there
 * @param schema the columns in the files
 * @param partitioning which columns are in the names of directories; then a batch has a file in each directory that it has rows for
 */
record ParquetFileSink(Path directory, Schema schema, Optional<Partitioning> partitioning) implements TableSink {

    @Override
    public String description() {
        return "FileSink[" + directory + ", parquet]";
    }

    @Override
    public Set<OutputMode> modes() {
        return Set.of(OutputMode.APPEND);
    }

    @Override
    public void write(SinkBatch batch) throws IOException {
        Map<Path, List<Row>> byPlace = new LinkedHashMap<>();
        for (Row row : batch.rows()) {
            Path place =
                    partitioning.map(by -> directory.resolve(by.place(row))).orElse(directory);
            byPlace.computeIfAbsent(place, path -> new ArrayList<>())
                    .add(partitioning.map(by -> by.rest(row)).orElse(row));
        }
        for (Map.Entry<Path, List<Row>> place : byPlace.entrySet()) {
            write(place.getKey(), place.getValue(), batch);
        }
    }

    private void write(Path place, List<Row> rows, SinkBatch batch) throws IOException {
        Files.createDirectories(place);
        String name = "part-%015d.parquet".formatted(batch.time().millis());
        Path lines = Files.createTempFile(place, "." + name, ".json");
        Path unnamed = place.resolve("." + name + ".tmp");
        try {
            writeLines(lines, rows);
            convert(lines, schema, unnamed);
            Files.move(unnamed, place.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (SQLException e) {
            throw new IOException("batch " + batch.batchId() + " could not be written to " + place, e);
        } finally {
            Files.deleteIfExists(lines);
            Files.deleteIfExists(unnamed);
        }
    }

    private static void writeLines(Path file, List<Row> rows) throws IOException {
        JsonLinesFormat<Row> format = new JsonLinesFormat<>(row -> exact(RowJson.of(row)));
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            StringBuilder line = new StringBuilder();
            for (Row row : rows) {
                line.setLength(0);
                format.append(row, line);
                out.append(line);
            }
        }
    }

    /** Decimals as texts: DuckDB reads numbers of JSON as doubles. */
    private static @Nullable Object exact(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, one) -> values.put(String.valueOf(key), exact(one)));
            return values;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(one -> values.add(exact(one)));
            return values;
        }
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value;
    }

    private static void convert(Path lines, Schema schema, Path file) throws SQLException {
        List<String> types = new ArrayList<>();
        List<String> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            boolean binary = field.type() == AtomicType.BINARY;
            String name = DuckDb.name(field.name());
            types.add(DuckDb.text(field.name()) + ": " + DuckDb.text(binary ? "VARCHAR" : DuckDb.sql(field.type())));
            columns.add(binary ? "from_base64(" + name + ") AS " + name : name);
        }
        try (Connection connection = DuckDb.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + String.join(", ", columns) + " FROM read_json("
                    + DuckDb.text(lines.toString()) + ", format = 'newline_delimited', columns = {"
                    + String.join(", ", types) + "})) TO " + DuckDb.text(file.toString()) + " (FORMAT parquet)");
        }
    }
}
