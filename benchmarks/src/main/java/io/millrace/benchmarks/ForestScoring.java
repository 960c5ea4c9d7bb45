// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.tree.RandomForestClassificationModel;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.Vector;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Forests that Spark trained: how many rows a second one thread scores. Rates are by the processor time of the thread.
 */
@Command(
        name = "ForestScoring",
        mixinStandardHelpOptions = true,
        description = "Rows a second through a forest of 50 trees of depth 8.")
public final class ForestScoring implements BarProgram {

    private static final double LEAST_MILLIONS = 1;
    private static final String FOLDER = "io/millrace/benchmarks/";

    @Option(names = "--rows", description = "rows scored again and again (${DEFAULT-VALUE})")
    private int rows = 20_000;

    @Option(names = "--warmup", description = "rounds over the rows before the measured ones (${DEFAULT-VALUE})")
    private int warmup = 30;

    @Option(names = "--rounds", description = "rounds measured (${DEFAULT-VALUE})")
    private int rounds = 60;

    ForestScoring() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new ForestScoring()).execute(args));
    }

    @Override
    public List<Bar> measure() {
        RandomForestClassificationModel forest;
        try (ModelSource source = ModelSource.resource(ForestScoring.class.getClassLoader(), FOLDER + "forest-50")) {
            forest = MllibModels.load(source, RandomForestClassificationModel.class);
        }
        Vector[] vectors = ScoredRows.vectors(rows);
        double[] predictions = new double[rows];
        Figures blocks = millions(
                "blocks",
                all -> {
                    forest.predictAll(all, 0, predictions);
                    return predictions[0];
                },
                vectors);
        Figures single = millions(
                "single rows",
                all -> {
                    double sum = 0;
                    for (Vector vector : all) {
                        sum += forest.predict(vector);
                    }
                    return sum;
                },
                vectors);
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
        return bars;
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
}
