// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.tree.RandomForestClassificationModel;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Forests that Spark trained: how many rows a second one thread scores, and how soon a new JVM has loaded one and scored
 * its first row. Rates are by the processor time of the thread.
 */
@Command(
        name = "ForestScoring",
        mixinStandardHelpOptions = true,
        description = "Rows a second through a forest of 50 trees of depth 8, and the time to load one of 100 trees.")
public final class ForestScoring implements BarProgram {

    private static final double LEAST_MILLIONS = 1;
    private static final double LATEST_SECONDS = 1.0;
    private static final Duration LOAD_TIMEOUT = Duration.ofMinutes(1);
    private static final String FOLDER = "io/millrace/benchmarks/";
    private static final long SEED = 42;

    @Option(names = "--rows", description = "rows scored again and again (${DEFAULT-VALUE})")
    private int rows = 20_000;

    @Option(names = "--warmup", description = "rounds over the rows before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 30;

    @Option(names = "--rounds", description = "rounds measured (${DEFAULT-VALUE})")
    private int rounds = 60;

    @Option(names = "--loads", description = "how many JVMs load a forest (${DEFAULT-VALUE})")
    private int loads = 7;

    ForestScoring() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ForestScoring()).execute(args));
    }

    @Override
    public List<Bar> measure() throws IOException, InterruptedException {
        RandomForestClassificationModel forest;
        try (ModelSource source = ModelSource.resource(ForestScoring.class.getClassLoader(), FOLDER + "forest-50")) {
            forest = MllibModels.load(source, RandomForestClassificationModel.class);
        }
        Vector[] vectors = vectors(forest.numFeatures());
        double[] predictions = new double[rows];
        Figures blocks = millions("blocks", all -> {
            forest.predictAll(all, 0, predictions);
            return predictions[0];
        }, vectors);
        Figures single = millions("single rows", all -> {
            double sum = 0;
            for (Vector vector : all) {
                sum += forest.predict(vector);
            }
            return sum;
        }, vectors);
        boolean same = true;
        for (int i = 0; i < rows; i++) {
            same &= predictions[i] == forest.predict(vectors[i]);
        }
        List<Bar> bars = new ArrayList<>();
        bars.add(Bar.atLeast(
                "forest of 50 trees of depth 8, 20 features, a core", blocks.median(), LEAST_MILLIONS, "M rows/s"));
        bars.add(Bar.note("– least and most", "%.2f–%.2f M rows/s".formatted(blocks.min(), blocks.max())));
        bars.add(Bar.note("– row by row", "%.2f M rows/s".formatted(single.median())));
        bars.add(Bar.holds("– both say the same", same));
        bars.addAll(load());
        return bars;
    }

    private Vector[] vectors(int features) {
        Random random = new Random(SEED);
        Vector[] vectors = new Vector[rows];
        for (int i = 0; i < rows; i++) {
            vectors[i] =
                    Vectors.dense(random.doubles(features, -2.5, 2.5).toArray());
        }
        return vectors;
    }

    private Figures millions(String what, ToDoubleFunction<Vector[]> scoring, Vector[] vectors) {
        double[] millions = new double[rounds];
        double sum = 0;
        for (int round = -warmup; round < rounds; round++) {
            long startNs = cpuNanos();
            sum += scoring.applyAsDouble(vectors);
            if (round >= 0) {
                millions[round] = rows * 1e3 / (cpuNanos() - startNs);
            }
        }
        Figures figures = new Figures(millions);
        System.out.println(JsonLine.event("scored")
                .with("how", what)
                .with("millionRowsPerSecond", figures.median())
                .with("sum", sum));
        return figures;
    }

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private List<Bar> load() throws IOException, InterruptedException {
        double[] seconds = new double[loads];
        double[] cpuSeconds = new double[loads];
        for (int i = 0; i < loads; i++) {
            try (JavaProcess process =
                    JavaProcess.start(List.of(), ForestLoad.class.getName(), List.of(FOLDER + "forest-100"))) {
                JsonLine loaded = process.await("loaded", LOAD_TIMEOUT);
                System.out.println(loaded);
                seconds[i] = loaded.number("seconds");
                cpuSeconds[i] = loaded.number("cpuSeconds");
            }
        }
        Figures wall = new Figures(seconds);
        return List.of(
                Bar.atMost(
                        "a new JVM loads 100 trees and scores a row, since its main began",
                        wall.median(),
                        LATEST_SECONDS,
                        "s"),
                Bar.note("– least and most of " + loads, "%.2f–%.2f s".formatted(wall.min(), wall.max())),
                Bar.note(
                        "– processor time of the JVM until then",
                        "%.2f CPU s".formatted(new Figures(cpuSeconds).median())));
    }
}
