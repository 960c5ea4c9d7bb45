// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** MariaDB and MySQL. */
final class MariaDbDialect extends Dialect {

    private static final Logger LOG = LoggerFactory.getLogger(MariaDbDialect.class);
    /** Errors about a value that come with the state HY000: no default, out of range, wrong value for the column, truncated. */
    private static final Set<Integer> VALUES = Set.of(1048, 1264, 1265, 1292, 1364, 1366, 1367, 1406, 3140, 3819, 4025);

    private static final int NO_SUCH_TABLE = 1146;
    private static final int NO_SUCH_DATABASE = 1049;

    private final boolean isMariaDb;

    MariaDbDialect(boolean isMariaDb) {
        this.isMariaDb = isMariaDb;
    }

    @Override
    String quote(String name) {
        return '`' + name + '`';
    }

    @Override
    String fold(String name) {
        return name;
    }

    @Override
    String tableOptions() {
        return " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4";
    }

    @Override
    String nameType() {
        return "VARCHAR(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";
    }

    /** A value that does not fit is an error and not a warning; times are UTC; nobody waits for ever. */
    @Override
    void open(Connection connection, Duration patience) throws SQLException {
        long seconds = Math.max(1, patience.toSeconds());
        execute(
                connection,
                "SET SESSION sql_mode = CONCAT(@@sql_mode, ',STRICT_ALL_TABLES'), time_zone = '+00:00', innodb_lock_wait_timeout = "
                        + seconds + ", lock_wait_timeout = " + seconds
                        + (isMariaDb ? ", idle_transaction_timeout = " + seconds : ""));
        connection.setNetworkTimeout(Runnable::run, Math.toIntExact(2 * patience.toMillis()));
        String flush = ask(connection, "SELECT @@innodb_flush_log_at_trx_commit");
        if (!"1".equals(flush)) {
            LOG.warn(
                    "a crash of the database may lose commits that the job counts as written innodb_flush_log_at_trx_commit={}",
                    flush);
        }
    }

    @Override
    void release(Connection connection) throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 0);
        execute(
                connection,
                "SET SESSION sql_mode = DEFAULT, time_zone = DEFAULT, innodb_lock_wait_timeout = DEFAULT, lock_wait_timeout = DEFAULT"
                        + (isMariaDb ? ", idle_transaction_timeout = DEFAULT" : ""));
    }

    @Override
    long mostBytes(Connection connection) throws SQLException {
        return Long.parseLong(String.valueOf(ask(connection, "SELECT @@max_allowed_packet")));
    }

    /** As UTF-8 in quotes, with a backslash before some. */
    @Override
    long bytes(@Nullable Object value) {
        if (value instanceof String text) {
            return FIXED_BYTES
                    + text.codePoints().mapToLong(MariaDbDialect::bytes).sum();
        }
        if (value instanceof byte[] bytes) {
            long escaped = 0;
            for (byte one : bytes) {
                escaped += one == 0 || one == '\\' || one == '\'' || one == '"' ? 2 : 1;
            }
            return FIXED_BYTES + escaped;
        }
        return FIXED_BYTES;
    }

    private static long bytes(int c) {
        if (c < 0x80) {
            return c == 0 || c == '\\' || c == '\'' || c == '"' ? 2 : 1;
        }
        return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    }

    @Override
    void checkTable(Connection connection, TableName table) throws SQLException {
        boolean hasSchema = table.parts().size() == 2;
        String sql = "SELECT t.ENGINE, e.TRANSACTIONS FROM information_schema.TABLES t "
                + "LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE WHERE t.TABLE_SCHEMA = "
                + (hasSchema ? "?" : "DATABASE()") + " AND t.TABLE_NAME = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            for (int i = 0; i < table.parts().size(); i++) {
                query.setString(i + 1, table.parts().get(i));
            }
            try (ResultSet result = query.executeQuery()) {
                while (result.next()) {
                    if (!"YES".equals(result.getString(2))) {
                        throw new SQLFeatureNotSupportedException(
                                "table " + table + " has the engine "
                                        + result.getString(1)
                                        + ", which knows no transactions, so a batch could be there in part: ALTER TABLE … ENGINE = InnoDB");
                    }
                }
            }
        }
    }

    @Override
    void checkKey(Connection connection, Target target) throws SQLException {
        boolean hasSchema = target.name().parts().size() == 2;
        String catalog = hasSchema ? target.name().parts().get(0) : connection.getCatalog();
        UniqueIndexes.of(connection, catalog, null, target).check(target, true);
    }

    @Override
    String upsert(Target target, int rows) {
        // a row that is all key is written over itself
        String values = (target.values().isEmpty() ? target.keys() : target.values())
                .stream()
                        .map(column -> column.quoted() + " = VALUES(" + column.quoted() + ")")
                        .collect(Collectors.joining(", "));
        return insert(target, rows) + " ON DUPLICATE KEY UPDATE " + values;
    }

    @Override
    String insertUnlessThere(String table, String columns, String values) {
        return "INSERT IGNORE INTO " + table + " (" + columns + ") VALUES (" + values + ")";
    }

    @Override
    boolean isRefusal(SQLException failure) {
        return super.isRefusal(failure) || VALUES.contains(failure.getErrorCode());
    }

    @Override
    boolean isMissing(SQLException failure) {
        return failure.getErrorCode() == NO_SUCH_TABLE || failure.getErrorCode() == NO_SUCH_DATABASE;
    }

    @Override
    @Nullable
    Object convert(TargetColumn column, @Nullable Object given) throws RefusedValueException {
        Object value = super.convert(column, given);
        if ((value instanceof Double || value instanceof Float) && !Double.isFinite(((Number) value).doubleValue())) {
            throw new RefusedValueException(value + ", which MariaDB and MySQL do not keep");
        }
        return value instanceof UUID ? value.toString() : value;
    }
}
