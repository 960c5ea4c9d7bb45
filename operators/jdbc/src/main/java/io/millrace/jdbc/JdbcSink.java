// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to a table of PostgreSQL, MariaDB, MySQL or H2: a batch in one transaction together with a marker that says that it is
 * there, so that with a checkpoint directory every record is written exactly once.
 *
 * <pre>{@code
 * counts.output(JdbcSink.upsert("jdbc:h2:./counts", "counts", key("word", Pair::key), column("n", Pair::value)));
 * }</pre>
 *
 * <p>Names of tables ({@code table} or {@code schema.table}) and columns are letters, digits and {@code _}; if there is none of exactly
 * that name, one is taken that the database makes of it without quotes. Values are always bound. The table must be there; the driver must
 * be on the class path. It needs the rights to read, insert, and for an upsert to update.
 *
 * <p>The markers are in the table {@code millrace_commits} of the same database, created if absent. The transaction locks the row of its
 * job and output in it, and ends with {@link OutputFencedException} if a later run has claimed that. A transaction waits at most
 * {@linkplain #patience 30 s} for a lock. PostgreSQL and MariaDB end one whose process was stopped as long in the middle of it; MySQL
 * keeps it until its connection ends.
 *
 * <p>A connection is opened with the first call and kept; after any failure it is dropped, and the next call opens one and learns by the
 * marker whether the batch is there. A batch holds all of its records in memory as rows. Errors show no passwords.
 *
 * <p>Thread-safe; one call at a time.
 *
 * @param <T> records
 */
public final class JdbcSink<T> implements TransactionalOutput<T> {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcSink.class);
    private static final String MARKERS = "millrace_commits";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final JdbcSettings<T> settings;
    private final Redaction redaction = new Redaction();
    private @Nullable JdbcSession<T> session;

    private JdbcSink(JdbcSettings<T> settings) {
        this.settings = settings;
    }

    /**
     * Adds a row per record.
     *
     * @param source where connections come from; one is held until the job ends
     * @param table the table
     * @param columns what is written; others get their defaults
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> append(DataSource source, String table, Column<T>... columns) {
        return create(source, table, RowWriter.Mode.APPEND, List.of(columns));
    }

    /** The same with a JDBC URL, such as {@code jdbc:h2:./counts}; see {@link UrlDataSource}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> append(String url, String table, Column<T>... columns) {
        return create(UrlDataSource.of(url), table, RowWriter.Mode.APPEND, List.of(columns));
    }

    /**
     * Adds a row per key, or changes the row that has it. Of several records of a key in a batch the last one counts.
     *
     * @param source where connections come from; one is held until the job ends
     * @param table the table; it must have a primary key or a unique index of exactly the key columns. In MariaDB and MySQL no other
     *     unique index may have only columns that are written
     * @param columns what is written; others get their defaults, and keep their values when a row is changed
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> upsert(DataSource source, String table, Column<T>... columns) {
        return create(source, table, RowWriter.Mode.UPSERT, List.of(columns));
    }

    /** The same with a JDBC URL, such as {@code jdbc:h2:./counts}; see {@link UrlDataSource}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> upsert(String url, String table, Column<T>... columns) {
        return create(UrlDataSource.of(url), table, RowWriter.Mode.UPSERT, List.of(columns));
    }

    /**
     * Makes the rows of each batch all that the table has: in one transaction, so that readers see those of one batch or of the next. A
     * batch without records empties the table.
     *
     * @param source where connections come from; one is held until the job ends
     * @param table the table; it needs the right to delete
     * @param columns what is written; others get their defaults
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> replace(DataSource source, String table, Column<T>... columns) {
        return create(source, table, RowWriter.Mode.REPLACE, List.of(columns));
    }

    /** The same with a JDBC URL, such as {@code jdbc:h2:./counts}; see {@link UrlDataSource}. */
    @SafeVarargs
    @SuppressWarnings("varargs") // List.of only reads them
    public static <T> JdbcSink<T> replace(String url, String table, Column<T>... columns) {
        return create(UrlDataSource.of(url), table, RowWriter.Mode.REPLACE, List.of(columns));
    }

    private static <T> JdbcSink<T> create(
            DataSource source, String table, RowWriter.Mode mode, List<Column<T>> columns) {
        return new JdbcSink<>(new JdbcSettings<>(
                source, TableName.of(table), mode, columns, TableName.of(MARKERS), PATIENCE, null, null, 0));
    }

    /**
     * The same, but a record for which this holds deletes the row of its key, if there is one. Only for upserts. The functions of other
     * columns are not called for it.
     */
    public JdbcSink<T> deleteWhen(Predicate<? super T> deletion) {
        return new JdbcSink<>(settings.withDeletion(deletion));
    }

    /**
     * The same, but records that cannot be written are set aside, and the others of their batch are written. By default such a record
     * fails the batch with {@link RefusedRecordException}.
     *
     * @param refusedRecords where to; {@link RefusedTable} has a table for them
     * @param most how many of a batch, at least 0; one with more fails. Each of them may take some twenty statements to find
     */
    public JdbcSink<T> setAside(RefusedRecords<T> refusedRecords, int most) {
        return new JdbcSink<>(settings.withRefusedRecords(refusedRecords, most));
    }

    /** The same with the markers in another table. Runs of a job must agree on it. */
    public JdbcSink<T> markers(String table) {
        return new JdbcSink<>(settings.withMarkers(TableName.of(table)));
    }

    /**
     * The same with another bound for what a transaction waits: for a lock, and where the database can do so, for its own process. The
     * network may take twice as long to answer. Default: 30 s.
     *
     * @param bound 1 s to 1 h; whole seconds for MariaDB and MySQL
     */
    public JdbcSink<T> patience(Duration bound) {
        return new JdbcSink<>(settings.withPatience(bound));
    }

    @Override
    public String kind() {
        return switch (settings.mode()) {
            case APPEND -> "jdbcAppend";
            case UPSERT -> "jdbcUpsert";
            case REPLACE -> "jdbcReplace";
        };
    }

    @Override
    public synchronized OptionalLong claim(OutputClaim claim) throws SQLException, OutputFencedException {
        try {
            return session().claim(claim);
        } catch (OutputFencedException | RuntimeException | Error e) {
            abandon(e);
            throw e;
        } catch (SQLException e) {
            throw failed(
                    "epoch " + claim.epoch() + " could not claim output " + claim.output() + " of job " + claim.job(),
                    e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws RefusedRecordException if a record cannot be written and is not set aside
     */
    @Override
    public synchronized boolean commit(OutputCommit commit, List<T> records)
            throws SQLException, OutputFencedException, RefusedRecordException {
        try {
            JdbcSession<T> current = session();
            try {
                return current.commit(commit, records, JdbcSession.Care.SWIFT);
            } catch (SQLException e) {
                siftAfter(e, current, commit, records);
                return current.commit(commit, records, JdbcSession.Care.SIFTING);
            }
        } catch (OutputFencedException | RefusedRecordException | RuntimeException | Error e) {
            abandon(e);
            throw e;
        } catch (SQLException e) {
            throw failed(commit.describe() + " (" + records.size() + " records)", e);
        }
    }

    /**
     * Writes a batch of a job without a checkpoint directory: in one transaction, but without a marker, for batches of different jobs and
     * runs could not be told apart.
     *
     * @throws SQLException if it was not written, or if that is not known
     * @throws RefusedRecordException if a record cannot be written and is not set aside
     */
    @Override
    public synchronized void write(BatchTime time, List<T> records) throws SQLException, RefusedRecordException {
        OutputCommit name = new OutputCommit(new OutputClaim("-", kind(), 0), time.millis(), time, 0);
        try {
            JdbcSession<T> current = session();
            try {
                current.write(name, records, JdbcSession.Care.SWIFT);
            } catch (SQLException e) {
                siftAfter(e, current, name, records);
                current.write(name, records, JdbcSession.Care.SIFTING);
            }
        } catch (RefusedRecordException | RuntimeException | Error e) {
            abandon(e);
            throw e;
        } catch (SQLException e) {
            throw failed("the batch " + time + " (" + records.size() + " records)", e);
        }
    }

    /** Rolls back if a record was refused, so that it can be looked for; any other failure goes on. */
    private void siftAfter(SQLException failure, JdbcSession<T> current, OutputCommit commit, List<T> records)
            throws SQLException {
        if (!current.dialect().isRefusal(failure)) {
            throw failure;
        }
        LOG.info(
                "a record is refused, looking for it table={} batch={} records={}",
                settings.table(),
                commit.batch(),
                records.size());
        try {
            current.rollback();
        } catch (SQLException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }

    private JdbcSession<T> session() throws SQLException {
        JdbcSession<T> current = session;
        if (current != null && !current.isAlive()) {
            LOG.info("the connection has gone, opening another table={}", settings.table());
            abandon(new SQLException("gone"));
            current = null;
        }
        if (current == null) {
            current = JdbcSession.open(settings);
            session = current;
        }
        return current;
    }

    private void abandon(Throwable cause) {
        JdbcSession<T> current = session;
        session = null;
        if (current != null) {
            current.abandon(cause);
        }
    }

    private SQLException failed(String what, SQLException cause) {
        abandon(cause);
        SQLException clean = redaction.clean(cause);
        return new SQLException(
                what + " was not written to table " + settings.table() + ", or that is not known: "
                        + Excerpt.of(clean.getMessage(), 1000),
                cause.getSQLState(),
                cause.getErrorCode(),
                clean);
    }

    @Override
    public synchronized void close() {
        JdbcSession<T> current = session;
        session = null;
        if (current == null) {
            return;
        }
        try {
            current.close();
        } catch (SQLException e) {
            LOG.warn(
                    "not closed cleanly, but all batches were committed table={}",
                    settings.table(),
                    redaction.clean(e));
        }
    }

    /** The table and what is done to it; not where it is. */
    @Override
    public String toString() {
        return kind() + "(" + settings.table() + ")";
    }
}
