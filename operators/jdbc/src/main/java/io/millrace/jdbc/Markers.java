// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalLong;

/**
 * The table that says which batches are there and who may write more: one row per job, output and partition with its newest batch, and
 * one with the part -1, the fence, whose epoch is the highest that has claimed the output.
 *
 * <p>Every transaction first takes the lock of the fence and keeps it to its end. So of two that want to write one waits until the other
 * has committed, and then sees its marker and its epoch.
 */
final class Markers {

    private static final int FENCE = -1;
    private static final int LONGEST = 255;

    private final Connection connection;
    private final Dialect dialect;
    private final String table;

    private Markers(Connection connection, Dialect dialect, String table) {
        this.connection = connection;
        this.dialect = dialect;
        this.table = table;
    }

    /** The table of this name, created if absent; the connection must be in auto-commit mode. */
    static Markers open(Connection connection, Dialect dialect, TableName name) throws SQLException {
        TableName folded = name.folded(dialect);
        folded.createIfAbsent(
                connection,
                dialect,
                "(job " + dialect.nameType() + " NOT NULL, output " + dialect.nameType()
                        + " NOT NULL, part INT NOT NULL, batch BIGINT NOT NULL, epoch BIGINT NOT NULL, "
                        + "PRIMARY KEY (job, output, part))");
        dialect.checkTable(connection, folded);
        return new Markers(connection, dialect, folded.quoted(dialect));
    }

    /** Takes the lock of the fence, and claims the output if its epoch is lower. */
    void lock(OutputClaim claim) throws SQLException, OutputFencedException {
        check("job", claim.job());
        check("output", claim.output());
        OptionalLong epoch = lockedEpoch(claim);
        if (epoch.isEmpty()) {
            insertFence(claim);
            epoch = lockedEpoch(claim);
        }
        long newest = epoch.orElseThrow(() -> new SQLException("the fence of output " + claim.output() + " of job "
                + claim.job() + " was deleted from table " + table + " while it was claimed"));
        if (newest > claim.epoch()) {
            throw new OutputFencedException(claim, newest);
        }
        if (newest < claim.epoch()) {
            update(claim, FENCE, FENCE);
        }
    }

    /** Databases compare text with and without blanks at its end alike, and PostgreSQL keeps no NUL. */
    private static void check(String what, String name) {
        if (name.isEmpty() || name.length() > LONGEST || name.endsWith(" ") || name.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("the name of " + (what.equals("job") ? "a job" : "an output")
                    + " must have 1 to " + LONGEST + " characters, the last one no blank, to stand in a table, but is '"
                    + Excerpt.of(name) + "'");
        }
    }

    private OptionalLong lockedEpoch(OutputClaim claim) throws SQLException {
        return number(
                "SELECT epoch FROM " + table + " WHERE job = ? AND output = ? AND part = ? FOR UPDATE", claim, FENCE);
    }

    /** The newest batch of a partition. To be asked in a statement after {@link #lock}, which may have waited for a commit. */
    OptionalLong newest(OutputCommit commit) throws SQLException {
        return number(
                "SELECT batch FROM " + table + " WHERE job = ? AND output = ? AND part = ?",
                commit.claim(),
                commit.partition());
    }

    /** The newest batch of any partition. */
    OptionalLong newest(OutputClaim claim) throws SQLException {
        return number("SELECT MAX(batch) FROM " + table + " WHERE job = ? AND output = ? AND part > ?", claim, FENCE);
    }

    private OptionalLong number(String sql, OutputClaim claim, int part) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, claim.job());
            query.setString(2, claim.output());
            query.setInt(3, part);
            try (ResultSet result = query.executeQuery()) {
                if (!result.next()) {
                    return OptionalLong.empty();
                }
                long number = result.getLong(1);
                return result.wasNull() ? OptionalLong.empty() : OptionalLong.of(number);
            }
        }
    }

    private void insertFence(OutputClaim claim) throws SQLException {
        try {
            insert(
                    dialect.insertUnlessThere(table, "job, output, part, batch, epoch", "?, ?, ?, ?, ?"),
                    claim,
                    FENCE,
                    FENCE);
        } catch (SQLException e) {
            if (!String.valueOf(e.getSQLState()).startsWith("23")) {
                throw e;
            }
            // another claims it at this moment: what it has written is read next
        }
    }

    /** Notes a batch as there. */
    void write(OutputCommit commit) throws SQLException {
        if (update(commit.claim(), commit.partition(), commit.batch()) == 0) {
            insert(
                    "INSERT INTO " + table + " (job, output, part, batch, epoch) VALUES (?, ?, ?, ?, ?)",
                    commit.claim(),
                    commit.partition(),
                    commit.batch());
        }
    }

    private void insert(String sql, OutputClaim claim, int part, long batch) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, claim.job());
            insert.setString(2, claim.output());
            insert.setInt(3, part);
            insert.setLong(4, batch);
            insert.setLong(5, claim.epoch());
            insert.executeUpdate();
        }
    }

    private int update(OutputClaim claim, int part, long batch) throws SQLException {
        String sql = "UPDATE " + table + " SET batch = ?, epoch = ? WHERE job = ? AND output = ? AND part = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, batch);
            update.setLong(2, claim.epoch());
            update.setString(3, claim.job());
            update.setString(4, claim.output());
            update.setInt(5, part);
            return update.executeUpdate();
        }
    }
}
