// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Work W on Millrace with a sink that is slow while the window is open: it then takes so many batch intervals for every
 * batch, so the job does that much less than it could, and all the sender's pressure is on its buffers.
 */
@Command(
        name = "MillraceSlowSink",
        mixinStandardHelpOptions = true,
        description = "Millrace's stateful word count with a sink that is slowed down for a time.")
public final class MillraceSlowSink implements Callable<Integer>, Subject {

    private static final long POLL_MS = 10;

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--factor", description = "batch intervals that the sink takes for a batch (${DEFAULT-VALUE})")
    private int factor = 10;

    private final ByteProgress progress = new ByteProgress();
    private final HeapWatch heap = new HeapWatch();
    private volatile boolean slow;
    private volatile long slowSinceMicros;

    private MillraceSlowSink() {}

    /** Runs the job as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceSlowSink()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start("millrace-slow-sink", options.window(), this);
        try (WordCountJob job = new WordCountJob(
                        engine.context("benchmark", options.interval()),
                        options.sender(),
                        Words::split,
                        Counting.REDUCE::totals,
                        this::dawdle,
                        progress);
                Tally tally = options.tally()) {
            heap.start();
            job.start();
            job.finish(tally, measurement);
        }
        return 0;
    }

    private void dawdle() {
        long untilNs = System.nanoTime() + factor * options.interval().toNanos();
        while (slow && System.nanoTime() - untilNs < 0) {
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public long words() {
        return progress.words();
    }

    @Override
    public void windowOpens() {
        slowSinceMicros = EpochMicros.now();
        heap.reset();
        slow = true;
    }

    @Override
    public JsonLine windowCloses(JsonLine line) {
        JsonLine described =
                heap.describe(line).with("slowSinceMicros", slowSinceMicros).with("slowUntilMicros", EpochMicros.now());
        described = described.with("liveHeapBytes", HeapWatch.live());
        slow = false;
        return described;
    }
}
