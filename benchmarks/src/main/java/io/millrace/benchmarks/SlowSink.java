// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A sender at full speed against a job whose sink is ten times too slow, in a small heap. */
@Command(
        name = "SlowSink",
        mixinStandardHelpOptions = true,
        description = "When a slow sink blocks the sender, and how much memory is in use until then.")
public final class SlowSink implements BarProgram {

    private static final int FACTOR = 10;
    private static final double LATEST_SECONDS = 2;
    private static final double MOST_PERCENT = 80;

    @Option(names = "--warmup", description = "seconds at full speed (${DEFAULT-VALUE})")
    private int warmupSeconds = 10;

    @Option(names = "--seconds", description = "seconds with a slow sink (${DEFAULT-VALUE})")
    private int seconds = 60;

    @Option(names = "--interval-ms", description = "batch interval in milliseconds (${DEFAULT-VALUE})")
    private int intervalMillis = 1000;

    @Option(names = "--heap", description = "the heap (${DEFAULT-VALUE})")
    private String heap = "512m";

    SlowSink() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SlowSink()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        Trial trial = new TrialRunner(new TrialRunner.Setup(
                        new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds)),
                        Duration.ofMillis(intervalMillis),
                        List.of("-Xmx" + heap),
                        List.of()))
                .run(List.of(Contender.of("millrace-slow-sink:--factor=" + FACTOR)), 1)
                .get(0);
        JsonLine line = trial.line();
        Stalls stalls = Stalls.of(line);
        long slowSince = line.whole("slowSinceMicros");
        OptionalLong blockedAfter = stalls.firstAfter(slowSince);
        double share = stalls.share(slowSince, line.whole("slowUntilMicros"));
        String what = "sink slowed " + FACTOR + "×, -Xmx" + heap;
        return List.of(
                Bar.atMost(
                        what + ": sender blocked after",
                        blockedAfter.isPresent() ? blockedAfter.getAsLong() / 1e6 : Double.POSITIVE_INFINITY,
                        LATEST_SECONDS,
                        "s"),
                Bar.note(what + ": part of the time that the sender was blocked", "%.0f %%".formatted(100 * share)),
                Bar.atMost(
                        what + ": most heap after a collection",
                        100.0 * line.whole("heapAfterGcBytes") / line.whole("maxHeapBytes"),
                        MOST_PERCENT,
                        "%"),
                Bar.note(
                        what + ": heap after a full collection in the end",
                        "%.0f %%".formatted(100.0 * line.whole("liveHeapBytes") / line.whole("maxHeapBytes"))),
                Bar.note(what + ": direct buffers", line.whole("directBytes") / (1 << 20) + " MiB"),
                Bar.holds(what + ": nothing lost", trial.exact()));
    }
}
