// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** PostgreSQL, and what speaks like it. */
final class PostgresDialect extends Dialect {

    private static final String UNDEFINED_TABLE = "42P01";
    private static final String UNDEFINED_SCHEMA = "3F000";
    private static final String NO_SUCH_CONSTRAINT = "42P10";
    private static final String WRONG_TYPE = "42804";
    private static final String RAISED = "P0001";

    @Override
    String quote(String name) {
        return '"' + name + '"';
    }

    @Override
    String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    void open(Connection connection, Duration patience) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(2 * patience.toMillis()));
    }

    @Override
    void release(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
    }

    /**
     * For this transaction only, so that a pool between here and the server is not in the way: nobody waits for ever for a process that
     * was stopped in the middle, and a commit is on the disk.
     */
    @Override
    void begin(Connection connection, Duration patience) throws SQLException {
        String millis = "'" + patience.toMillis() + "'";
        ask(
                connection,
                "SELECT set_config('lock_timeout', " + millis + ", true), "
                        + "set_config('idle_in_transaction_session_timeout', " + millis + ", true), "
                        + "CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END");
    }

    @Override
    void checkTable(Connection connection, TableName table) throws SQLException {
        String kind = ask(
                connection,
                "SELECT relpersistence FROM pg_class WHERE oid = CAST('" + table.quoted(this) + "' AS regclass)");
        if (!"p".equals(kind)) {
            throw new SQLException("table " + table + " is " + ("u".equals(kind) ? "unlogged" : "temporary")
                    + ": a crash would empty it, and the engine would not know");
        }
    }

    /** The planner looks for the index; nothing is executed. */
    @Override
    void checkKey(Connection connection, Target target) throws SQLException {
        String columns = target.columns().stream().map(TargetColumn::quoted).collect(Collectors.joining(", "));
        try {
            ask(
                    connection,
                    "EXPLAIN INSERT INTO " + target.quoted() + " (" + columns + ") SELECT " + columns + " FROM "
                            + target.quoted() + onConflict(target));
        } catch (SQLException e) {
            throw NO_SUCH_CONSTRAINT.equals(e.getSQLState()) ? noKey(target) : e;
        }
    }

    @Override
    String upsert(Target target, int rows) {
        return insert(target, rows) + onConflict(target);
    }

    private static String onConflict(Target target) {
        String keys = target.keys().stream().map(TargetColumn::quoted).collect(Collectors.joining(", "));
        String values = target.values().stream()
                .map(column -> column.quoted() + " = EXCLUDED." + column.quoted())
                .collect(Collectors.joining(", "));
        return " ON CONFLICT (" + keys + ") DO " + (values.isEmpty() ? "NOTHING" : "UPDATE SET " + values);
    }

    @Override
    String insertUnlessThere(String table, String columns, String values) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ") ON CONFLICT DO NOTHING";
    }

    /** A value too large for an index, a value of another type, and what a trigger raises are the row's fault, too. */
    @Override
    boolean isRefusal(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return super.isRefusal(failure) || state.startsWith("54") || WRONG_TYPE.equals(state) || RAISED.equals(state);
    }

    @Override
    boolean isMissing(SQLException failure) {
        return UNDEFINED_TABLE.equals(failure.getSQLState()) || UNDEFINED_SCHEMA.equals(failure.getSQLState());
    }

    /** Text without a type of its own, so that it becomes what the column is: JSON, an enum, a network address. */
    @Override
    void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.NULL);
        } else if (value instanceof String) {
            statement.setObject(index, value, Types.OTHER);
        } else {
            statement.setObject(index, value);
        }
    }

    @Override
    String text(String text) throws RefusedValueException {
        int nul = text.indexOf('\0');
        if (nul >= 0) {
            throw new RefusedValueException("a NUL at character " + nul + ", which PostgreSQL does not keep");
        }
        return super.text(text);
    }
}
