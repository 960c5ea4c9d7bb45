// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.jdbc;

import static io.millrace.jdbc.Column.column;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was committed is on the disk: H2 would write it half a second later, PostgreSQL can be told to. */
@Timeout(120)
class JdbcDurabilityTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    /** A process that commits a batch and dies on the spot. */
    static final class Dying {

        private Dying() {}

        public static void main(String[] arguments) throws Exception {
            JdbcSink<Integer> sink = JdbcSink.append(arguments[0], "numbers", column("n", (Integer n) -> n));
            for (int number = 1; number <= 3; number++) {
                sink.commit(
                        new OutputCommit(new OutputClaim("j", "o", 1), number, new BatchTime(number), 0),
                        List.of(number));
            }
            Runtime.getRuntime().halt(9);
        }
    }

    @Test
    void keepsWhatH2CommittedWhenTheProcessIsKilled() throws Exception {
        String url = "jdbc:h2:" + directory.resolve("db").toAbsolutePath();
        try (Connection connection = UrlDataSource.of(url).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE numbers (n INT)");
        }

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Dying.class.getName(),
                        url)
                .inheritIO()
                .start();
        assertThat(process.waitFor()).isEqualTo(9);

        JdbcSink<Integer> sink = JdbcSink.append(url, "numbers", column("n", (Integer n) -> n));
        assertThat(sink.claim(new OutputClaim("j", "o", 2))).isEqualTo(OptionalLong.of(3));
        sink.close();
        try (Connection connection = UrlDataSource.of(url).getConnection();
                Statement statement = connection.createStatement();
                ResultSet sum = statement.executeQuery("SELECT SUM(n) FROM numbers")) {
            assertThat(sum.next()).isTrue();
            assertThat(sum.getInt(1)).isEqualTo(6);
        }
    }

    @Test
    void commitsSynchronouslyThoughPostgresIsToldOtherwise() throws Exception {
        Database database = Database.POSTGRES.emptied();
        database.execute("CREATE TABLE numbers (n INT, mode VARCHAR(9) DEFAULT current_setting('synchronous_commit'))");
        String url = database.url() + "&options=-c%20synchronous_commit=off";
        JdbcSink<Integer> sink = JdbcSink.append(url, "numbers", column("n", (Integer n) -> n));

        sink.commit(new OutputCommit(new OutputClaim("j", "o", 1), 1, new BatchTime(1), 0), List.of(1));
        sink.close();

        assertThat(database.rows("SELECT n, mode FROM numbers")).containsExactly("1,on");
    }
}
