// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Work W in SQL beside work W through DStreams, over a loopback socket at full speed, in one run. Spark's Structured Streaming takes
 * part if it was built: {@code PEERS=1 benchmarks/run StructuredWordCount --contenders dstream,structured,spark}.
 */
@Command(
        name = "StructuredWordCount",
        mixinStandardHelpOptions = true,
        description = "Compares the word count in SQL with the one through DStreams, over a loopback socket.")
public final class StructuredWordCount implements BarProgram {

    private static final double OF_DSTREAM = 0.7;
    private static final double OF_SPARK = 10;
    private static final Map<String, String> NAMES = Map.of("dstream", "millrace", "structured", "millrace-structured");
    private static final String DSTREAM = known("dstream");
    private static final String STRUCTURED = known("structured");
    private static final String SPARK = known("spark");

    @Mixin
    private RunnerOptions options = new RunnerOptions();

    @Option(
            names = "--contenders",
            split = ",",
            description = "who takes part: dstream, structured, spark, or what WorkW knows (${DEFAULT-VALUE})")
    private List<String> contenders = List.of("dstream", "structured");

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
        List<Contender> all = contenders.stream()
                .map(StructuredWordCount::known)
                .map(Contender::of)
                .toList();
        Comparison comparison = new Comparison(runner.run(all, options.rounds()));
        System.out.print(
                '\n' + options.headline("Work W in SQL") + "\n\n" + comparison.throughput(List.of(DSTREAM, SPARK)));
        String what = "V = " + options.vocabulary() + ": word count in SQL";
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.holds("all totals equal what was sent", comparison.exact()));
        comparison
                .ratio(STRUCTURED, DSTREAM)
                .ifPresent(ratio -> bars.add(Bar.atLeast(what, ratio, OF_DSTREAM, "× DStream")));
        comparison.ratio(STRUCTURED, SPARK).ifPresent(ratio -> bars.add(Bar.atLeast(what, ratio, OF_SPARK, "× spark")));
        return bars;
    }

    /** The name by which a contender is known elsewhere. */
    private static String known(String name) {
        return NAMES.getOrDefault(name, name);
    }
}
