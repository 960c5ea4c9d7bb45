// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** What every comparison can be told; a picocli mixin. */
final class RunnerOptions {

    @Option(names = "--vocabulary", description = "number of distinct words (${DEFAULT-VALUE})")
    private int vocabulary = 100_000;

    @Option(names = "--warmup", description = "seconds of warm-up (${DEFAULT-VALUE})")
    private int warmupSeconds = 20;

    @Option(names = "--seconds", description = "seconds measured (${DEFAULT-VALUE})")
    private int seconds = 15;

    @Option(names = "--rounds", description = "trials of each contender (${DEFAULT-VALUE})")
    private int rounds = 1;

    @Option(names = "--seed", description = "seed of words and text (${DEFAULT-VALUE})")
    private long seed = 42;

    @Option(
            names = "--jvm",
            split = " ",
            arity = "1",
            description = "JVM flags of every contender, blank-separated (${DEFAULT-VALUE})")
    private List<String> jvmFlags = List.of("-Xmx2g");

    /** How many trials each contender has. */
    int rounds() {
        return rounds;
    }

    /** How many distinct words there are. */
    int vocabulary() {
        return vocabulary;
    }

    /** The setup with this batch interval and these further arguments for the sender. */
    TrialRunner.Setup setup(Duration interval, List<String> load) {
        List<String> arguments =
                new ArrayList<>(List.of("--vocabulary", Integer.toString(vocabulary), "--seed", Long.toString(seed)));
        arguments.addAll(load);
        return new TrialRunner.Setup(
                new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds)),
                interval,
                jvmFlags,
                arguments);
    }

    /** A headline for the results: the machine and what was run. */
    String headline(String what) {
        return String.format(
                "%s: V = %d, %d s after %d s, %s, Java %s, %d cores",
                what,
                vocabulary,
                seconds,
                warmupSeconds,
                String.join(" ", jvmFlags),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors());
    }
}
