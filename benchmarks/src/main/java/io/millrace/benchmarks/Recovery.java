// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The time from the start of a JVM to the first new batch of a durable job whose process was killed with {@code kill -9}. */
@Command(
        name = "Recovery",
        mixinStandardHelpOptions = true,
        description = "Time from the start of a JVM to the first new batch after kill -9.")
public final class Recovery implements BarProgram {

    private static final double WITH_STATE = 3.0;
    private static final double STATELESS = 1.5;
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @Option(names = "--keys", description = "keys of the state, about 100 bytes each (${DEFAULT-VALUE})")
    private int keys = 1_000_000;

    @Option(names = "--runs", description = "how often (${DEFAULT-VALUE})")
    private int runs = 5;

    @Option(names = "--directory", description = "where the checkpoint is (default: a temporary directory)")
    private Path parent = Path.of(System.getProperty("java.io.tmpdir"));

    Recovery() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Recovery()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        List<Bar> bars = new ArrayList<>(measure("state of " + keys + " keys", List.of(), WITH_STATE));
        bars.addAll(measure("stateless", List.of("--stateless"), STATELESS));
        return bars;
    }

    private List<Bar> measure(String what, List<String> options, double bar) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(parent, "recovery-");
        try {
            kill(run(directory, keys, options), "filled");
            double[] seconds = new double[runs];
            for (int i = 0; i < runs; i++) {
                long start = System.nanoTime();
                kill(run(directory, 0, options), "batch");
                seconds[i] = (System.nanoTime() - start) / 1e9;
            }
            Figures figures = new Figures(seconds);
            return List.of(
                    Bar.atMost(what + ": JVM start to the first new batch", figures.median(), bar, "s"),
                    Bar.note("– least and most of " + runs, "%.2f–%.2f s".formatted(figures.min(), figures.max())),
                    Bar.note("– bytes of the checkpoint", "%.0f MB".formatted(bytes(directory) / 1e6)));
        } finally {
            delete(directory);
        }
    }

    private static JavaProcess run(Path directory, int keys, List<String> options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("--directory", directory.resolve("checkpoint").toString(), "--keys", String.valueOf(keys)));
        arguments.addAll(options);
        return JavaProcess.start(List.of("-Xmx2g"), "io.millrace.benchmarks.KeptKeys", arguments);
    }

    /** Waits until the process has said something, and kills it. */
    private static void kill(JavaProcess process, String event) throws InterruptedException {
        try {
            process.await(event, LIMIT);
        } finally {
            process.kill();
        }
    }

    private static double bytes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
