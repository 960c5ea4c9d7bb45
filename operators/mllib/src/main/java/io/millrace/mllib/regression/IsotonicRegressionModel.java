// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;

/**
 * Isotonic regression of one feature: a function of straight pieces that only rises ({@code isotonic}) or only falls.
 * The feature is a column of doubles, or the entry {@code featureIndex} of a column of vectors; null gives null, a null
 * vector is refused. As Spark's {@code IsotonicRegressionModel}. Immutable and thread-safe.
 */
public final class IsotonicRegressionModel implements Transformer {

    private static final String NULL_FEATURES =
            "Cannot invoke \"org.apache.spark.ml.linalg.Vector.apply(int)\" because \"features\" is null";

    private final String uid;
    private final String featuresCol;
    private final String predictionCol;
    private final int featureIndex;
    private final double[] boundaries;
    private final double[] predictions;

    /**
     * A model.
     *
     * @param boundaries where the predictions are known, ascending; the same may be there several times
     * @param predictions one per boundary, ascending if {@code isotonic}, else descending
     */
    public IsotonicRegressionModel(Params params, double[] boundaries, double[] predictions, boolean isotonic) {
        if (boundaries.length == 0 || boundaries.length != predictions.length) {
            throw new IllegalArgumentException(
                    boundaries.length + " boundaries and " + predictions.length + " predictions");
        }
        checkOrder("boundaries", boundaries, 1);
        checkOrder("predictions", predictions, isotonic ? 1 : -1);
        uid = params.uid();
        featuresCol = params.getString("featuresCol", "features");
        predictionCol = params.getString("predictionCol", "prediction");
        featureIndex = params.getInt("featureIndex", 0);
        if (featureIndex < 0) {
            throw params.failure("featureIndex", "is " + featureIndex + ", must be 0 or more");
        }
        this.boundaries = boundaries.clone();
        this.predictions = predictions.clone();
    }

    static IsotonicRegressionModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new IsotonicRegressionModel(
                saved.params(), data.doubles("boundaries"), data.doubles("predictions"), data.getBoolean("isotonic"));
    }

    private static void checkOrder(String what, double[] values, int sign) {
        for (int i = 1; i < values.length; i++) {
            if (sign * Double.compare(values[i - 1], values[i]) > 0) {
                throw new IllegalArgumentException(
                        what + " are not in order: " + values[i - 1] + " before " + values[i]);
            }
        }
    }

    @Override
    public String uid() {
        return uid;
    }

    public double[] boundaries() {
        return boundaries.clone();
    }

    public double[] predictions() {
        return predictions.clone();
    }

    /**
     * The prediction for one value: that of its boundary, between two boundaries the straight line, beyond the ends the
     * end's. NaN counts as above all. Of equal boundaries, one is taken.
     */
    public double predict(double feature) {
        int found = Arrays.binarySearch(boundaries, feature);
        if (found >= 0) {
            return predictions[found];
        }
        int above = -found - 1;
        if (above == 0) {
            return predictions[0];
        }
        if (above == boundaries.length) {
            return predictions[above - 1];
        }
        double x1 = boundaries[above - 1];
        double y1 = predictions[above - 1];
        return y1 + (predictions[above] - y1) * (feature - x1) / (boundaries[above] - x1);
    }

    /** The prediction for the entry {@code featureIndex} of a vector. */
    public double predict(Vector features) {
        return predict(features.apply(featureIndex));
    }

    @Override
    public void plan(RowPlan plan) {
        Field input = plan.field(featuresCol);
        boolean vectors = input.type().equals(DataType.VECTOR);
        if (!vectors && !input.type().equals(DataType.DOUBLE)) {
            throw new IllegalArgumentException("requirement failed");
        }
        if (predictionCol.isEmpty()) {
            throw new ScoringException(
                    "org.apache.spark.SparkIllegalArgumentException",
                    "[FIELD_NOT_FOUND] No such struct field `` in `"
                            + String.join("`, `", plan.schema().names()) + "`. SQLSTATE: 42704");
        }
        int in = plan.slot(featuresCol);
        int out =
                plan.add(new Field(predictionCol, DataType.DOUBLE, !vectors && input.nullable(), Attribute.numeric()));
        plan.step(slots -> {
            Object value = slots[in];
            if (vectors) {
                if (value == null) {
                    throw new ScoringException("java.lang.NullPointerException", NULL_FEATURES);
                }
                slots[out] = predict((Vector) value);
            } else {
                slots[out] = value == null ? null : (Object) predict((double) value);
            }
            return true;
        });
    }
}
