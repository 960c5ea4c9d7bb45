// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.function.Split;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Counts the words of the last three batches, every batch anew.
 *
 * <p>What leaves the window is taken off and what came is added, so that a long window costs no more than a short one.
 */
@Command(
        name = "WindowedCounts",
        description = "Counts the words of the last three batches.",
        footer = {"", "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.WindowedCounts"})
public final class WindowedCounts implements Callable<Integer> {

    private static final Script SCRIPT = Script.of("red red blue", "blue", "", "green", "");

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new WindowedCounts(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of(options.builder("WindowedCounts"), options, SCRIPT)) {
            counts(run.context().receiverStream(run.receiver()), options.batchInterval())
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** The job, on lines of text and batches of this interval. */
    static DStream<Pair<String, Long>> counts(DStream<String> lines, Duration batch) {
        return lines.flatMap(Split.at(' '))
                .mapToPair(word -> Pair.of(word, 1L))
                .reduceByKeyAndWindow(
                        Long::sum, (sum, gone) -> sum - gone, batch.multipliedBy(3), batch, count -> count.value() > 0);
    }
}
