// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.QueryExecutionException;
import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.ColumnBuilder;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows whose columns are in files and in the names of the directories above them; a column that is in both is that of the directory.
 *
 * @param root below which names count
 * @param schema all columns
 * @param rows how a file of some columns is read
 * @param named whether columns of files are found by name, so that those not asked for need not be read
 */
record PartitionedRows(Path root, Schema schema, Function<Schema, RowFiles> rows, boolean named) implements RowFiles {

    @Override
    public RowFiles select(List<Integer> columns, Schema selected) {
        return named ? new PartitionedRows(root, selected, rows, true) : RowFiles.super.select(columns, selected);
    }

    @Override
    public Reading open(Path file) throws IOException {
        Map<String, @Nullable String> texts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        texts.putAll(PartitionPath.columns(root, file));
        if (schema.fields().stream().noneMatch(field -> texts.containsKey(field.name()))) {
            return rows.apply(schema).open(file);
        }
        List<Field> inFile = new ArrayList<>();
        @Nullable Object[] values = new @Nullable Object[schema.size()];
        boolean[] above = new boolean[schema.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = schema.field(i);
            above[i] = texts.containsKey(field.name());
            if (above[i]) {
                values[i] = value(field, texts.get(field.name()), file);
            } else {
                inFile.add(field);
            }
        }
        return new Joined(rows.apply(new Schema(inFile)).open(file), values, above);
    }

    private static @Nullable Object value(Field field, @Nullable String text, Path file) {
        if (text == null) {
            return null;
        }
        Object value = CellText.parse(field.type(), text);
        if (value == null) {
            throw new QueryExecutionException(
                    "CAST_INVALID_INPUT",
                    "the directory of " + file + " says " + field.name() + "=" + text + ", which is no "
                            + field.type().sql() + " as the schema has it");
        }
        return value;
    }

    /** Puts the columns of the directories beside those of the file. */
    private final class Joined implements Reading {

        private final Reading file;
        private final @Nullable Object[] values;
        private final boolean[] above;

        Joined(Reading file, @Nullable Object[] values, boolean[] above) {
            this.file = file;
            this.values = values;
            this.above = above;
        }

        @Override
        public @Nullable ColumnBatch next() throws IOException {
            ColumnBatch batch = file.next();
            if (batch == null) {
                return null;
            }
            Column[] columns = new Column[values.length];
            int inFile = 0;
            for (int i = 0; i < columns.length; i++) {
                columns[i] = above[i] ? constant(i, batch.rows()) : batch.column(inFile++);
            }
            return new ColumnBatch(schema, columns, batch.rows());
        }

        private Column constant(int place, int rows) {
            ColumnBuilder builder = ColumnBuilder.of(schema.field(place).type(), rows);
            for (int row = 0; row < rows; row++) {
                builder.append(values[place]);
            }
            return builder.build();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
