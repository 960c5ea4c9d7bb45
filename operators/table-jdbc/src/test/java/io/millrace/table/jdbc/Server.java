// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.jdbc;

import io.millrace.jdbc.UrlDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The databases that tests run on, started once per JVM when a test first wants them. */
enum Server {
    H2("sa", "h2-secret", "DROP ALL OBJECTS") {
        @Override
        String url() {
            return "jdbc:h2:mem:tables;DB_CLOSE_DELAY=-1";
        }
    },
    POSTGRES("postgres", "pg-secret", "DROP SCHEMA public CASCADE; CREATE SCHEMA public") {
        @Override
        String url() {
            return Postgres.URL;
        }
    };

    private static final class Postgres {
        static final String URL = start();

        private static String start() {
            Assumptions.assumeTrue(
                    System.getProperty("os.name").equals("Linux")
                            && System.getProperty("os.arch").equals("amd64"),
                    "the server is fetched for Linux on x86-64 only");
            try {
                // as root it runs the server in a user namespace of its own
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/postgres").getAbsoluteFile())
                        .start()
                        .getJdbcUrl("postgres", "postgres")
                        .replaceAll("[?].*", "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    final String user;
    final String password;
    private final String clean;

    Server(String user, String password, String clean) {
        this.user = user;
        this.password = password;
        this.clean = clean;
    }

    abstract String url();

    /** The options by which a format finds it. */
    Map<String, String> options() {
        return Map.of("url", url(), "user", user, "password", password);
    }

    /** The same, emptied, with these tables. */
    Server with(String... tables) throws SQLException {
        execute(clean);
        for (String table : tables) {
            execute("CREATE TABLE " + table);
        }
        return this;
    }

    private Connection connect() throws SQLException {
        return UrlDataSource.of(url(), user, password).getConnection();
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows, their values as text, separated by commas. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                List<@Nullable String> values = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    values.add(result.getString(i));
                }
                rows.add(String.join(",", values.stream().map(String::valueOf).toList()));
            }
        }
        return rows;
    }
}
