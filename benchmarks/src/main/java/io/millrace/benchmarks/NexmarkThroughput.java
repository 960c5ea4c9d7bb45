// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.benchmarks.nexmark.NexmarkQuery;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Events a second of some questions of Nexmark, each in a process of its own. Other engines take part if they were built:
 * {@code PEERS=1 benchmarks/run NexmarkThroughput --contenders millrace,flink,spark}.
 */
@Command(
        name = "NexmarkThroughput",
        mixinStandardHelpOptions = true,
        description = "Measures how many events a second questions of Nexmark take in SQL.")
public final class NexmarkThroughput implements BarProgram {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Option(names = "--queries", split = ",", description = "which questions (${DEFAULT-VALUE})")
    private List<NexmarkQuery> queries =
            List.of(NexmarkQuery.Q0, NexmarkQuery.Q1, NexmarkQuery.Q5, NexmarkQuery.Q7, NexmarkQuery.Q8);

    @Option(names = "--contenders", split = ",", description = "who takes part (${DEFAULT-VALUE})")
    private List<NexmarkContender> contenders = List.of(NexmarkContender.MILLRACE);

    @Option(names = "--events", description = "events of a batch (${DEFAULT-VALUE})")
    private long events = 400_000;

    @Option(
            names = "--spark-events",
            description = "events of a batch of Spark's, which costs more than one of ours (${DEFAULT-VALUE})")
    private long sparkEvents = 1_000_000;

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
            Map<NexmarkContender, double[]> rates = new EnumMap<>(NexmarkContender.class);
            Map<NexmarkContender, double[]> cpu = new EnumMap<>(NexmarkContender.class);
            for (int round = 0; round < rounds; round++) {
                for (NexmarkContender contender : contenders) {
                    JsonLine measured = run(contender, query);
                    System.out.println(measured.with("query", query.id()));
                    rates.computeIfAbsent(contender, any -> new double[rounds])[round] =
                            measured.number("wordsPerSecond");
                    cpu.computeIfAbsent(contender, any -> new double[rounds])[round] =
                            measured.number("cpuSecondsPerMillionWords");
                }
            }
            rates.forEach((contender, of) ->
                    bars.add(note(query, contender, new Figures(of), new Figures(cpu.getOrDefault(contender, of)))));
            bars.addAll(ratios(query, rates));
        }
        return bars;
    }

    private static Bar note(NexmarkQuery query, NexmarkContender contender, Figures rate, Figures cpu) {
        return Bar.note(
                "Nexmark " + query.id() + ": " + contender,
                String.format(
                        Locale.ROOT,
                        "%.2f M events/s (%.2f–%.2f), %.3f CPU s / M",
                        rate.median() / 1e6,
                        rate.min() / 1e6,
                        rate.max() / 1e6,
                        cpu.median()));
    }

    private static List<Bar> ratios(NexmarkQuery query, Map<NexmarkContender, double[]> rates) {
        double[] own = rates.get(NexmarkContender.MILLRACE);
        if (own == null) {
            return List.of();
        }
        List<Bar> bars = new ArrayList<>();
        rates.forEach((contender, of) -> contender
                .asked()
                .ifPresent(asked -> bars.add(Bar.atLeast(
                        "Nexmark " + query.id(),
                        new Figures(own).median() / new Figures(of).median(),
                        asked,
                        "× " + contender))));
        return bars;
    }

    private JsonLine run(NexmarkContender contender, NexmarkQuery query) throws IOException, InterruptedException {
        List<String> arguments = List.of(
                "--query",
                query.id(),
                "--events",
                Long.toString(contender == NexmarkContender.SPARK ? sparkEvents : events),
                "--events-per-second",
                Double.toString(perSecond),
                "--warmup",
                Integer.toString(warmupSeconds),
                "--seconds",
                Integer.toString(seconds));
        try (JavaProcess process = contender.start(jvmFlags, arguments)) {
            return process.await("measured", PATIENCE.plusSeconds(warmupSeconds + seconds));
        }
    }
}
