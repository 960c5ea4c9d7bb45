// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.operator.Pair;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Windows of several lengths over the same records, without an inverse: what a batch costs must not depend on how long the window is.
 *
 * <p>The whole engine runs on one thread in virtual time, batch after batch without pause. Records go round all keys once in the
 * shortest window, so that every window emits every key in every batch, and only its length differs.
 */
@Command(
        name = "SlidingWindow",
        mixinStandardHelpOptions = true,
        description = "Processing time of a batch for windows of several lengths, reduced by key without an inverse.")
public final class SlidingWindow implements BarProgram {

    private static final double MOST = 1.2;
    private static final int WARMUP_BATCHES = 200;

    @Option(names = "--windows", split = ",", description = "seconds, the shortest first (${DEFAULT-VALUE})")
    private List<Integer> windows = List.of(10, 60, 600);

    @Option(names = "--vocabulary", description = "keys (${DEFAULT-VALUE})")
    private int vocabulary = 100_000;

    @Option(names = "--batches", description = "batches of 1 s measured per window, once it is full (${DEFAULT-VALUE})")
    private int batches = 200;

    SlidingWindow() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SlidingWindow()).execute(args));
    }

    @Override
    public List<Bar> measure() {
        int perBatch = (vocabulary + windows.get(0) - 1) / windows.get(0);
        String[] keys = new String[vocabulary];
        Arrays.setAll(keys, i -> "key-" + i);
        times(keys, perBatch, windows.get(0), WARMUP_BATCHES);
        List<Bar> bars = new ArrayList<>();
        double shortest = 0;
        for (int seconds : windows) {
            Times times = times(keys, perBatch, seconds, batches);
            Figures millis = new Figures(times.wall());
            String what = "window of " + seconds + " s by 1 s, " + vocabulary + " keys: ";
            bars.add(Bar.note(what + "a batch takes (median)", "%.2f ms".formatted(millis.median())));
            bars.add(Bar.note(what + "the longest takes", "%.2f ms".formatted(millis.max())));
            bars.add(Bar.note(
                    what + "processor time of its thread (median)",
                    "%.2f ms".formatted(new Figures(times.processor()).median())));
            if (seconds == windows.get(0)) {
                shortest = millis.median();
            } else {
                bars.add(Bar.atMost(
                        what + "as compared with " + windows.get(0) + " s", millis.median() / shortest, MOST, "×"));
            }
        }
        return bars;
    }

    /**
     * The milliseconds that each batch took.
     *
     * @param wall from its begin to its end
     * @param processor of the thread that did all the work but the collection of garbage
     */
    private record Times(double[] wall, double[] processor) {}

    /** What so many batches take after the window is full. */
    private Times times(String[] keys, int perBatch, int seconds, int count) {
        AtomicLong emitted = new AtomicLong();
        try (BatchHarness harness =
                BatchHarness.builder("sliding-window").serializeMessages(false).build()) {
            ScriptedInput<Integer> input = harness.input();
            harness.stream(input)
                    .mapToPair(number -> Pair.of(keys[number % keys.length], 1L))
                    .reduceByKeyAndWindow(Long::sum, Duration.ofSeconds(seconds), Duration.ofSeconds(1))
                    .foreachBatch((time, pairs) -> emitted.set(pairs.size()));
            harness.start();
            Times times = new Times(new double[count], new double[count]);
            ThreadMXBean thread = ManagementFactory.getThreadMXBean();
            int next = 0;
            for (int batch = -seconds - seconds / 2; batch < count; batch++) {
                List<Integer> records = new ArrayList<>(perBatch);
                for (int i = 0; i < perBatch; i++) {
                    records.add(next);
                    next = (next + 1) % keys.length;
                }
                input.addAll(records);
                harness.settle();
                long beginNs = System.nanoTime();
                long beginCpuNs = thread.getCurrentThreadCpuTime();
                harness.runBatch();
                if (batch >= 0) {
                    times.wall()[batch] = (System.nanoTime() - beginNs) / 1e6;
                    times.processor()[batch] = (thread.getCurrentThreadCpuTime() - beginCpuNs) / 1e6;
                }
            }
            if (emitted.get() != keys.length) {
                throw new IllegalStateException(
                        "A window must have " + keys.length + " keys, but has " + emitted.get());
            }
            System.out.println(JsonLine.event("sliding-window")
                    .with("windowSeconds", seconds)
                    .with("recordsPerBatch", perBatch)
                    .with("medianMillis", new Figures(times.wall()).median())
                    .with("medianCpuMillis", new Figures(times.processor()).median()));
            return times;
        }
    }
}
