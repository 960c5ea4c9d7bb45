// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A forest and a text pipeline over the same rows, by Millrace and by Spark's own {@code transform}, one thread each, one process
 * after the other. Spark takes part if it was built: {@code SPARK=1 benchmarks/run TransformSpeed}.
 */
@Command(
        name = "TransformSpeed",
        mixinStandardHelpOptions = true,
        description = "Compares transform of a forest and of a text pipeline with Spark's own, a core each.")
public final class TransformSpeed implements BarProgram {

    private static final double FOREST_OF_SPARK = 8;
    private static final double TEXT_OF_SPARK = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String FOLDER = "io/millrace/benchmarks/";

    @Option(names = "--rows", description = "rows of a pass (${DEFAULT-VALUE})")
    private int rows = 100_000;

    @Option(names = "--warmup", description = "passes before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 6;

    @Option(names = "--passes", description = "passes measured, of which the median counts (${DEFAULT-VALUE})")
    private int passes = 9;

    private boolean same = true;

    TransformSpeed() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new TransformSpeed()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        Optional<String> sparkClassPath = Peer.SPARK.classPath();
        Path vectors = Files.createTempFile("millrace-rows", ".vectors");
        Path texts = Files.createTempFile("millrace-rows", ".txt");
        try {
            ScoredRows.writeVectors(rows, vectors);
            ScoredRows.writeTexts(rows, texts);
            List<Bar> bars = new ArrayList<>();
            bars.addAll(
                    compare("forest, all columns", "forest", "forest-50", vectors, FOREST_OF_SPARK, sparkClassPath));
            bars.addAll(
                    compare("forest, prediction", "prediction", "forest-50", vectors, FOREST_OF_SPARK, sparkClassPath));
            bars.addAll(compare("text pipeline, all columns", "text", "text", texts, TEXT_OF_SPARK, sparkClassPath));
            bars.add(Bar.holds("transform: all predictions add up to the same", same));
            return bars;
        } finally {
            Files.delete(vectors);
            Files.delete(texts);
        }
    }

    private List<Bar> compare(
            String title, String what, String model, Path file, double bar, Optional<String> sparkClassPath)
            throws IOException, InterruptedException {
        JsonLine millrace = run(
                System.getProperty("java.class.path"),
                List.of("-Xmx2g"),
                TransformContender.class.getName(),
                List.of(
                        what,
                        FOLDER + model,
                        Integer.toString(rows),
                        Integer.toString(4 * warmup),
                        Integer.toString(4 * passes)));
        Bar own = Bar.note(title + ": millrace", rate(millrace));
        if (sparkClassPath.isEmpty()) {
            return List.of(own, Bar.note(title + ": spark", "not built: SPARK=1"));
        }
        JsonLine spark = run(
                sparkClassPath.get(),
                Peer.SPARK.flags(List.of("-Xmx2g")),
                Peer.SPARK.named("SparkTransform"),
                List.of(what, folder(model), file.toString(), Integer.toString(warmup), Integer.toString(passes)));
        same &= millrace.number("sum") == spark.number("sum");
        return List.of(
                own,
                Bar.note(title + ": spark", rate(spark)),
                Bar.atLeast(title, millrace.number("median") / spark.number("median"), bar, "× spark"));
    }

    private static String rate(JsonLine line) {
        return "%.3f M rows/s (best %.3f)".formatted(line.number("median") / 1e6, line.number("best") / 1e6);
    }

    private static String folder(String model) {
        return Optional.ofNullable(TransformSpeed.class.getResource("/" + FOLDER + model))
                .map(url -> Path.of(URI.create(url.toString())).toString())
                .orElseThrow(() -> new IllegalStateException("no model " + model));
    }

    private static JsonLine run(String classPath, List<String> flags, String mainClass, List<String> arguments)
            throws IOException, InterruptedException {
        try (JavaProcess process = JavaProcess.startOn(classPath, flags, mainClass, arguments)) {
            JsonLine measured = process.await("measured", PATIENCE);
            System.out.println(measured);
            return measured;
        }
    }
}
