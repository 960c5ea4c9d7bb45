// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** H2, in this process or as a server. */
final class H2Dialect extends Dialect {

    private static final Logger LOG = LoggerFactory.getLogger(H2Dialect.class);
    private static final int ADMIN_RIGHTS_REQUIRED = 90040;

    @Override
    String quote(String name) {
        return '"' + name + '"';
    }

    @Override
    String fold(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    void open(Connection connection, Duration patience) throws SQLException {
        execute(connection, "SET LOCK_TIMEOUT " + patience.toMillis());
    }

    /** H2 writes half a second after a commit if it is not told to. */
    @Override
    void committed(Connection connection) throws SQLException {
        try {
            execute(connection, "CHECKPOINT SYNC");
        } catch (SQLException e) {
            if (e.getErrorCode() != ADMIN_RIGHTS_REQUIRED) {
                throw e;
            }
            LOG.warn(
                    "the user of the database is no admin, so a crash may lose what H2 writes in the next half second");
        }
    }

    @Override
    void checkKey(Connection connection, Target target) throws SQLException {
        boolean hasSchema = target.name().parts().size() == 2;
        String schema = hasSchema ? target.name().parts().get(0) : connection.getSchema();
        UniqueIndexes.of(connection, null, schema, target).check(target, false);
    }

    @Override
    String upsert(Target target, int rows) {
        String keys = target.keys().stream().map(TargetColumn::quoted).collect(Collectors.joining(", "));
        return "MERGE INTO " + target.quoted() + " " + target.columnList() + " KEY (" + keys + ") VALUES "
                + rows(target.columns().size(), rows);
    }

    @Override
    String insertUnlessThere(String table, String columns, String values) {
        return "INSERT INTO " + table + " (" + columns + ") VALUES (" + values + ")";
    }

    @Override
    boolean isMissing(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        return state.equals("42S02")
                || state.equals("42S03")
                || state.equals("42S04")
                || failure.getErrorCode() == 90079;
    }
}
