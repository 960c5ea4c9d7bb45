// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import io.millrace.jdbc.UrlDataSource;
import io.millrace.table.AnalysisException;
import io.millrace.table.Row;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table of a database, or of a query on it, as they are when they are read. Any database will do whose driver is there.
 *
 * @param source where connections come from
 * @param what what stands behind SELECT
 * @param from what stands behind FROM
 * @param quote what stands around names
 * @param description what stands in plans, without user and password
 * @param schema the columns
 * @param columns how their values are read
 * @param fetchSize how many rows the driver has at once
 */
record JdbcTable(
        UrlDataSource source,
        String what,
        String from,
        String quote,
        String description,
        Schema schema,
        List<JdbcColumn> columns,
        int fetchSize)
        implements FiniteSource {

    private static final int BATCH_ROWS = 8_192;

    /**
     * Asks the database for the columns.
     *
     * @param from what stands behind FROM
     * @param name for people
     * @throws AnalysisException if the database cannot be asked, or has a type that has none here
     */
    static JdbcTable of(UrlDataSource source, String from, String name, int fetchSize) {
        String description = "JDBCRelation(" + name + ") at " + source;
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet none = statement.executeQuery("SELECT * FROM " + from + " WHERE 1 = 0")) {
            String product = connection.getMetaData().getDatabaseProductName();
            String quote = connection.getMetaData().getIdentifierQuoteString();
            ResultSetMetaData meta = none.getMetaData();
            List<JdbcColumn> columns = new ArrayList<>();
            List<Field> fields = new ArrayList<>();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                JdbcColumn column = JdbcColumn.of(product, meta, i);
                columns.add(column);
                fields.add(Field.of(meta.getColumnLabel(i), column.type()));
            }
            return new JdbcTable(
                    source, "*", from, quote, description, new Schema(fields), List.copyOf(columns), fetchSize);
        } catch (SQLException e) {
            throw new AnalysisException(
                    "FAILED_JDBC.LOAD_TABLE", description + " cannot be looked up: " + e.getMessage());
        }
    }

    @Override
    public FiniteSource select(List<Integer> places) {
        // a blank says that the database quotes no names
        if (places.size() == schema.size() || quote.isBlank()) {
            return FiniteSource.super.select(places);
        }
        Schema selected = schema.select(places);
        String names = selected.fields().stream()
                .map(field -> quote + field.name().replace(quote, quote + quote) + quote)
                .collect(Collectors.joining(", "));
        List<JdbcColumn> chosen = places.stream().map(columns::get).toList();
        return new JdbcTable(source, names, from, quote, description, selected, chosen, fetchSize);
    }

    @Override
    public List<ColumnBatch> read() throws IOException {
        List<ColumnBatch> batches = new ArrayList<>();
        try (Connection connection = source.getConnection()) {
            // else PostgreSQL's driver holds all rows before it gives the first
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(fetchSize);
                try (ResultSet result = statement.executeQuery("SELECT " + what + " FROM " + from)) {
                    read(result, batches);
                }
            } finally {
                connection.rollback();
            }
        } catch (SQLException | IllegalArgumentException e) {
            throw new IOException(description + " cannot be read as " + schema + ": " + e.getMessage(), e);
        }
        return batches;
    }

    private void read(ResultSet result, List<ColumnBatch> batches) throws SQLException {
        int found = result.getMetaData().getColumnCount();
        if (found != columns.size()) {
            throw new SQLException("it has " + found + " columns now");
        }
        List<Row> rows = new ArrayList<>();
        while (result.next()) {
            List<@Nullable Object> values = new ArrayList<>(found);
            for (int i = 0; i < found; i++) {
                values.add(columns.get(i).value(result, i + 1));
            }
            rows.add(Row.of(schema, values));
            if (rows.size() == BATCH_ROWS) {
                batches.add(RowForm.batch(schema, rows));
                rows.clear();
            }
        }
        if (!rows.isEmpty()) {
            batches.add(RowForm.batch(schema, rows));
        }
    }
}
