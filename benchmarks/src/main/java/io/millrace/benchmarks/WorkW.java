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

/** Work W: stateful word count over a loopback socket at full speed, all contenders in turn. */
@Command(
        name = "WorkW",
        mixinStandardHelpOptions = true,
        description = "Compares the throughput of stateful word counts over a loopback socket.")
public final class WorkW implements Callable<Integer> {

    @Mixin
    private RunnerOptions options = new RunnerOptions();

    @Option(
            names = "--contenders",
            split = ",",
            description = "who takes part: names or name=main.Class (${DEFAULT-VALUE})")
    private List<String> contenders = List.of("naive", "bytes", "millrace");

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    private WorkW() {}

    /** Runs the comparison and ends the process: with 0 if all totals were exact. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new WorkW()).execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        TrialRunner runner = new TrialRunner(options.setup(Duration.ofMillis(intervalMillis), List.of()));
        Comparison comparison =
                new Comparison(runner.run(contenders.stream().map(Contender::of).toList(), options.rounds()));
        System.out.print('\n' + options.headline("Work W") + "\n\n" + comparison.throughput(List.of("bytes", "naive")));
        return comparison.exact() ? 0 : 1;
    }
}
