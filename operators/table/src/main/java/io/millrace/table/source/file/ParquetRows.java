// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.sink.file.DuckDb;
import io.millrace.table.type.DataType;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a Parquet file; columns are found by name, and one that the file has not is null.
 *
 * @param schema the columns
 */
record ParquetRows(Schema schema) implements RowFiles {

    /** The schema of a file. */
    static Schema infer(Path file) throws IOException {
        try (Connection connection = DuckDb.connect();
                Statement statement = connection.createStatement();
                ResultSet columns = statement.executeQuery("DESCRIBE SELECT * FROM " + DuckDb.file(file))) {
            List<Field> fields = new ArrayList<>();
            while (columns.next()) {
                fields.add(Field.of(columns.getString(1), DuckDb.type(columns.getString(2))));
            }
            return new Schema(fields);
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public Reading open(Path file) throws IOException {
        Schema present = infer(file);
        StringBuilder columns = new StringBuilder();
        for (Field field : schema.fields()) {
            String name = DuckDb.name(field.name());
            columns.append(columns.length() == 0 ? "" : ", ").append(present.indexOf(field.name()) < 0 ? "NULL" : name);
        }
        if (columns.length() == 0) {
            columns.append("NULL");
        }
        try {
            Connection connection = DuckDb.connect();
            Statement statement = connection.createStatement();
            ResultSet rows = statement.executeQuery("SELECT " + columns + " FROM " + DuckDb.file(file));
            return new Rows(file, connection, rows);
        } catch (SQLException e) {
            throw new IOException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private final class Rows implements Reading {
        private final Path file;
        private final Connection connection;
        private final ResultSet result;

        Rows(Path file, Connection connection, ResultSet result) {
            this.file = file;
            this.connection = connection;
            this.result = result;
        }

        @Override
        public @Nullable ColumnBatch next() throws IOException {
            List<Row> rows = new ArrayList<>();
            try {
                while (rows.size() < BATCH_ROWS && result.next()) {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (int i = 0; i < schema.size(); i++) {
                        DataType type = schema.field(i).type();
                        values.add(DuckDb.value(type, result.getObject(i + 1)));
                    }
                    rows.add(Row.of(schema, values));
                }
                return rows.isEmpty() ? null : RowForm.batch(schema, rows);
            } catch (SQLException | IllegalArgumentException e) {
                throw new IOException(file + " cannot be read as " + schema + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IOException(file + " cannot be closed", e);
            }
        }
    }
}
