// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Counts the words of every batch.
 *
 * <p>The seed's first program. A line is split at every single blank and keeps its trailing empty words, as Python's {@code
 * split(" ")} does; Java's {@code split(" ")} would drop them.
 */
@Command(
        name = "WordCount",
        description = "Counts the words of every batch of lines.",
        footer = {
            "",
            "mvn -q compile exec:java",
            "mvn -q compile exec:java -Dexec.args=\"--host localhost --port 9999\""
        })
public final class WordCount implements Callable<Integer> {

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new WordCount(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of("NetworkWordCount", options)) {
            run.context()
                    .receiverStream(run.receiver())
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1))
                    .reduceByKey(Integer::sum)
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }
}
