// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import io.millrace.jdbc.UrlDataSource;
import io.millrace.table.AnalysisException;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.FiniteSource;
import io.millrace.table.source.FormatOptions;
import io.millrace.table.source.ReadRequest;
import io.millrace.table.source.TableFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tables of databases. Options: {@code url}; {@code user} and {@code password}, which are never shown; {@code driver}, a class to load; {@code dbtable},
 * the table.
 *
 * <p>To read, {@code dbtable} may be anything that can stand behind FROM, or {@code query} be set instead; {@code fetchSize}, how many rows the
 * driver has at once, 1000.
 *
 * <p>To write, the table must be there, in PostgreSQL, MariaDB, MySQL or H2, with columns of the names of the result. In append mode rows
 * are added, or, if there are {@code keyColumns}, those of the same key are changed; update mode needs {@code keyColumns}, the names of the key
 * separated by commas; complete mode replaces all rows of the table. A batch is one transaction, with a marker in the table {@code markers},
 * {@code millrace_commits}; {@code lockTimeout} is how many seconds it waits for locks, 30.
 */
public final class JdbcFormat implements TableFormat {

    static final String NAME = "jdbc";

    private static final List<String> TO_CONNECT = List.of("url", "user", "password", "driver", "dbtable");

    private static final int MOST_FETCHED = 1_000_000;

    /** The format. */
    public JdbcFormat() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FiniteSource table(ReadRequest request) {
        request.refuseSchema(NAME);
        FormatOptions options = request.options();
        options.refuseOthers(NAME, with("query", "fetchSize"));
        Optional<String> table = options.get("dbtable");
        Optional<String> query = options.get("query");
        if (table.isPresent() == query.isPresent()) {
            throw new AnalysisException(
                    "INVALID_OPTION",
                    "the format jdbc needs either the option 'dbtable' or the option 'query', "
                            + (table.isPresent() ? "but has both" : "but has neither"));
        }
        String from = query.map(text -> "(" + text + ") MILLRACE_QUERY").orElseGet(table::get);
        int fetchSize = (int) options.number("fetchSize", 1_000, 1, MOST_FETCHED);
        return JdbcTable.of(source(options), from, table.orElse("query"), fetchSize);
    }

    @Override
    public TableSink sink(WriteRequest request) {
        FormatOptions options = request.options();
        options.refuseOthers(NAME, with("keyColumns", "markers", "lockTimeout", "checkpointLocation"));
        if (!request.partitionBy().isEmpty()) {
            throw new AnalysisException(
                    "UNSUPPORTED_PARTITIONING",
                    "rows of a database cannot be divided into directories by " + request.partitionBy());
        }
        return JdbcTableSink.of(source(options), options.required(NAME, "dbtable"), request);
    }

    private static List<String> with(String... more) {
        List<String> known = new ArrayList<>(TO_CONNECT);
        known.addAll(List.of(more));
        return known;
    }

    private static UrlDataSource source(FormatOptions options) {
        String url = options.required(NAME, "url");
        options.get("driver").ifPresent(JdbcFormat::load);
        Optional<String> user = options.get("user");
        Optional<String> password = options.get("password");
        if (password.isPresent() && user.isEmpty()) {
            throw new AnalysisException(
                    "MISSING_OPTION", "the format jdbc has the option 'password', so it needs the option 'user'");
        }
        try {
            return user.isPresent() ? UrlDataSource.of(url, user.get(), password.orElse("")) : UrlDataSource.of(url);
        } catch (IllegalArgumentException e) {
            throw new AnalysisException("INVALID_OPTION", "the option 'url' cannot be used: " + e.getMessage());
        }
    }

    /** Loads a driver, so that it makes itself known to the driver manager. */
    private static void load(String driver) {
        try {
            Class<?> loaded = Class.forName(driver);
            if (java.sql.Driver.class.isAssignableFrom(loaded)) {
                return;
            }
        } catch (ClassNotFoundException e) {
            throw new AnalysisException(
                    "INVALID_OPTION", "the option 'driver' names a class that is not on the class path: " + driver);
        }
        throw new AnalysisException("INVALID_OPTION", "the option 'driver' names a class that is no driver: " + driver);
    }
}
