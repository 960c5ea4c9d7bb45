// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Vector;

/** Linear regression, by squares or by Huber's loss. As Spark's {@code LinearRegressionModel}. */
public final class LinearRegressionModel extends PredictionModel {

    static {
        QuietNetlib.apply();
    }

    private final Vector coefficients;
    private final double intercept;
    private final double scale;

    public LinearRegressionModel(Params params, Vector coefficients, double intercept, double scale) {
        super(params);
        this.coefficients = coefficients;
        this.intercept = intercept;
        this.scale = scale;
    }

    static LinearRegressionModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new LinearRegressionModel(
                saved.params(),
                data.vector("coefficients"),
                data.getDouble("intercept"),
                // before 2.3 there was no loss that has one
                data.has("scale") ? data.getDouble("scale") : 1.0);
    }

    @Override
    public int numFeatures() {
        return coefficients.size();
    }

    public Vector coefficients() {
        return coefficients;
    }

    public double intercept() {
        return intercept;
    }

    /** By what Huber's loss divided the errors; 1 for squares. Predictions do not depend on it. */
    public double scale() {
        return scale;
    }

    @Override
    public double predict(Vector features) {
        return BLAS.dot(features, coefficients) + intercept;
    }
}
