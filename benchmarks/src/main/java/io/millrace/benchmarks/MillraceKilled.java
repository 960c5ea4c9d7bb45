// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * A stateful word count of a {@link FixedRateLoad} on Millrace, one of whose executors is killed over and over while the
 * window is open. The receiver is on executor 0.
 */
@Command(
        name = "MillraceKilled",
        mixinStandardHelpOptions = true,
        description = "Millrace's stateful word count with an executor that is killed over and over.")
public final class MillraceKilled implements Callable<Integer>, Subject {

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--kill", description = "number of the executor to kill (${DEFAULT-VALUE})")
    private int victim = 1;

    @Option(names = "--every", description = "milliseconds from one kill to the next (${DEFAULT-VALUE})")
    private int everyMillis = 3300;

    private final ByteProgress progress = new ByteProgress();
    private final AtomicInteger kills = new AtomicInteger();
    private volatile boolean killing;

    private MillraceKilled() {}

    /** Runs the job as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceKilled()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start("millrace-killed", options.window(), this);
        ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
        try (WordCountJob job = new WordCountJob(
                        engine.context("benchmark", options.interval()).set("max-executor-restarts", Integer.MAX_VALUE),
                        options.sender(),
                        Words::splitAfterStamp,
                        Counting.REDUCE::totals,
                        () -> {},
                        progress);
                Tally tally = options.tally()) {
            job.start();
            var unused = killer.scheduleAtFixedRate(
                    () -> killIfWanted(job), everyMillis, everyMillis, TimeUnit.MILLISECONDS);
            job.finish(tally, measurement);
        } finally {
            killer.shutdownNow();
        }
        return 0;
    }

    private void killIfWanted(WordCountJob job) {
        if (killing) {
            kills.incrementAndGet();
            job.crash(victim);
        }
    }

    @Override
    public long words() {
        return progress.words();
    }

    @Override
    public void windowOpens() {
        progress.delays().reset();
        killing = true;
    }

    @Override
    public JsonLine windowCloses(JsonLine line) {
        killing = false;
        return progress.delays().describe(line).with("kills", kills.get());
    }
}
