// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/**
 * Weights that an online learner has come to: its state. Immutable and thread-safe; predicting allocates nothing. Without
 * an intercept, as Spark's streaming learners.
 */
public abstract sealed class OnlineLinearModel permits OnlineRegressionModel, OnlineClassificationModel {

    private final DenseVector weights;

    OnlineLinearModel(Vector weights) {
        for (double weight : weights.toArray()) {
            if (Double.isNaN(weight)) {
                throw new IllegalArgumentException("weights that hold NaN; did they diverge? try a smaller stepSize");
            }
        }
        this.weights = new DenseVector(weights.toArray().clone());
    }

    /** A copy of the weights, one per feature. */
    public final Vector weights() {
        return Vectors.dense(weights.values().clone());
    }

    public final int numFeatures() {
        return weights.size();
    }

    /** Always 0. */
    public final double intercept() {
        return 0.0;
    }

    /** The prediction for one vector. */
    public abstract double predict(Vector features);

    final double margin(Vector features) {
        return BLAS.dot(weights, features) + 0.0;
    }

    final double[] copyOfWeights() {
        return weights.values().clone();
    }
}
