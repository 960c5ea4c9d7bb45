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

/** Work W: stateful word count over a loopback socket at full speed, all contenders in turn. */
@Command(
        name = "WorkW",
        mixinStandardHelpOptions = true,
        description = "Compares the throughput of stateful word counts over a loopback socket.")
public final class WorkW implements BarProgram {

    private static final int MIDDLE = 100_000;
    private static final double OF_NAIVE = 2.5;
    private static final double OF_COUNT_BY_VALUE = 0.8;
    private static final String MAP_WITH_STATE = "millrace:--variant=" + Counting.MAP_WITH_STATE;
    private static final String COUNT_BY_VALUE = "millrace:--variant=" + Counting.COUNT_BY_VALUE;

    @Mixin
    private RunnerOptions options = new RunnerOptions();

    @Option(
            names = "--contenders",
            split = ",",
            description = "who takes part: names or name=main.Class (${DEFAULT-VALUE})")
    private List<String> contenders = List.of("naive", "bytes", "millrace");

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    WorkW() {}

    /** Runs the comparison and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new WorkW()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        TrialRunner runner = new TrialRunner(options.setup(Duration.ofMillis(intervalMillis), List.of()));
        Comparison comparison =
                new Comparison(runner.run(contenders.stream().map(Contender::of).toList(), options.rounds()));
        System.out.print('\n' + options.headline("Work W") + "\n\n" + comparison.throughput(List.of("bytes", "naive")));
        return bars(comparison);
    }

    private List<Bar> bars(Comparison comparison) {
        String what = "V = " + options.vocabulary() + ": ";
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.holds(what + "all totals equal what was sent", comparison.exact()));
        for (String contender : contenders) {
            if (contender.startsWith("millrace")) {
                comparison
                        .ratio(contender, "bytes")
                        .ifPresent(ratio -> bars.add(Bar.atLeast(what + contender, ratio, ofBytes(), "× bytes")));
                if (options.vocabulary() == MIDDLE) {
                    comparison
                            .ratio(contender, "naive")
                            .ifPresent(ratio -> bars.add(Bar.atLeast(what + contender, ratio, OF_NAIVE, "× naive")));
                }
            }
        }
        comparison
                .ratio(MAP_WITH_STATE, COUNT_BY_VALUE)
                .ifPresent(ratio ->
                        bars.add(Bar.atLeast(what + "mapWithState", ratio, OF_COUNT_BY_VALUE, "× countByValue")));
        return bars;
    }

    /** How much of the byte loop's throughput is asked: less the less fits into the caches. */
    private double ofBytes() {
        if (options.vocabulary() < MIDDLE) {
            return 0.9;
        }
        return options.vocabulary() > MIDDLE ? 0.5 : 0.7;
    }
}
