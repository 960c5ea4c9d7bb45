// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection that was prepared for a table, and the transactions over it. After a failure it must be {@linkplain #abandon abandoned}:
 * what became of its transaction is found out by the next session.
 */
final class JdbcSession<T> {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSession.class);
    private static final int ALIVE_SECONDS = 5;
    /** What a statement has besides its values, at most: names, and a little for a value of every row. */
    private static final int STATEMENT_BYTES = 32 * 1024;

    /** How much is done to find a record that is refused. */
    enum Care {
        /** All rows at once; if one is refused, the transaction fails. */
        SWIFT,
        /** Row by row if need be, so that it is known which one. */
        SIFTING
    }

    private final JdbcSettings<T> settings;
    private final Connection connection;
    private final Dialect dialect;
    private final Target target;
    private final Markers markers;
    private final long mostBytes;
    private final Redaction redaction = new Redaction();

    private JdbcSession(
            JdbcSettings<T> settings,
            Connection connection,
            Dialect dialect,
            Target target,
            Markers markers,
            long mostBytes) {
        this.settings = settings;
        this.connection = connection;
        this.dialect = dialect;
        this.target = target;
        this.markers = markers;
        this.mostBytes = mostBytes;
    }

    /** Connects, and compares the table with what the program says of it. */
    static <T> JdbcSession<T> open(JdbcSettings<T> settings) throws SQLException {
        Connection connection = settings.source().getConnection();
        try {
            connection.setAutoCommit(true);
            Dialect dialect = Dialect.of(connection);
            dialect.open(connection, settings.patience());
            Target target = Target.find(connection, dialect, settings.table(), settings.columns());
            dialect.checkTable(connection, target.name());
            if (settings.mode() == RowWriter.Mode.UPSERT) {
                dialect.checkKey(connection, target);
            }
            Markers markers = Markers.open(connection, dialect, settings.markers());
            RefusedRecords<T> refusedRecords = settings.refusedRecords();
            if (refusedRecords != null) {
                refusedRecords.open(connection);
            }
            long mostBytes = dialect.mostBytes(connection) - STATEMENT_BYTES;
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            return new JdbcSession<>(settings, connection, dialect, target, markers, mostBytes);
        } catch (SQLException | RuntimeException | Error e) {
            discard(connection, e);
            throw e;
        }
    }

    /** False if the other end has gone, as it does when nothing was written for long. */
    boolean isAlive() throws SQLException {
        return connection.isValid(ALIVE_SECONDS);
    }

    Dialect dialect() {
        return dialect;
    }

    void rollback() throws SQLException {
        connection.rollback();
    }

    OptionalLong claim(OutputClaim claim) throws SQLException, OutputFencedException {
        dialect.begin(connection, settings.patience());
        markers.lock(claim);
        OptionalLong newest = markers.newest(claim);
        end();
        return newest;
    }

    /** Writes rows and marker in one transaction, unless the marker says that they are there. */
    boolean commit(OutputCommit commit, List<T> records, Care care)
            throws SQLException, OutputFencedException, RefusedRecordException {
        dialect.begin(connection, settings.patience());
        markers.lock(commit.claim());
        OptionalLong newest = markers.newest(commit);
        if (newest.isPresent() && newest.getAsLong() >= commit.batch()) {
            end();
            LOG.info(
                    "already written table={} batch={} partition={} newest={}",
                    target.name(),
                    commit.batch(),
                    commit.partition(),
                    newest.getAsLong());
            return false;
        }
        rows(commit, records, care);
        markers.write(commit);
        end();
        return true;
    }

    /** Writes rows in one transaction, and no marker. */
    void write(OutputCommit name, List<T> records, Care care) throws SQLException, RefusedRecordException {
        dialect.begin(connection, settings.patience());
        rows(name, records, care);
        end();
    }

    private void end() throws SQLException {
        connection.commit();
        dialect.committed(connection);
    }

    private void rows(OutputCommit commit, List<T> records, Care care) throws SQLException, RefusedRecordException {
        RowMapping.Mapped<T> mapped = settings.mapping().map(records, target, dialect, mostBytes);
        List<Refusal<T>> refusals = new ArrayList<>();
        for (Refusal<T> refusal : mapped.refusals()) {
            refuse(refusal, commit, refusals);
        }
        RowWriter<T> writer = new RowWriter<>(connection, dialect, target, settings.mode(), mostBytes);
        writer.clear();
        List<Row<T>> rows = mapped.rows();
        if (care == Care.SIFTING) {
            // all rows, since an earlier one of a key counts if the last is refused
            writer.sift(rows, (row, reason) -> refuse(Diagnosis.of(row, reason, target), commit, refusals));
        } else {
            writer.write(settings.mode() == RowWriter.Mode.UPSERT ? Row.lastOfEachKey(rows, target) : rows);
        }
        setAside(commit, refusals);
    }

    private void refuse(Refusal<T> refusal, OutputCommit commit, List<Refusal<T>> refusals)
            throws RefusedRecordException {
        refusals.add(refusal);
        if (settings.refusedRecords() == null) {
            RefusedRecord<T> first = refusal.in(commit, target.name(), redaction);
            throw new RefusedRecordException(first.describe(), first);
        }
        if (refusals.size() > settings.mostRefused()) {
            RefusedRecord<T> first = refusals.get(0).in(commit, target.name(), redaction);
            throw new RefusedRecordException(
                    "more than " + settings.mostRefused() + " records of a batch are refused; the first: "
                            + first.describe(),
                    first);
        }
    }

    private void setAside(OutputCommit commit, List<Refusal<T>> refusals) throws SQLException {
        RefusedRecords<T> refusedRecords = settings.refusedRecords();
        if (refusedRecords == null || refusals.isEmpty()) {
            return;
        }
        refusals.sort(Comparator.comparingInt(Refusal::position));
        for (Refusal<T> refusal : refusals) {
            refusedRecords.setAside(refusal.in(commit, target.name(), redaction), connection);
        }
        LOG.warn(
                "records set aside table={} batch={} partition={} refused={} first={}",
                target.name(),
                commit.batch(),
                commit.partition(),
                refusals.size(),
                refusals.get(0).in(commit, target.name(), redaction).describe());
    }

    /** Gives the connection back as it came; what is not committed is rolled back. */
    void close() throws SQLException {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
            dialect.release(connection);
        } finally {
            connection.close();
        }
    }

    /** Drops the connection, whatever state it is in. */
    void abandon(Throwable cause) {
        discard(connection, cause);
    }

    /** Not only closed, since a pool would hand it to the next. */
    private static void discard(Connection connection, Throwable cause) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
        try {
            connection.close();
        } catch (SQLException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }
}
