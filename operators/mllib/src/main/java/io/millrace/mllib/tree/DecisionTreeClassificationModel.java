// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A decision tree that tells classes. The raw prediction is the counts per class that training saw in the leaf. As Spark's
 * {@code DecisionTreeClassificationModel}.
 */
public final class DecisionTreeClassificationModel extends ProbabilisticClassificationModel {

    private final Trees trees;
    private final String leafCol;

    DecisionTreeClassificationModel(Params params, Trees trees) {
        super(params);
        this.trees = trees;
        leafCol = params.getString("leafCol", "");
    }

    static DecisionTreeClassificationModel load(SavedStage saved) {
        return new DecisionTreeClassificationModel(
                saved.params(), SavedTrees.single(saved, ClassCounts.checked(saved)));
    }

    @Override
    public int numFeatures() {
        return trees.numFeatures();
    }

    @Override
    public int numClasses() {
        return trees.statsSize();
    }

    public int numNodes() {
        return trees.nodeCount();
    }

    public int depth() {
        return trees.depth(0);
    }

    /** The class of the leaf, whatever the thresholds: Spark looks at these only where it writes raw or probability. */
    @Override
    public double predict(Vector features) {
        return trees.prediction(trees.find(0, features));
    }

    /** The number of the leaf, from 0, left to right. */
    public double predictLeaf(Vector features) {
        return LeafColumn.single(trees, features);
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        int leaf = trees.leaf(trees.find(0, features));
        System.arraycopy(trees.stats(), leaf * raw.length, raw, 0, raw.length);
    }

    @Override
    protected void rawToProbability(double[] raw) {
        ClassCounts.toProbabilities(raw);
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        super.plan(plan);
        LeafColumn.planSingle(plan, leafCol, in, trees, this::features);
    }

    @Override
    protected Vector features(@Nullable Object value) {
        return LeafColumn.standsIn(trees, value) ? LeafColumn.noFeatures() : super.features(value);
    }

    @Override
    public String nullFeaturesMessage() {
        return LeafColumn.NULL_FEATURES;
    }
}
