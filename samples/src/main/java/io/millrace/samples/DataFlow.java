// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.Pair;
import io.millrace.operator.output.ForEachBatchOperator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells, while words are counted as in {@link StatefulWordCount}, which way the data takes through the engine. */
@Command(
        name = "DataFlow",
        description = {
            "Counts words as StatefulWordCount does and tells which way the data takes: (1) the driver starts a receiver on"
                    + " an executor; (2) it cuts what comes into blocks; (3) every block is copied to another executor;"
                    + " (4) the block manager registers it; (5) every batch interval, executors work on the blocks that"
                    + " came, and the outputs are written."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.DataFlow",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.DataFlow -Dexec.args=--crash"
        })
public final class DataFlow implements Callable<Integer> {

    @Mixin
    private SampleOptions options = new SampleOptions();

    @Option(
            names = "--crash",
            description = "Kills the receiver's executor when the second block has come; nothing is lost by that.")
    private boolean crash;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new DataFlow(), args);
    }

    @Override
    public Integer call() throws Exception {
        if (crash && options.replication() < 2) {
            throw new IllegalArgumentException(
                    "--crash loses data unless --replication is >= 2, but it is " + options.replication());
        }
        Narrator narrator = new Narrator(System.out, options.header(), options.replication());
        Crash killer = new Crash(narrator);
        try (SampleRun run = crash
                ? SampleRun.of("DataFlow", options, narrator, killer)
                : SampleRun.of("DataFlow", options, narrator)) {
            killer.in(run);
            run.context()
                    .receiverStream(run.receiver())
                    .flatMap(line -> List.of(line.split(" ", -1)))
                    .mapToPair(word -> Pair.of(word, 1))
                    .updateStateByKey(StatefulWordCount::total)
                    .output(run.shown(new ForEachBatchOperator<>(narrator::counts)));
            run.toTheEnd();
        }
        return 0;
    }
}
