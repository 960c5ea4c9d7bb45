// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.table.Row;
import io.millrace.table.Table;
import io.millrace.table.TableSession;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryListener;
import io.millrace.table.query.Trigger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Work W as a query: the words of lines from a socket, counted in SQL, the whole result in every batch. */
@Command(
        name = "MillraceStructured",
        mixinStandardHelpOptions = true,
        description = "Millrace's word count in SQL over a socket.")
public final class MillraceStructured implements Callable<Integer>, Subject {

    private static final String SQL =
            "SELECT word, count(*) AS n FROM (SELECT explode(split(value, ' ')) AS word FROM lines) GROUP BY word";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private volatile boolean ending;
    private volatile List<Row> totals = List.of();
    private long updates;

    private MillraceStructured() {}

    /** Runs the query as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceStructured()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start("millrace-structured", options.window(), this);
        try (TableSession session = TableSession.builder().build();
                Tally tally = options.tally()) {
            session.readStream()
                    .format("socket")
                    .option("host", options.sender().getHostString())
                    .option("port", options.sender().getPort())
                    .load()
                    .createOrReplaceTempView("lines");
            session.streams().addListener(new StreamingQueryListener() {
                @Override
                public void onQueryProgress(QueryProgress event) {
                    batches.incrementAndGet();
                    lines.addAndGet(event.progress().numInputRows());
                }
            });
            StreamingQuery query = session.sql(SQL)
                    .writeStream()
                    .outputMode("complete")
                    .trigger(new Trigger.ProcessingTime(options.interval()))
                    .foreachBatch((batch, id) -> take(batch))
                    .start();
            awaitAll();
            query.stop();
            totals.forEach(row -> tally.add(row.getString(0), row.getLong(1)));
            measurement.finish(tally.totals(), batches.get(), updates);
        }
        return 0;
    }

    private void take(Table batch) {
        if (ending) {
            totals = batch.collect();
            updates += totals.size();
        }
    }

    /** Waits until everything has been counted that the sender says it sent. */
    private void awaitAll() throws IOException, InterruptedException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        @Nullable String said = in.readLine();
        long sent = said == null
                ? 0
                : JsonLine.parse(said).map(line -> Totals.of(line).words()).orElse(0L);
        ending = true;
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
        return lines.get() * ZipfText.WORDS_PER_LINE;
    }
}
