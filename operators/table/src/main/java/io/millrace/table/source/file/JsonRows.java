// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBatchBuilder;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Schema;
import io.millrace.table.type.StructType;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The objects of a file of JSON, one per line; fields go to columns by their names.
 *
 * @param schema the columns
 * @param mode what becomes of a line that does not fit
 */
record JsonRows(Schema schema, ParseMode mode) implements RowFiles {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    /** The schema of some files; columns are sorted by name, as in Spark. */
    static Schema infer(List<Path> files) throws IOException {
        DataType found = new StructType(List.of());
        for (Path file : files) {
            try (BufferedReader lines = FileCharacters.of(file)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    JsonNode node = tree(line);
                    if (node != null && node.isObject()) {
                        found = FoundTypes.both(found, FoundTypes.of(node));
                    }
                }
            }
        }
        return new Schema(((StructType) FoundTypes.orString(found)).fields());
    }

    private static @Nullable JsonNode tree(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    @Override
    public Reading open(Path file) throws IOException {
        BufferedReader lines = FileCharacters.of(file);
        return new Reading() {
            private long number;
            private boolean ended;

            @Override
            public @Nullable ColumnBatch next() throws IOException {
                ColumnBatchBuilder rows = new ColumnBatchBuilder(schema, BATCH_ROWS);
                while (rows.rows() < BATCH_ROWS && !ended) {
                    String line = lines.readLine();
                    ended = line == null;
                    number++;
                    if (line != null && !line.isBlank()) {
                        add(line, rows, file, number);
                    }
                }
                return ended && rows.rows() == 0 ? null : rows.build();
            }

            @Override
            public void close() throws IOException {
                lines.close();
            }
        };
    }

    private void add(String line, ColumnBatchBuilder rows, Path file, long number) {
        JsonNode node = tree(line);
        @Nullable Object[] values = new Object[schema.size()];
        boolean fits = node != null && node.isObject();
        for (int i = 0; fits && node != null && i < values.length; i++) {
            JsonNode field = node.path(schema.field(i).name());
            values[i] = JsonValue.of(schema.field(i).type(), field);
            if (values[i] == null && !field.isMissingNode() && !field.isNull()) {
                fits = false;
            }
        }
        if (!fits && mode == ParseMode.FAILFAST) {
            throw new QueryExecutionException(
                    "MALFORMED_RECORD_IN_PARSING",
                    "line " + number + " of " + file + " does not fit " + schema
                            + "; with the mode PERMISSIVE what does not fit is null");
        }
        if (fits || mode == ParseMode.PERMISSIVE) {
            rows.append(values);
        }
    }
}
