// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.storage.ModelSource;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.spark.ml.linalg.Vector;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * A logistic regression of 20 dense features that Spark trained: how many rows a second one thread scores, beside a loop written by
 * hand that knows the coefficients. Rates are by the processor time of the thread.
 */
@Command(
        name = "RegressionScoring",
        mixinStandardHelpOptions = true,
        description = "Rows a second through a logistic regression of 20 dense features.")
public final class RegressionScoring implements BarProgram {

    private static final double LEAST_MILLIONS = 10;
    private static final String MODEL = "io/millrace/benchmarks/regression-20";

    @Option(names = "--rows", description = "rows scored again and again (${DEFAULT-VALUE})")
    private int rows = 10_000;

    @Option(
            names = "--warmup",
            description = "rounds before the measured ones, of 100 passes over the rows (${DEFAULT-VALUE})")
    private int warmup = 20;

    @Option(names = "--rounds", description = "rounds measured (${DEFAULT-VALUE})")
    private int rounds = 30;

    private static final int PASSES = 100;

    RegressionScoring() {}

    /** Measures and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new RegressionScoring()).execute(args));
    }

    @Override
    public List<Bar> measure() {
        LogisticRegressionModel model;
        try (ModelSource source = ModelSource.resource(RegressionScoring.class.getClassLoader(), MODEL)) {
            model = MllibModels.load(source, LogisticRegressionModel.class);
        }
        Vector[] vectors = ScoredRows.vectors(rows);
        double[] coefficients = model.coefficientMatrix().toArray();
        double intercept = model.interceptVector().apply(0);
        Figures scored = millions("predict", model::predict, vectors);
        Figures byHand = millions("loop", vector -> byHand(vector, coefficients, intercept), vectors);
        boolean same = true;
        for (Vector vector : vectors) {
            same &= model.predict(vector) == byHand(vector, coefficients, intercept);
        }
        return List.of(
                Bar.atLeast("regression of 20 features, a core", scored.median(), LEAST_MILLIONS, "M rows/s"),
                Bar.note("– least and most", "%.2f–%.2f M rows/s".formatted(scored.min(), scored.max())),
                Bar.note("– a loop by hand", "%.2f M rows/s".formatted(byHand.median())),
                Bar.holds("– both say the same", same));
    }

    private static double byHand(Vector vector, double[] coefficients, double intercept) {
        double[] values = vector.toArray();
        double margin = intercept;
        for (int i = 0; i < coefficients.length; i++) {
            margin += values[i] * coefficients[i];
        }
        return 1.0 / (1.0 + Math.exp(-margin)) > 0.5 ? 1.0 : 0.0;
    }

    private Figures millions(String what, ToDoubleFunction<Vector> scoring, Vector[] vectors) {
        double[] millions = new double[rounds];
        double sum = 0;
        for (int round = -warmup; round < rounds; round++) {
            long startNs = cpuNanos();
            for (int pass = 0; pass < PASSES; pass++) {
                for (Vector vector : vectors) {
                    sum += scoring.applyAsDouble(vector);
                }
            }
            if (round >= 0) {
                millions[round] = PASSES * rows * 1e3 / (cpuNanos() - startNs);
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
