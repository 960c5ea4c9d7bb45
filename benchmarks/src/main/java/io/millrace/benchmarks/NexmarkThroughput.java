// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.benchmarks.nexmark.NexmarkQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Events a second of some questions of Nexmark, each in a process of its own. */
@Command(
        name = "NexmarkThroughput",
        mixinStandardHelpOptions = true,
        description = "Measures how many events a second questions of Nexmark take in SQL.")
public final class NexmarkThroughput implements BarProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--queries", split = ",", description = "which questions (${DEFAULT-VALUE})")
    private List<NexmarkQuery> queries =
            List.of(NexmarkQuery.Q0, NexmarkQuery.Q1, NexmarkQuery.Q5, NexmarkQuery.Q7, NexmarkQuery.Q8);

    @Option(names = "--events", description = "events of a batch (${DEFAULT-VALUE})")
    private long events = 200_000;

    @Option(names = "--events-per-second", description = "events in a second of event time (${DEFAULT-VALUE})")
    private double perSecond = 100_000;

    @Option(names = "--warmup", description = "seconds of warm-up (${DEFAULT-VALUE})")
    private int warmupSeconds = 15;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--rounds", description = "trials of each question (${DEFAULT-VALUE})")
    private int rounds = 1;

    @Option(
            names = "--jvm",
            split = " ",
            arity = "1",
            description = "JVM flags of every process, blank-separated (${DEFAULT-VALUE})")
    private List<String> jvmFlags = List.of("-Xmx2g");

    NexmarkThroughput() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new NexmarkThroughput())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        for (NexmarkQuery query : queries) {
            double[] rates = new double[rounds];
            double[] cpu = new double[rounds];
            for (int round = 0; round < rounds; round++) {
                JsonLine measured = run(query);
                System.out.println(measured);
                rates[round] = measured.number("wordsPerSecond");
                cpu[round] = measured.number("cpuSecondsPerMillionWords");
            }
            Figures rate = new Figures(rates);
            bars.add(Bar.note(
                    "Nexmark " + query.id(),
                    String.format(
                            "%.2f M events/s (%.2f–%.2f), %.3f CPU s / M",
                            rate.median() / 1e6, rate.min() / 1e6, rate.max() / 1e6, new Figures(cpu).median())));
        }
        return bars;
    }

    private JsonLine run(NexmarkQuery query) throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "--query",
                query.id(),
                "--events",
                Long.toString(events),
                "--events-per-second",
                Double.toString(perSecond),
                "--warmup",
                Integer.toString(warmupSeconds),
                "--seconds",
                Integer.toString(seconds));
        try (JavaProcess process = JavaProcess.start(jvmFlags, NexmarkJob.class.getName(), arguments)) {
            return process.await("measured", PATIENCE.plusSeconds(warmupSeconds + seconds));
        }
    }
}
