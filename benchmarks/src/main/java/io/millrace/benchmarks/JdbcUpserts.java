// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import static io.millrace.jdbc.Column.column;
import static io.millrace.jdbc.Column.key;

import io.millrace.jdbc.JdbcSink;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.Pair;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Upserts into a PostgreSQL on this machine: the sink, with its fence and markers, against a loader written by hand that knows neither. Batches of
 * the two take turns; each has its own table.
 */
@Command(
        name = "JdbcUpserts",
        mixinStandardHelpOptions = true,
        description = "The rows per second of the JDBC sink beside those of a loader written by hand.")
public final class JdbcUpserts implements BarProgram {

    private static final double LEAST_RATIO = 0.5;

    @Option(names = "--rows", description = "rows of a batch (${DEFAULT-VALUE})")
    private int rows = 50_000;

    @Option(names = "--keys", description = "different keys (${DEFAULT-VALUE})")
    private int keys = 200_000;

    @Option(names = "--warmup", description = "batches of each before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 5;

    @Option(names = "--batches", description = "batches of each that are measured (${DEFAULT-VALUE})")
    private int batches = 15;

    JdbcUpserts() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new JdbcUpserts()).execute(args));
    }

    /** Writes a batch and returns when it is committed. */
    private interface Writing {
        void write(long number, List<Pair<String, Long>> records) throws Exception;
    }

    @Override
    public List<Bar> measure() throws IOException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            return measure(server.getJdbcUrl("postgres", "postgres"));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Bar> measure(String url) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url + "&reWriteBatchedInserts=true");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE ours (word TEXT PRIMARY KEY, n BIGINT)");
            statement.execute("CREATE TABLE theirs (word TEXT PRIMARY KEY, n BIGINT)");
            connection.setAutoCommit(false);
            JdbcSink<Pair<String, Long>> sink =
                    JdbcSink.upsert(url, "ours", key("word", Pair::key), column("n", Pair::value));
            double[] ours = new double[batches];
            double[] theirs = new double[batches];
            Random random = new Random(11);
            for (int batch = 1 - warmup; batch <= batches; batch++) {
                List<Pair<String, Long>> records = records(random, batch);
                double loader = rate((number, given) -> load(connection, given), batch, records);
                double sinks = rate((number, given) -> sink.commit(name(number), given), batch, records);
                if (batch > 0) {
                    theirs[batch - 1] = loader;
                    ours[batch - 1] = sinks;
                }
            }
            sink.close();
            return bars(new Figures(ours), new Figures(theirs), isSame(statement));
        }
    }

    private static List<Bar> bars(Figures ours, Figures theirs, boolean isSame) {
        return List.of(
                Bar.note("JDBC sink, thousand rows a second", String.format("%.0f", ours.median())),
                Bar.note("loader by hand, thousand rows a second", String.format("%.0f", theirs.median())),
                Bar.atLeast(
                        "JDBC sink, upserts to PostgreSQL",
                        ours.median() / theirs.median(),
                        LEAST_RATIO,
                        "× the loader"),
                Bar.holds("both tables are the same", isSame));
    }

    private OutputCommit name(long number) {
        return new OutputCommit(
                new OutputClaim("benchmark", "ours", 1), number + warmup, new BatchTime(number + warmup), 0);
    }

    private List<Pair<String, Long>> records(Random random, int batch) {
        List<Pair<String, Long>> records = new ArrayList<>(rows);
        // different keys in a batch, as reduceByKey brings them
        int first = random.nextInt(keys);
        for (int i = 0; i < rows; i++) {
            records.add(Pair.of("word-" + (first + i) % keys, (long) batch * rows + i));
        }
        return records;
    }

    /** Thousand rows a second. */
    private static double rate(Writing writing, long number, List<Pair<String, Long>> records) {
        long startNs = System.nanoTime();
        try {
            writing.write(number, records);
        } catch (Exception e) {
            throw new IllegalStateException("batch " + number + " was not written", e);
        }
        return records.size() * 1e6 / (System.nanoTime() - startNs);
    }

    private static void load(Connection connection, List<Pair<String, Long>> records) throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement(
                "INSERT INTO theirs (word, n) VALUES (?, ?) ON CONFLICT (word) DO UPDATE SET n = EXCLUDED.n")) {
            for (Pair<String, Long> record : records) {
                upsert.setString(1, record.key());
                upsert.setLong(2, record.value());
                upsert.addBatch();
            }
            upsert.executeBatch();
        }
        connection.commit();
    }

    private static boolean isSame(Statement statement) throws SQLException {
        try (ResultSet different = statement.executeQuery(
                "SELECT COUNT(*) FROM ours FULL JOIN theirs USING (word) WHERE ours.n IS DISTINCT FROM theirs.n")) {
            return different.next() && different.getLong(1) == 0;
        }
    }
}
