// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * Sets refused records aside in a table of the same database: {@code job}, {@code output}, {@code batch}, {@code part},
 * {@code pos} (the place in the batch, from 0), {@code target}, {@code col} (null if unknown), {@code reason} and {@code record}, the
 * record's text, escaped and of at most 2 000 characters. Created if absent.
 *
 * @param <T> records
 */
public final class RefusedTable<T> implements RefusedRecords<T> {

    private static final int LONGEST = 1900;
    private static final int LONGEST_COLUMN = 2000;

    private final TableName table;

    private RefusedTable(TableName table) {
        this.table = table;
    }

    /** A table of this name: {@code table} or {@code schema.table}, of letters, digits and {@code _}. */
    public static <T> RefusedTable<T> named(String table) {
        return new RefusedTable<>(TableName.of(table));
    }

    @Override
    public void open(Connection connection) throws SQLException {
        Dialect dialect = Dialect.of(connection);
        table.folded(dialect)
                .createIfAbsent(
                        connection,
                        dialect,
                        "(job VARCHAR(255) NOT NULL, output VARCHAR(255) NOT NULL, batch BIGINT NOT NULL, part INT NOT NULL, "
                                + "pos INT NOT NULL, target VARCHAR(127) NOT NULL, col VARCHAR(63), reason VARCHAR("
                                + LONGEST_COLUMN
                                + ") NOT NULL, record VARCHAR(" + LONGEST_COLUMN + ") NOT NULL)");
    }

    @Override
    public void setAside(RefusedRecord<T> refused, Connection transaction) throws SQLException {
        Dialect dialect = Dialect.of(transaction);
        String sql = "INSERT INTO " + table.folded(dialect).quoted(dialect)
                + " (job, output, batch, part, pos, target, col, reason, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)";
        try (PreparedStatement insert = transaction.prepareStatement(sql)) {
            insert.setString(1, refused.commit().claim().job());
            insert.setString(2, refused.commit().claim().output());
            insert.setLong(3, refused.commit().batch());
            insert.setInt(4, refused.commit().partition());
            insert.setInt(5, refused.position());
            insert.setString(6, refused.table());
            insert.setString(7, refused.column().orElse(null));
            insert.setString(8, refused.reason());
            insert.setString(9, Excerpt.of(refused.record(), LONGEST));
            insert.executeUpdate();
        }
    }
}
