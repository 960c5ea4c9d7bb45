// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The time from the start of a JVM with the sample word count and its built-in feeder to the first printed count. */
@Command(
        name = "FirstBatch",
        mixinStandardHelpOptions = true,
        description = "Time from the start of a JVM to the first printed batch with a count in it.")
public final class FirstBatch implements BarProgram {

    private static final double LATEST_SECONDS = 1.0;

    @Option(names = "--main", description = "what is started (${DEFAULT-VALUE})")
    private String mainClass = "io.millrace.samples.WordCount";

    @Option(names = "--args", split = " ", description = "its arguments, blank-separated (${DEFAULT-VALUE})")
    private List<String> arguments = List.of("--batch-interval", "100ms");

    @Option(names = "--jvm", split = " ", description = "flags of its JVM, blank-separated (default: none)")
    private List<String> jvmFlags = List.of();

    @Option(names = "--class-path", description = "what to put before the class path (default: nothing)")
    private String classPath = "";

    @Option(names = "--runs", description = "how often (${DEFAULT-VALUE})")
    private int runs = 11;

    private static final long SEED = 42;
    private static final int INTERVAL_MILLIS = 100;

    FirstBatch() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new FirstBatch()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException {
        double[] seconds = new double[runs];
        double[] cpuSeconds = new double[runs];
        Random random = new Random(SEED);
        for (int run = 0; run < runs; run++) {
            pauseToAnyPointOfAnInterval(random);
            JvmStart start = JvmStart.of(
                    JvmStart.command(jvmFlags, classPath, mainClass, arguments), line -> line.startsWith("("));
            seconds[run] = start.seconds();
            cpuSeconds[run] = start.cpuSeconds();
            System.out.println(JsonLine.event("first-batch")
                    .with("seconds", start.seconds())
                    .with("cpuSeconds", start.cpuSeconds()));
        }
        Figures wall = new Figures(seconds);
        Figures cpu = new Figures(cpuSeconds);
        return List.of(
                Bar.atMost("JVM start to first printed batch", wall.median(), LATEST_SECONDS, "s"),
                Bar.note("– least and most of " + runs, "%.2f–%.2f s".formatted(wall.min(), wall.max())),
                Bar.note("– processor time until then", "%.2f CPU s".formatted(cpu.median())));
    }

    /** A run ends with a batch; the next would begin with one, so that all would wait for the end of theirs equally long. */
    private static void pauseToAnyPointOfAnInterval(Random random) {
        try {
            Thread.sleep(random.nextInt(INTERVAL_MILLIS));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
