// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.millrace.StreamingContextBuilder;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A stateful word count on Millrace that gets nothing to count, and says how much processor time that takes. */
@Command(
        name = "MillraceIdle",
        mixinStandardHelpOptions = true,
        description = "Millrace's stateful word count of a sender that sends nothing.")
public final class MillraceIdle implements Callable<Integer> {

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    private MillraceIdle() {}

    /** Runs the job, prints one line {@code idle} and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceIdle()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        ByteProgress progress = new ByteProgress();
        StreamingContextBuilder builder = engine.context("benchmark", options.interval());
        try (WordCountJob job = new WordCountJob(
                builder, options.sender(), Words::split, Counting.REDUCE::totals, () -> {}, progress)) {
            job.start();
            TimeUnit.NANOSECONDS.sleep(options.window().warmup().toNanos());
            long batches = progress.batches();
            long cpuNs = cpuNs();
            long startNs = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(options.window().measured().toNanos());
            double elapsedNs = System.nanoTime() - startNs;
            System.out.println(JsonLine.event("idle")
                    .with("cpuPercent", 100 * (cpuNs() - cpuNs) / elapsedNs)
                    .with("batchesPerSecond", (progress.batches() - batches) / (elapsedNs / 1e9)));
        }
        return 0;
    }

    private static long cpuNs() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
