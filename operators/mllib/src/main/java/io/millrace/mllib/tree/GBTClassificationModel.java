// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Gradient-boosted trees that tell two classes apart: class 1 if the weighted sum of what the trees say, the margin, is
 * above 0. As Spark's {@code GBTClassificationModel}.
 */
public final class GBTClassificationModel extends ProbabilisticClassificationModel {

    private final BoostedTrees boosted;
    private final String leafCol;

    GBTClassificationModel(Params params, BoostedTrees boosted) {
        super(params);
        this.boosted = boosted;
        leafCol = params.getString("leafCol", "");
    }

    static GBTClassificationModel load(SavedStage saved) {
        return new GBTClassificationModel(saved.params(), BoostedTrees.load(saved));
    }

    @Override
    public int numFeatures() {
        return boosted.trees().numFeatures();
    }

    @Override
    public int numClasses() {
        return 2;
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
        if (hasThresholds()) {
            return super.predict(features);
        }
        return boosted.margin(features) > 0.0 ? 1.0 : 0.0;
    }

    @Override
    public void predictAll(Vector[] features, int from, double[] predictions) {
        RankedTrees ranked = hasThresholds() ? null : boosted.trees().ranked();
        int done = from;
        if (ranked != null) {
            BlockGatherer margins = new BoostedTrees.Margins(boosted, true);
            done = BlockGatherer.score(ranked, numTrees(), margins, features, from, predictions);
        }
        super.predictAll(features, done, predictions);
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        double margin = boosted.margin(features);
        raw[0] = -margin;
        raw[1] = margin;
    }

    /** The loss is logistic in twice the margin. */
    @Override
    protected void rawToProbability(double[] raw) {
        raw[0] = 1.0 / (1.0 + Math.exp(-2.0 * raw[0]));
        raw[1] = 1.0 - raw[0];
    }

    /** The numbers of the leaves, one per tree, from 0, left to right. */
    public DenseVector predictLeaf(Vector features) {
        return LeafColumn.ensemble(boosted.trees(), features);
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        super.plan(plan);
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
