// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Generalized linear regression: the mean of a distribution ({@code family}) as a function ({@code link}) of a linear
 * predictor. {@code offsetCol}, if set, is added to the predictor; where it is null, so are the results.
 * {@code linkPredictionCol}, if set, is the predictor itself. As Spark's {@code GeneralizedLinearRegressionModel}.
 */
public final class GeneralizedLinearRegressionModel extends PredictionModel {

    static {
        QuietNetlib.apply();
    }

    private final Vector coefficients;
    private final double intercept;
    private final GlmFamily family;
    private final GlmLink link;
    private final String linkPredictionCol;
    private final String offsetCol;

    public GeneralizedLinearRegressionModel(Params params, Vector coefficients, double intercept) {
        super(params);
        this.coefficients = coefficients;
        this.intercept = intercept;
        family = GlmFamily.of(params);
        link = GlmLink.of(params, family);
        linkPredictionCol = params.getString("linkPredictionCol", "");
        offsetCol = params.isSet("offsetCol") ? params.getString("offsetCol") : "";
    }

    static GeneralizedLinearRegressionModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new GeneralizedLinearRegressionModel(
                saved.params(), data.vector("coefficients"), data.getDouble("intercept"));
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

    /** The column of linear predictors; "" if it is not written. */
    public String linkPredictionCol() {
        return linkPredictionCol;
    }

    /** The column that is added to the linear predictor; "" if there is none. */
    public String offsetCol() {
        return offsetCol;
    }

    @Override
    public double predict(Vector features) {
        return predict(features, 0.0);
    }

    /** The prediction for one vector and an offset. */
    public double predict(Vector features, double offset) {
        return mean(predictLink(features, offset));
    }

    /** The linear predictor for one vector and an offset. */
    public double predictLink(Vector features, double offset) {
        return BLAS.dot(features, coefficients) + intercept + offset;
    }

    private double mean(double eta) {
        return family.project(link.mean(eta));
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        int offset = -1;
        boolean nullable = false;
        if (!offsetCol.isEmpty()) {
            offset = plan.numericSlot(offsetCol);
            nullable = plan.field(offsetCol).nullable();
        }
        int eta = linkPredictionCol.isEmpty() ? -1 : plan.add(field(linkPredictionCol, nullable));
        int prediction = predictionCol().isEmpty() ? -1 : plan.add(field(predictionCol(), nullable));
        if (eta >= 0 || prediction >= 0) {
            add(plan, in, offset, eta, prediction);
        }
    }

    private void add(RowPlan plan, int in, int offset, int eta, int prediction) {
        plan.step(slots -> {
            Number added = offset < 0 ? (Number) 0.0 : (Number) slots[offset];
            @Nullable Object predictor = null;
            @Nullable Object mean = null;
            if (added != null) {
                double value = predictLink(features(slots[in]), added.doubleValue());
                predictor = value;
                mean = mean(value);
            }
            if (eta >= 0) {
                slots[eta] = predictor;
            }
            if (prediction >= 0) {
                slots[prediction] = mean;
            }
            return true;
        });
    }

    private static Field field(String name, boolean nullable) {
        return new Field(name, DataType.DOUBLE, nullable, Attribute.numeric());
    }
}
