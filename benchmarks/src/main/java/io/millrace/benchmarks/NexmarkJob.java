// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** One question of Nexmark as a stream on Millrace, as fast as it goes: what {@link NexmarkThroughput} starts. */
@Command(
        name = "NexmarkJob",
        mixinStandardHelpOptions = true,
        description = "Answers one question of Nexmark over endless events and measures how many events it takes.")
public final class NexmarkJob implements Callable<Integer>, Subject {

    @Mixin
    private NexmarkOptions options = new NexmarkOptions();

    @Option(names = "--blocks", description = "parts a batch of a stream is cut into (${DEFAULT-VALUE})")
    private int blocks = 32;

    @Option(names = "--poll-ms", description = "how often the query looks for rows (${DEFAULT-VALUE})")
    private int pollMillis = 2;

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
        try (TableSession session = TableSession.builder()
                .pollInterval(Duration.ofMillis(pollMillis))
                .queryOptions(options -> options.withRefusals(Refusals.NONE))
                .build()) {
            NexmarkViews.streaming(session, options.events(), options.batch(), blocks);
            session.streams().addListener(new StreamingQueryListener() {
                @Override
                public void onQueryProgress(QueryProgress event) {
                    if (event.progress().numInputRows() > 0) {
                        batches.incrementAndGet();
                    }
                }
            });
            Measurement measurement = Measurement.start("millrace", options.window(), this);
            StreamingQuery running = session.sql(options.query().sql())
                    .writeStream()
                    .format("noop")
                    .start();
            measurement.awaitMeasured();
            running.stop();
        }
        return 0;
    }

    /** The events, of which only those that the question asks for are made; they stand where words do elsewhere. */
    @Override
    public long words() {
        return batches.get() * options.batch();
    }
}
