// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Executors killed over and over under a fixed load: what is lost, and how late the batches are.
 *
 * <p>When the receiver's own executor dies, what was on its way to it is lost with the connection: a raw socket has no
 * acknowledgements. That is measured too, as milliseconds of load a kill.
 */
@Command(
        name = "ExecutorKill",
        mixinStandardHelpOptions = true,
        description = "What is lost and how late batches are when executors die under load.")
public final class ExecutorKill implements BarProgram {

    private static final int WITH_RECEIVER = 0;
    private static final int WITHOUT_RECEIVER = 1;
    private static final double GRACE_MILLIS = 500;

    @Option(names = "--interval-ms", split = ",", description = "batch intervals in milliseconds (${DEFAULT-VALUE})")
    private List<Integer> intervals = List.of(1000, 200);

    @Option(names = "--rate", description = "lines a second (${DEFAULT-VALUE})")
    private int rate = 500_000;

    @Option(names = "--warmup", description = "seconds before the first kill (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds with kills (${DEFAULT-VALUE})")
    private int seconds = 30;

    @Option(names = "--every", description = "milliseconds from one kill to the next (${DEFAULT-VALUE})")
    private int everyMillis = 3300;

    ExecutorKill() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ExecutorKill()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>();
        for (int intervalMillis : intervals) {
            Trial calm = trial(intervalMillis, WITHOUT_RECEIVER);
            String what = "executor killed, " + intervalMillis + " ms batches";
            bars.add(Bar.holds(what + ": totals exact (" + calm.line().whole("kills") + " kills)", calm.exact()));
            bars.add(delay(what, calm, intervalMillis));
            Trial severed = trial(intervalMillis, WITH_RECEIVER);
            what = "receiver's " + what;
            bars.add(loss(what, severed));
            bars.add(delay(what, severed, intervalMillis));
        }
        return bars;
    }

    private Trial trial(int intervalMillis, int victim) throws IOException, InterruptedException {
        List<String> load = List.of("--rate", Integer.toString(rate), "--again");
        return new TrialRunner(new TrialRunner.Setup(
                        new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds)),
                        Duration.ofMillis(intervalMillis),
                        List.of("-Xmx2g"),
                        load))
                .run(List.of(Contender.of("millrace-killed:--kill=" + victim + ":--every=" + everyMillis)), 1)
                .get(0);
    }

    private static Bar delay(String what, Trial trial, int intervalMillis) {
        return Bar.atMost(
                what + ": longest delay of a batch (median " + trial.line().whole("totalP50Micros") / 1_000 + " ms)",
                trial.line().whole("totalMaxMicros") / 1e3,
                intervalMillis + GRACE_MILLIS,
                "ms");
    }

    /** What a kill cost; a word counted twice would make it negative, which is a miss. */
    private Bar loss(String what, Trial trial) {
        long words =
                Totals.of(trial.sent()).words() - Totals.of(trial.finished()).words();
        long kills = trial.line().whole("kills");
        double lines = (double) words / (ZipfText.WORDS_PER_LINE - 1);
        String figure = "%.1f ms".formatted(lines * 1e3 / rate / Math.max(1, kills));
        return new Bar(what + ": load lost a kill (" + kills + " kills)", figure, "≥ 0 ms", words >= 0);
    }
}
