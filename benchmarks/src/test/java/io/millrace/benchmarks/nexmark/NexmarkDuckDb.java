// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The events of Nexmark in an embedded DuckDB, which answers the same questions. */
final class NexmarkDuckDb implements AutoCloseable {

    private final Connection connection;

    NexmarkDuckDb(NexmarkEvents events, long count) throws SQLException {
        connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE person (id BIGINT, name VARCHAR, emailAddress VARCHAR, creditCard VARCHAR,"
                    + " city VARCHAR, state VARCHAR, dateTime TIMESTAMP, extra VARCHAR)");
            statement.execute(
                    "CREATE TABLE auction (id BIGINT, itemName VARCHAR, description VARCHAR, initialBid BIGINT,"
                            + " reserve BIGINT, dateTime TIMESTAMP, expires TIMESTAMP, seller BIGINT, category BIGINT,"
                            + " extra VARCHAR)");
            statement.execute(
                    "CREATE TABLE bid (auction BIGINT, bidder BIGINT, price BIGINT, channel VARCHAR, url VARCHAR,"
                            + " dateTime TIMESTAMP, extra VARCHAR)");
            statement.execute(
                    "CREATE TABLE side_input AS SELECT range AS key, 'value ' || range AS value FROM range(100)");
        }
        connection.setAutoCommit(false);
        for (NexmarkEvents.Kind kind : NexmarkEvents.Kind.values()) {
            fill(events, count, kind);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private void fill(NexmarkEvents events, long count, NexmarkEvents.Kind kind) throws SQLException {
        String marks = "?, ".repeat(NexmarkRows.schema(kind).size() - 1) + "?";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + NexmarkRows.table(kind) + " VALUES (" + marks + ")")) {
            for (long event = 0; event < count; event++) {
                if (NexmarkEvents.kind(event) == kind) {
                    List<Object> values = NexmarkRows.values(events, kind, event);
                    for (int i = 0; i < values.size(); i++) {
                        Object value = values.get(i);
                        insert.setObject(
                                i + 1,
                                value instanceof Instant instant
                                        ? LocalDateTime.ofInstant(instant, ZoneOffset.UTC)
                                        : value);
                    }
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }

    /** The rows of an answer, with timestamps as instants. */
    List<List<@Nullable Object>> answer(NexmarkQuery query) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql(query))) {
            int columns = result.getMetaData().getColumnCount();
            List<List<@Nullable Object>> rows = new ArrayList<>();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int i = 1; i <= columns; i++) {
                    Object value = result.getObject(i);
                    row.add(value instanceof java.sql.Timestamp ? instant(result, i) : value);
                }
                rows.add(row);
            }
            return rows;
        }
    }

    private static Instant instant(ResultSet result, int column) throws SQLException {
        return result.getObject(column, LocalDateTime.class)
                .toInstant(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MICROS);
    }

    private static String sql(NexmarkQuery query) throws IOException {
        String file = "duckdb/" + query.id() + ".sql";
        try (InputStream in = Objects.requireNonNull(NexmarkDuckDb.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
