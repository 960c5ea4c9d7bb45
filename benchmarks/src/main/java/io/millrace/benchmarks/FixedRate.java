// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Word count of lines that come at a fixed rate, in short batches: how long a line takes, all contenders in turn. */
@Command(
        name = "FixedRate",
        mixinStandardHelpOptions = true,
        description = "Compares the time from the sending of a line to the emission of its batch.")
public final class FixedRate implements Callable<Integer> {

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

    private FixedRate() {}

    /** Runs the comparison and ends the process: with 0 if all totals were exact. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FixedRate()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TrialRunner runner = new TrialRunner(
                options.setup(Duration.ofMillis(intervalMillis), List.of("--rate", Integer.toString(rate))));
        Comparison comparison =
                new Comparison(runner.run(contenders.stream().map(Contender::of).toList(), options.rounds()));
        String what = "%d lines/s, batches of %d ms".formatted(rate, intervalMillis);
        System.out.print('\n' + options.headline(what) + "\n\n" + comparison.latency());
        return comparison.exact() ? 0 : 1;
    }
}
