// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.ClassificationModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Vector;

/**
 * A linear support vector machine for two classes. The margin is compared with {@code threshold}, any real number, 0 by
 * default; it is no probability. As Spark's {@code LinearSVCModel}.
 */
public final class LinearSVCModel extends ClassificationModel {

    static {
        QuietNetlib.apply();
    }

    private final Vector coefficients;
    private final double intercept;
    private final double threshold;

    public LinearSVCModel(Params params, Vector coefficients, double intercept) {
        super(params);
        this.coefficients = coefficients;
        this.intercept = intercept;
        threshold = params.getDouble("threshold", 0.0);
    }

    static LinearSVCModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new LinearSVCModel(saved.params(), data.vector("coefficients"), data.getDouble("intercept"));
    }

    @Override
    public int numFeatures() {
        return coefficients.size();
    }

    @Override
    public int numClasses() {
        return 2;
    }

    public Vector coefficients() {
        return coefficients;
    }

    public double intercept() {
        return intercept;
    }

    /** The margin above which the class is 1. */
    public double threshold() {
        return threshold;
    }

    private double margin(Vector features) {
        return BLAS.dot(features, coefficients) + intercept;
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        double margin = margin(features);
        raw[0] = -margin;
        raw[1] = margin;
    }

    @Override
    public double predict(Vector features) {
        return margin(features) > threshold ? 1.0 : 0.0;
    }

    @Override
    protected double rawToPrediction(double[] raw) {
        return raw[1] > threshold ? 1.0 : 0.0;
    }
}
