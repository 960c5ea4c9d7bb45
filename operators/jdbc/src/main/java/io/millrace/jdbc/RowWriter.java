// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by statements of many rows, within the transaction that the connection has.
 *
 * <p>Statements come in the order of the rows. One has rows of one kind, at most 1 000, 32 000 values and
 * 1 MiB or less if the database takes less, but at least one row.
 */
final class RowWriter<T> {

    static final int MOST_ROWS = 1000;
    /** The least of what the drivers take. */
    static final int MOST_PARAMETERS = 32_000;

    static final int MOST_BYTES = 1 << 20;

    /** How rows that are no deletions are written. */
    enum Mode {
        APPEND,
        UPSERT,
        /** They are all that the table has then. */
        REPLACE
    }

    /** Takes a row that was refused by itself; may end the attempt by throwing. */
    interface Refused<T> {
        void accept(Row<T> row, SQLException reason) throws RefusedRecordException;
    }

    private final Connection connection;
    private final Dialect dialect;
    private final Target target;
    private final Mode mode;
    private final long mostBytes;
    private @Nullable PreparedStatement prepared;
    private int preparedRows;
    private boolean preparedDeletion;

    RowWriter(Connection connection, Dialect dialect, Target target, Mode mode, long mostBytes) {
        this.connection = connection;
        this.dialect = dialect;
        this.target = target;
        this.mode = mode;
        this.mostBytes = Math.min(MOST_BYTES, mostBytes);
    }

    /** Takes away what a batch is to replace; to be called before its first row is written. */
    void clear() throws SQLException {
        if (mode == Mode.REPLACE) {
            Dialect.execute(connection, "DELETE FROM " + target.quoted());
        }
    }

    /** Writes all rows; fails if one is refused. */
    void write(List<Row<T>> rows) throws SQLException {
        try {
            for (int from = 0; from < rows.size(); ) {
                int to = chunkEnd(rows, from);
                execute(rows.subList(from, to));
                from = to;
            }
        } finally {
            close();
        }
    }

    /** Writes all rows that are not refused. What fails is undone and tried again by halves, until single rows are left. */
    void sift(List<Row<T>> rows, Refused<T> refused) throws SQLException, RefusedRecordException {
        try {
            for (int from = 0; from < rows.size(); ) {
                int to = chunkEnd(rows, from);
                siftChunk(rows.subList(from, to), refused);
                from = to;
            }
        } finally {
            close();
        }
    }

    private void siftChunk(List<Row<T>> chunk, Refused<T> refused) throws SQLException, RefusedRecordException {
        Savepoint before = connection.setSavepoint();
        try {
            execute(chunk);
            connection.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!dialect.isRefusal(e)) {
                throw e;
            }
            connection.rollback(before);
            connection.releaseSavepoint(before);
            if (chunk.size() == 1) {
                refused.accept(chunk.get(0), e);
            } else {
                int middle = chunk.size() / 2;
                siftChunk(chunk.subList(0, middle), refused);
                siftChunk(chunk.subList(middle, chunk.size()), refused);
            }
        }
    }

    private int chunkEnd(List<Row<T>> rows, int from) {
        int most = Math.max(
                1, Math.min(MOST_ROWS, MOST_PARAMETERS / target.columns().size()));
        boolean isDeletion = rows.get(from).isDeletion();
        long bytes = rows.get(from).bytes();
        int to = from + 1;
        while (to < rows.size() && to - from < most && rows.get(to).isDeletion() == isDeletion) {
            bytes += rows.get(to).bytes();
            if (bytes > mostBytes) {
                break;
            }
            to++;
        }
        return to;
    }

    private void execute(List<Row<T>> rows) throws SQLException {
        boolean isDeletion = rows.get(0).isDeletion();
        PreparedStatement statement = prepare(isDeletion, rows.size());
        int index = 1;
        for (Row<T> row : rows) {
            for (int i = 0; i < row.values().length; i++) {
                if (!isDeletion || target.columns().get(i).isKey()) {
                    dialect.bind(statement, index++, row.values()[i]);
                }
            }
        }
        statement.executeUpdate();
    }

    /** The last statement again if it is the same, so that the database need not parse it once more. */
    private PreparedStatement prepare(boolean isDeletion, int rows) throws SQLException {
        PreparedStatement statement = prepared;
        if (statement == null || preparedRows != rows || preparedDeletion != isDeletion) {
            close();
            statement = connection.prepareStatement(isDeletion ? dialect.delete(target, rows) : write(rows));
            prepared = statement;
            preparedRows = rows;
            preparedDeletion = isDeletion;
        }
        return statement;
    }

    private String write(int rows) {
        return mode == Mode.UPSERT ? dialect.upsert(target, rows) : dialect.insert(target, rows);
    }

    private void close() throws SQLException {
        PreparedStatement statement = prepared;
        prepared = null;
        if (statement != null) {
            statement.close();
        }
    }
}
