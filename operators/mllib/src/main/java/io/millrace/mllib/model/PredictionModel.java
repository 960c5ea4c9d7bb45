// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A model that predicts a number from a vector. Immutable and thread-safe; {@link #predict} is the typed way to score,
 * without a table.
 */
public abstract class PredictionModel extends FeaturesModel {

    private final String predictionCol;

    protected PredictionModel(Params params) {
        super(params);
        predictionCol = params.getString("predictionCol", "prediction");
    }

    /** The column of predictions; "" if it is not written. */
    public final String predictionCol() {
        return predictionCol;
    }

    /** How many features the model was trained with, or -1 if that is not known. */
    public abstract int numFeatures();

    /**
     * The prediction for one vector, as Spark's {@code model.predict(features)}.
     *
     * @throws RuntimeException as the arithmetic throws it if the vector has another size than the model
     */
    public abstract double predict(Vector features);

    /**
     * The predictions for many vectors, as {@link #predict} gives them one by one. Ensembles of trees score in blocks.
     *
     * @param from the first to score, to the end
     * @param predictions their predictions, in the same places
     */
    public void predictAll(Vector[] features, int from, double[] predictions) {
        for (int i = from; i < features.length; i++) {
            predictions[i] = predict(features[i]);
        }
    }

    /** What the prediction column's metadata says, or null for none; that of a number here. */
    protected @Nullable Attribute predictionAttribute() {
        return Attribute.numeric();
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        if (predictionCol.isEmpty()) {
            return;
        }
        int out = plan.add(predictionField());
        plan.step(slots -> {
            slots[out] = predict(features(slots[in]));
            return true;
        });
    }

    protected final Field predictionField() {
        return Field.notNull(predictionCol, DataType.DOUBLE).withAttributes(predictionAttribute());
    }

    /**
     * What Java says in Spark where this model's code meets a row without a vector. That of {@code BLAS.dot} and
     * {@code BLAS.gemv}; models whose code looks at the vector elsewhere first override it.
     */
    public String nullFeaturesMessage() {
        return "Cannot invoke \"org.apache.spark.ml.linalg.Vector.size()\" because \"x\" is null";
    }

    /** The vector in a slot of the features column. Models that may score without looking at it override this. */
    protected Vector features(@Nullable Object value) {
        if (value == null) {
            throw new ScoringException("java.lang.NullPointerException", nullFeaturesMessage());
        }
        return (Vector) value;
    }
}
