// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Work W in SQL beside work W through DStreams, over a loopback socket at full speed, in one run. */
@Command(
        name = "StructuredWordCount",
        mixinStandardHelpOptions = true,
        description = "Compares the word count in SQL with the one through DStreams, over a loopback socket.")
public final class StructuredWordCount implements BarProgram {

    private static final String DSTREAM = "millrace";
    private static final String STRUCTURED = "millrace-structured";
    private static final double OF_DSTREAM = 0.7;

    @Mixin
    private RunnerOptions options = new RunnerOptions();

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    StructuredWordCount() {}

    /** Runs the comparison and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new StructuredWordCount()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        TrialRunner runner = new TrialRunner(options.setup(Duration.ofMillis(intervalMillis), List.of()));
        Comparison comparison =
                new Comparison(runner.run(List.of(Contender.of(DSTREAM), Contender.of(STRUCTURED)), options.rounds()));
        System.out.print('\n' + options.headline("Work W in SQL") + "\n\n" + comparison.throughput(List.of(DSTREAM)));
        return List.of(
                Bar.holds("all totals equal what was sent", comparison.exact()),
                Bar.atLeast(
                        "V = " + options.vocabulary() + ": word count in SQL",
                        comparison.ratio(STRUCTURED, DSTREAM).orElseThrow(),
                        OF_DSTREAM,
                        "× DStream"));
    }
}
