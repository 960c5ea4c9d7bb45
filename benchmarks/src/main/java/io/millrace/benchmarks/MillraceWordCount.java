// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.function.Split;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Work W on Millrace, as a user writes it: lambdas on strings, a running total per word, a sink that counts updates. */
@Command(
        name = "MillraceWordCount",
        mixinStandardHelpOptions = true,
        description = "Millrace's stateful word count through the public API.")
public final class MillraceWordCount implements Callable<Integer>, Subject {

    @Mixin
    private ContenderOptions options = new ContenderOptions();

    @Mixin
    private EngineOptions engine = new EngineOptions();

    @Option(names = "--variant", description = "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE})")
    private Counting variant = Counting.REDUCE;

    @Option(names = "--split", description = "lines are split by the engine's Split in place of String.split")
    private boolean split;

    private final ByteProgress progress = new ByteProgress();

    private MillraceWordCount() {}

    /** Runs the job as a contender. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new MillraceWordCount())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Measurement measurement = Measurement.start("millrace", options.window(), this);
        try (WordCountJob job = new WordCountJob(
                        engine.context("benchmark", options.interval()),
                        options.sender(),
                        split ? Split.at(' ') : Words::split,
                        variant::totals,
                        () -> {},
                        progress);
                Tally tally = options.tally()) {
            job.start();
            job.finish(tally, measurement);
        }
        return 0;
    }

    @Override
    public long words() {
        return progress.words();
    }

    @Override
    public void windowOpens() {
        progress.delays().reset();
    }

    @Override
    public JsonLine windowCloses(JsonLine line) {
        return progress.delays().describe(line);
    }
}
