// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Word count of lines that come at a fixed rate, in short batches: how long a line takes, all contenders in turn. */
@Command(
        name = "FixedRate",
        mixinStandardHelpOptions = true,
        description = "Compares the time from the sending of a line to the emission of its batch.")
public final class FixedRate implements BarProgram {

    private static final double GRACE_MILLIS = 4;
    private static final double MOST_CPU_SECONDS = 1.2;
    private static final double MOST_GROWTH_MILLIS = 0.5;

    @Mixin
    private RunnerOptions options = new RunnerOptions();

    @Option(
            names = "--contenders",
            split = ",",
            description = "who takes part: names or name=main.Class (${DEFAULT-VALUE})")
    private List<String> contenders = List.of("raw", "millrace-latency");

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 10;

    @Option(names = "--rate", description = "lines a second (${DEFAULT-VALUE})")
    private int rate = 10_000;

    FixedRate() {}

    /** Runs the comparison and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FixedRate()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        TrialRunner runner = new TrialRunner(
                options.setup(Duration.ofMillis(intervalMillis), List.of("--rate", Integer.toString(rate))));
        Comparison comparison =
                new Comparison(runner.run(contenders.stream().map(Contender::of).toList(), options.rounds()));
        String what = "%d lines/s, batches of %d ms".formatted(rate, intervalMillis);
        System.out.print('\n' + options.headline(what) + "\n\n" + comparison.latency());
        return bars(what + ": ", comparison);
    }

    private List<Bar> bars(String what, Comparison comparison) {
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.holds(what + "all totals equal what was sent", comparison.exact()));
        for (String contender : contenders) {
            if (contender.startsWith("millrace")) {
                String of = what + contender;
                bars.add(Bar.atMost(
                        of + " p99",
                        comparison.median(contender, "p99Micros") / 1e3,
                        intervalMillis + GRACE_MILLIS,
                        "ms"));
                bars.add(Bar.atMost(
                        of + " CPU s / M words",
                        comparison.median(contender, "cpuSecondsPerMillionWords"),
                        MOST_CPU_SECONDS,
                        "s"));
                bars.add(Bar.atMost(
                        of + " growth of the scheduling delay",
                        comparison.median(contender, "schedulingGrowthMicros") / 1e3,
                        MOST_GROWTH_MILLIS,
                        "ms"));
            }
        }
        return bars;
    }
}
