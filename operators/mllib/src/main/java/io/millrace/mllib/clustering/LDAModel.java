// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.FeaturesModel;
import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** Latent Dirichlet allocation: tells how much of each topic is in a document. Immutable and thread-safe. */
public abstract class LDAModel extends FeaturesModel {

    static {
        QuietNetlib.apply();
    }

    /**
     * The seed of every {@code LocalLDAModel} that Spark loads: the hash of its class name. What {@code seed} was set to
     * comes too late there.
     */
    static final long LOADED_SEED = "org.apache.spark.ml.clustering.LocalLDAModel".hashCode();

    private final String topicDistributionCol;
    private final Matrix topicsMatrix;
    private final TopicInference inference;

    LDAModel(Params params, Matrix topicsMatrix, Vector docConcentration, double gammaShape) {
        super(params);
        topicDistributionCol = params.getString("topicDistributionCol", "topicDistribution");
        this.topicsMatrix = topicsMatrix;
        inference = new TopicInference(topicsMatrix, docConcentration, gammaShape, LOADED_SEED);
    }

    /** The column of topic distributions; "" if it is not written. */
    public final String topicDistributionCol() {
        return topicDistributionCol;
    }

    /** The number of topics. */
    public final int k() {
        return inference.topics();
    }

    /** The number of terms. */
    public final int vocabSize() {
        return inference.terms();
    }

    /** The weight of each term (row) in each topic (column), not normalised. */
    public final Matrix topicsMatrix() {
        return topicsMatrix.copy();
    }

    /** The prior of the documents' distributions over topics. */
    public final Vector docConcentration() {
        return Vectors.dense(inference.concentration());
    }

    /**
     * The share of each topic in a document; all zeros if no term is in it.
     *
     * @param termCounts how often each term occurs
     */
    public final DenseVector topicDistribution(Vector termCounts) {
        return new DenseVector(inference.infer(termCounts));
    }

    @Override
    public final void plan(RowPlan plan) {
        FeatureColumn features = FeatureColumn.of(plan, featuresCol());
        if (topicDistributionCol.isEmpty()) {
            return;
        }
        int out = plan.add(Field.of(topicDistributionCol, DataType.VECTOR)
                .withAttributes(AttributeGroup.ofSize(topicDistributionCol, k())));
        plan.step(slots -> {
            slots[out] = topicDistribution(NullVector.called(features.get(slots), "numNonzeros", "vector"));
            return true;
        });
    }
}
