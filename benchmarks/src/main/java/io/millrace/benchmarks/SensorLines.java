// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.storage.Params;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Lines of 20 numbers, the same in every process, how they are read, and the regression that scores them. */
final class SensorLines {

    /** How many numbers a line has. */
    static final int NUMBERS = 20;

    /** How many lines there are, which come again and again. */
    static final int LINES = 20_000;

    private static final long SEED = 42;

    private SensorLines() {}

    /** All lines, each with its end. */
    static byte[] text() {
        Random random = new Random(SEED);
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            for (int i = 0; i < NUMBERS; i++) {
                text.append(i == 0 ? "" : " ").append(Math.round(random.nextGaussian() * 1_000) / 1_000.0);
            }
            text.append('\n');
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** The numbers of a line, as both contenders read them. */
    @SuppressWarnings("StringSplitter") // a single blank is exactly what separates numbers here
    static Vector vector(String line) {
        String[] parts = line.split(" ");
        double[] values = new double[parts.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Double.parseDouble(parts[i]);
        }
        return Vectors.dense(values);
    }

    /** A logistic regression of two classes. */
    static LogisticRegressionModel model() {
        double[] coefficients = new Random(SEED + 1).doubles(NUMBERS, -1, 1).toArray();
        return new LogisticRegressionModel(
                Params.of("sensor", Map.of()),
                Matrices.dense(1, NUMBERS, coefficients),
                Vectors.dense(new double[] {0.5}),
                2,
                false);
    }

    /** How many of the lines are of class 1. */
    static long ofClassOne() {
        LogisticRegressionModel model = model();
        return new String(text(), StandardCharsets.US_ASCII)
                .lines()
                .filter(line -> model.predict(vector(line)) == 1)
                .count();
    }
}
