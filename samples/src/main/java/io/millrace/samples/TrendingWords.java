// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.function.Split;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintFormat;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * The three most frequent words of the last batches, the most frequent first.
 *
 * <p>{@code transform} sees all records of a batch at once, and so can sort them.
 */
@Command(
        name = "TrendingWords",
        description = "Shows the three most frequent words of the last three batches.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.TrendingWords"})
public final class TrendingWords implements Callable<Integer> {

    private static final Script SCRIPT =
            Script.of("tea tea tea milk", "milk milk sugar", "honey honey honey honey", "", "milk");

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new TrendingWords(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of(options.builder("TrendingWords"), options, SCRIPT)) {
            trends(run.context().receiverStream(run.receiver()), options.batchInterval())
                    .output(run.shown(new PrintOperator<>(PrintFormat.SPARK.withHeader(options.header()), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** The job, on lines of text and batches of this interval. */
    static DStream<Pair<String, Long>> trends(DStream<String> lines, Duration batch) {
        return lines.flatMap(Split.at(' '))
                .countByValueAndWindow(batch.multipliedBy(3), batch)
                .transform((time, counts) -> top(3, counts));
    }

    /** The most frequent words; among equals in the order of the alphabet. */
    static List<Pair<String, Long>> top(int most, List<Pair<String, Long>> counts) {
        return counts.stream()
                .sorted(Comparator.comparing((Pair<String, Long> count) -> -count.value())
                        .thenComparing(Pair::key))
                .limit(most)
                .toList();
    }
}
