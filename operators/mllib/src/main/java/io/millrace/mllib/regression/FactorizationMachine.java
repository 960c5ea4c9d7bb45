// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * An intercept, a linear term and the products of all pairs of features, each weighted by the product of the two features'
 * factors. What is common to Spark's models of factorization machines. Immutable and thread-safe.
 */
public final class FactorizationMachine {

    static {
        QuietNetlib.apply();
    }

    /** What Java says in Spark where there is no vector. */
    public static final String NULL_FEATURES =
            "Cannot invoke \"org.apache.spark.ml.linalg.Vector.dot(org.apache.spark.ml.linalg.Vector)\" because"
                    + " \"features\" is null";

    private final double intercept;
    private final Vector linear;
    private final Matrix factors;
    /** The factors, column by column: all of the first factor, then all of the second. */
    private final double[] columns;

    public FactorizationMachine(double intercept, Vector linear, Matrix factors) {
        if (factors.numRows() != linear.size()) {
            throw new IllegalArgumentException(
                    factors.numRows() + " rows of factors for " + linear.size() + " linear coefficients");
        }
        this.intercept = intercept;
        this.linear = linear;
        this.factors = factors;
        columns = factors.toArray();
    }

    /** The machine in the record that a model was saved in. */
    public static FactorizationMachine load(ParquetRow data) {
        return new FactorizationMachine(data.getDouble("intercept"), data.vector("linear"), data.matrix("factors"));
    }

    public int numFeatures() {
        return linear.size();
    }

    public double intercept() {
        return intercept;
    }

    public Vector linear() {
        return linear;
    }

    /** A row per feature, a column per factor. */
    public Matrix factors() {
        return factors;
    }

    /** The value for one vector. */
    public double value(Vector features) {
        double value = intercept + features.dot(linear);
        int rows = linear.size();
        for (int column = 0; column < columns.length; column += Math.max(rows, 1)) {
            value +=
                    features instanceof SparseVector sparse ? pairs(sparse, column) : pairs(features.toArray(), column);
        }
        return value;
    }

    private double pairs(double[] values, int column) {
        double squares = 0.0;
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                double product = columns[column + i] * values[i];
                squares += product * product;
                sum += product;
            }
        }
        return 0.5 * (sum * sum - squares);
    }

    private double pairs(SparseVector features, int column) {
        int[] indices = features.indices();
        double[] values = features.values();
        double squares = 0.0;
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0) {
                double product = columns[column + indices[i]] * values[i];
                squares += product * product;
                sum += product;
            }
        }
        return 0.5 * (sum * sum - squares);
    }
}
