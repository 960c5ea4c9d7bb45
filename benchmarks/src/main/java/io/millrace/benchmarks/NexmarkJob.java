// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkQuery;
import io.millrace.benchmarks.nexmark.NexmarkViews;
import io.millrace.table.TableSession;
import io.millrace.table.plan.Refusals;
import io.millrace.table.query.StreamingQuery;
import io.millrace.table.query.StreamingQueryListener;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One question of Nexmark as a stream on Millrace, as fast as it goes: what {@link NexmarkThroughput} starts. */
@Command(
        name = "NexmarkJob",
        mixinStandardHelpOptions = true,
        description = "Answers one question of Nexmark over endless events and measures how many events it takes.")
public final class NexmarkJob implements Callable<Integer>, Subject {

    @Option(names = "--query", description = "which question (${DEFAULT-VALUE})")
    private NexmarkQuery query = NexmarkQuery.Q0;

    @Option(names = "--events", description = "events of a batch (${DEFAULT-VALUE})")
    private long events = 200_000;

    @Option(names = "--blocks", description = "parts a batch of a stream is cut into (${DEFAULT-VALUE})")
    private int blocks = 2;

    @Option(names = "--events-per-second", description = "events in a second of event time (${DEFAULT-VALUE})")
    private double perSecond = 100_000;

    @Option(names = "--warmup", description = "seconds before the measured window (${DEFAULT-VALUE})")
    private int warmupSeconds = 15;

    @Option(names = "--seconds", description = "seconds of the measured window (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--poll-ms", description = "how often the query looks for rows (${DEFAULT-VALUE})")
    private int pollMillis = 10;

    @Option(names = "--seed", description = "seed of the events (${DEFAULT-VALUE})")
    private long seed = 42;

    private final AtomicLong batches = new AtomicLong();

    private NexmarkJob() {}

    /** Runs the query and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new NexmarkJob())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        Window window = new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds));
        try (TableSession session = TableSession.builder()
                .pollInterval(Duration.ofMillis(pollMillis))
                .queryOptions(options -> options.withRefusals(Refusals.NONE))
                .build()) {
            NexmarkViews.streaming(session, new NexmarkEvents(seed, perSecond), events, blocks);
            session.streams().addListener(new StreamingQueryListener() {
                @Override
                public void onQueryProgress(QueryProgress event) {
                    if (event.progress().numInputRows() > 0) {
                        batches.incrementAndGet();
                    }
                }
            });
            Measurement measurement = Measurement.start(query.id(), window, this);
            StreamingQuery running =
                    session.sql(query.sql()).writeStream().format("noop").start();
            measurement.awaitMeasured();
            running.stop();
        }
        return 0;
    }

    /** The events, of which only those that the question asks for are made; they stand where words do elsewhere. */
    @Override
    public long words() {
        return batches.get() * events;
    }
}
