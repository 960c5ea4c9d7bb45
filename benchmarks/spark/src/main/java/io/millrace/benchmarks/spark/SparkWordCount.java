// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.ContenderOptions;
import io.millrace.benchmarks.JsonLine;
import io.millrace.benchmarks.Measurement;
import io.millrace.benchmarks.Subject;
import io.millrace.benchmarks.Tally;
import io.millrace.benchmarks.Totals;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Work W as a query of Spark's: the words of lines from a socket, counted in SQL, the whole result in every batch. */
@Command(
        name = "SparkWordCount",
        mixinStandardHelpOptions = true,
        description = "Spark's word count in SQL over a socket.")
public final class SparkWordCount implements Callable<Integer>, Subject {

    private static final int CORES = 2;
    private static final int WORDS_PER_LINE = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String SQL =
            "SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word";

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    /** Few, because Spark's socket source walks a linked list from its head for every line of a batch. */
    @Option(names = "--lines", description = "how many lines may be under way to it (${DEFAULT-VALUE})")
    private long linesUnderWay = 40_000;

    private final BatchCount batches = new BatchCount();
    private volatile boolean ending;
    private volatile List<Row> totals = List.of();
    private long updates;

    private SparkWordCount() {}

    /** Runs the query as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SparkWordCount()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        Measurement measurement = Measurement.start("spark", options.window(), this);
        try (Checkpoints checkpoints = Checkpoints.create();
                PacedRelay relay = new PacedRelay(options.sender(), linesUnderWay, batches::rows);
                SparkSession spark = SparkRows.streaming(CORES);
                Tally tally = options.tally()) {
            relay.start();
            spark.readStream()
                    .format("socket")
                    .option("host", "127.0.0.1")
                    .option("port", relay.port())
                    .load()
                    .createOrReplaceTempView("lines");
            spark.streams().addListener(batches);
            StreamingQuery query = spark.sql(SQL)
                    .writeStream()
                    .outputMode("complete")
                    .trigger(Trigger.ProcessingTime(options.interval().toMillis()))
                    .option("checkpointLocation", checkpoints.folder().toString())
                    .foreachBatch((Dataset<Row> batch, Long id) -> take(batch))
                    .start();
            awaitAll(relay);
            query.stop();
            totals.forEach(row -> tally.add(row.getString(0), row.getLong(1)));
            measurement.finish(tally.totals(), batches.batches(), updates);
        }
        return 0;
    }

    private void take(Dataset<Row> batch) {
        if (ending) {
            totals = batch.collectAsList();
            updates += totals.size();
        } else {
            batch.write().format("noop").mode("overwrite").save();
        }
    }

    /** Waits until everything has been counted that the sender says it sent. */
    private void awaitAll(PacedRelay relay) throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        long sent = Optional.ofNullable(in.readLine())
                .flatMap(JsonLine::parse)
                .map(line -> Totals.of(line).words())
                .orElse(0L);
        ending = true;
        relay.release();
        long giveUpNs = System.nanoTime() + PATIENCE.toNanos();
        while (totals.stream().mapToLong(row -> row.getLong(1)).sum() < sent) {
            if (System.nanoTime() - giveUpNs > 0) {
                throw new IllegalStateException("not all of " + sent + " words came within " + PATIENCE);
            }
            Thread.sleep(10);
        }
    }

    @Override
    public long words() {
        return batches.rows() * WORDS_PER_LINE;
    }
}
