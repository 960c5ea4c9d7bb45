// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.FeaturesModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** A model that tells the cluster of a vector. Immutable and thread-safe. */
public abstract class ClusteringModel extends FeaturesModel {

    private final String predictionCol;

    protected ClusteringModel(Params params) {
        super(params);
        predictionCol = params.getString("predictionCol", "prediction");
    }

    /** The column of predicted clusters; "" if it is not written. */
    public final String predictionCol() {
        return predictionCol;
    }

    /** The number of clusters. */
    public abstract int k();

    /** The size of the vectors that the model was trained with. */
    public abstract int numFeatures();

    /**
     * The cluster of a vector, from 0.
     *
     * @throws io.millrace.mllib.model.ScoringException if it has another size, or its entries make no distance
     */
    public abstract int predict(Vector features);

    @Override
    public void plan(RowPlan plan) {
        FeatureColumn features = FeatureColumn.of(plan, featuresCol());
        if (predictionCol.isEmpty()) {
            return;
        }
        int out = plan.add(predictionField());
        plan.step(slots -> {
            slots[out] = predict(present(features.get(slots)));
            return true;
        });
    }

    protected final Field predictionField() {
        return Field.notNull(predictionCol, DataType.INTEGER).withAttributes(Attribute.nominal(k()));
    }

    /** The vector, or the exception that Spark throws where there is none. */
    protected abstract Vector present(@Nullable Vector features);
}
