// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** Gradient-boosted trees that tell numbers: the weighted sum of what they say. As Spark's {@code GBTRegressionModel}. */
public final class GBTRegressionModel extends PredictionModel {

    private final BoostedTrees boosted;
    private final String leafCol;

    GBTRegressionModel(Params params, BoostedTrees boosted) {
        super(params);
        this.boosted = boosted;
        leafCol = params.getString("leafCol", "");
    }

    static GBTRegressionModel load(SavedStage saved) {
        return new GBTRegressionModel(saved.params(), BoostedTrees.load(saved));
    }

    @Override
    public int numFeatures() {
        return boosted.trees().numFeatures();
    }

    public int numTrees() {
        return boosted.trees().size();
    }

    public int totalNumNodes() {
        return boosted.trees().nodeCount();
    }

    public double[] treeWeights() {
        return boosted.weights().clone();
    }

    @Override
    public double predict(Vector features) {
        return boosted.margin(features);
    }

    @Override
    public void predictAll(Vector[] features, int from, double[] predictions) {
        RankedTrees ranked = boosted.trees().ranked();
        int done = from;
        if (ranked != null) {
            BlockGatherer margins = new BoostedTrees.Margins(boosted, false);
            done = BlockGatherer.score(ranked, numTrees(), margins, features, from, predictions);
        }
        super.predictAll(features, done, predictions);
    }

    /** The numbers of the leaves, one per tree, from 0, left to right. */
    public DenseVector predictLeaf(Vector features) {
        return LeafColumn.ensemble(boosted.trees(), features);
    }

    /** None: of all models, Spark writes no metadata for this one's prediction. */
    @Override
    protected @Nullable Attribute predictionAttribute() {
        return null;
    }

    /** Spark gives the column of predictions the metadata of the features, whatever they say. */
    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        super.plan(plan);
        if (!predictionCol().isEmpty()) {
            plan.describe(
                    predictionField().withAttributes(plan.field(featuresCol()).attributes()));
        }
        LeafColumn.planEnsemble(plan, leafCol, in, boosted.trees(), this::features);
    }

    @Override
    protected Vector features(@Nullable Object value) {
        return LeafColumn.standsIn(boosted.trees(), value) ? LeafColumn.noFeatures() : super.features(value);
    }

    @Override
    public String nullFeaturesMessage() {
        return LeafColumn.NULL_FEATURES;
    }
}
