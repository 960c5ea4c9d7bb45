// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/**
 * Counts all words since it was started and shows the totals after every batch, also when nothing came.
 *
 * <p>The seed's second program; lines are split as in {@link WordCount}.
 */
@Command(
        name = "StatefulWordCount",
        description = "Counts all words since the start and shows the totals after every batch.",
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.StatefulWordCount"
                    + " -Dexec.args=\"--host localhost --port 9999\""
        })
public final class StatefulWordCount implements Callable<Integer> {

    @Mixin
    private SampleOptions options = new SampleOptions();

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new StatefulWordCount(), args);
    }

    @Override
    public Integer call() throws Exception {
        try (SampleRun run = SampleRun.of("StatefulNetworkWordCount", options)) {
            run.context()
                    .receiverStream(run.receiver())
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1))
                    .updateStateByKey(StatefulWordCount::total)
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** What came, added to what was. */
    static Optional<Integer> total(List<Integer> counts, Optional<Integer> before) {
        return Optional.of(counts.stream().reduce(before.orElse(0), Integer::sum));
    }
}
