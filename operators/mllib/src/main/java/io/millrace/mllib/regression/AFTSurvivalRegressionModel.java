// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Accelerated failure time: a Weibull model of survival. Predicts the scale of the lifetime and, where
 * {@code quantilesCol} names a column, the lifetimes at {@code quantileProbabilities}. As Spark's
 * {@code AFTSurvivalRegressionModel}.
 */
public final class AFTSurvivalRegressionModel extends PredictionModel {

    static {
        QuietNetlib.apply();
    }

    private static final double[] PROBABILITIES = {0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99};

    private final Vector coefficients;
    private final double intercept;
    private final double scale;
    private final String quantilesCol;
    /** The quantiles of a lifetime whose scale is 1. */
    private final double[] quantiles;

    public AFTSurvivalRegressionModel(Params params, Vector coefficients, double intercept, double scale) {
        super(params);
        if (!(scale >= 0)) {
            throw new IllegalArgumentException("scale " + scale + ", must be 0 or more");
        }
        this.coefficients = coefficients;
        this.intercept = intercept;
        this.scale = scale;
        quantilesCol = params.getString("quantilesCol", "");
        double[] probabilities = params.doubles("quantileProbabilities");
        quantiles = probabilities == null ? PROBABILITIES.clone() : probabilities;
        if (quantiles.length == 0) {
            throw params.failure("quantileProbabilities", "is empty");
        }
        for (int i = 0; i < quantiles.length; i++) {
            if (!(quantiles[i] > 0 && quantiles[i] < 1)) {
                throw params.failure("quantileProbabilities", "has " + quantiles[i] + ", must be between 0 and 1");
            }
            quantiles[i] = Math.exp(Math.log(-Math.log1p(-quantiles[i])) * scale);
        }
    }

    static AFTSurvivalRegressionModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new AFTSurvivalRegressionModel(
                saved.params(), data.vector("coefficients"), data.getDouble("intercept"), data.getDouble("scale"));
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

    public double scale() {
        return scale;
    }

    /** The column of quantiles; "" if it is not written. */
    public String quantilesCol() {
        return quantilesCol;
    }

    @Override
    public String nullFeaturesMessage() {
        return "Cannot invoke \"org.apache.spark.ml.linalg.Vector.size()\" because \"y\" is null";
    }

    @Override
    public double predict(Vector features) {
        return Math.exp(BLAS.dot(coefficients, features) + intercept);
    }

    /** The lifetimes at {@code quantileProbabilities}, in their order, as Spark's {@code predictQuantiles}. */
    public DenseVector predictQuantiles(Vector features) {
        return quantiles(predict(features));
    }

    private DenseVector quantiles(double lambda) {
        DenseVector values = new DenseVector(quantiles.clone());
        BLAS.scal(lambda, values);
        return values;
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        int prediction = predictionCol().isEmpty() ? -1 : plan.add(predictionField());
        int quantile = quantilesCol.isEmpty()
                ? -1
                : plan.add(Field.of(quantilesCol, DataType.VECTOR)
                        .withAttributes(AttributeGroup.ofSize(quantilesCol, quantiles.length)));
        if (prediction < 0 && quantile < 0) {
            return;
        }
        plan.step(slots -> {
            double lambda = predict(features(slots[in]));
            if (prediction >= 0) {
                slots[prediction] = lambda;
            }
            if (quantile >= 0) {
                slots[quantile] = quantiles(lambda);
            }
            return true;
        });
    }
}
