// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.jdbc.Column.column;
import static io.millrace.jdbc.Column.key;

import io.millrace.StreamingContext;
import io.millrace.jdbc.JdbcSink;
import io.millrace.operator.Pair;
import io.millrace.receivers.socket.AckedLineClient;
import io.millrace.receivers.socket.AckedSocketServer;
import io.millrace.receivers.socket.SocketServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Counts words exactly once, whatever dies: lines come by the acknowledged protocol, totals are kept in a checkpoint directory, and go to
 * a table of an H2 database. Kill it with {@code kill -9} and start it again: it goes on where it was.
 */
@Command(
        name = "DurableCounts",
        description = "Counts words into a database, exactly once across kill -9.",
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.DurableCounts -Dexec.args=\"--port 9998\"",
            "printf 'HELLO 1 me\\n1 to be or not\\n2 to be\\n' | nc -q 2 localhost 9998"
        })
public final class DurableCounts implements Callable<Integer> {

    private static final String TABLE =
            "create table if not exists counts (word varchar primary key, n bigint not null)";
    private static final List<String> LINES = List.of("to be or not to be", "that is the question", "to be");

    @Option(
            names = "--directory",
            paramLabel = "DIR",
            defaultValue = "target/durable-counts",
            description = "Where the checkpoint and the database are. Default: ${DEFAULT-VALUE}")
    private Path directory = Path.of("target/durable-counts");

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = {
                "Listens on this port of the loopback interface until Ctrl+C.",
                "Default: a client in this process sends three lines, and the sample ends when they are acknowledged."
            })
    private @Nullable Integer port;

    @Option(
            names = "--batch-interval",
            paramLabel = "TIME",
            defaultValue = "200ms",
            converter = Interval.class,
            description = "How often there is a batch. Default: ${DEFAULT-VALUE}")
    private Duration batchInterval = Duration.ofMillis(200);

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this help and ends.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new DurableCounts(), args);
    }

    @Override
    public Integer call() throws Exception {
        Files.createDirectories(directory);
        String database = "jdbc:h2:" + directory.toAbsolutePath().resolve("counts")
                + ";DB_CLOSE_ON_EXIT=FALSE"; // the job ends after H2 would
        try (Connection connection = DriverManager.getConnection(database)) {
            connection.createStatement().execute(TABLE);
            AckedSocketServer server =
                    SocketServer.listen("localhost", port == null ? 0 : port).acknowledged();
            StreamingContext context = StreamingContext.builder("durable-counts")
                    .batchInterval(batchInterval)
                    .checkpoint(directory.resolve("checkpoint"))
                    .stopGracefullyOnShutdown()
                    .build();
            context.receiverStream(server)
                    .named("lines")
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((counts, before) -> Optional.of(before.orElse(0L)
                            + counts.stream().mapToLong(n -> n).sum()))
                    .named("totals")
                    .output(JdbcSink.upsert(database, "counts", key("word", Pair::key), column("n", Pair::value)));
            context.start();
            if (port == null) {
                say(server);
                context.stop().toCompletableFuture().join();
            }
            context.awaitTermination();
            show(connection);
        }
        return 0;
    }

    /** Sends a few lines, and waits until they count. */
    private static void say(AckedSocketServer server) throws Exception {
        int bound = server.boundAddress()
                .toCompletableFuture()
                .get(30, TimeUnit.SECONDS)
                .getPort();
        try (AckedLineClient client =
                AckedLineClient.to("localhost", bound, "sample").open()) {
            for (String line : LINES) {
                client.send(line);
            }
            if (!client.flush(Duration.ofSeconds(30))) {
                throw new IOException(client.unacknowledged() + " lines were not acknowledged within 30 s");
            }
        }
    }

    private static void show(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery("select word, n from counts order by n desc, word")) {
            while (counts.next()) {
                System.out.println(counts.getString(1) + " " + counts.getLong(2));
            }
        }
    }
}
