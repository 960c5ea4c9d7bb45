// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * A forest that tells classes. Every tree has one vote, which it divides among the classes as training saw them in the
 * leaf; the raw prediction is the sum of votes. As Spark's {@code RandomForestClassificationModel}.
 */
public final class RandomForestClassificationModel extends ProbabilisticClassificationModel {

    private final Trees trees;
    /** Per node the vote of its tree, one number per class. */
    private final double[] shares;

    private final String leafCol;

    RandomForestClassificationModel(Params params, Trees trees) {
        super(params);
        this.trees = trees;
        shares = nodeShares(trees);
        leafCol = params.getString("leafCol", "");
    }

    private static double[] nodeShares(Trees trees) {
        int classes = trees.statsSize();
        double[] leafShares = ClassCounts.shares(trees.stats(), classes);
        double[] shares = new double[Math.multiplyExact(trees.nodeCount(), classes)];
        for (int node = 0; node < trees.nodeCount(); node++) {
            if (trees.leaf(node) >= 0) {
                System.arraycopy(leafShares, trees.leaf(node) * classes, shares, node * classes, classes);
            }
        }
        return shares;
    }

    static RandomForestClassificationModel load(SavedStage saved) {
        String treeClass = "org.apache.spark.ml.classification.DecisionTreeClassificationModel";
        SavedTrees loaded = SavedTrees.ensemble(saved, treeClass, ClassCounts.checked(saved));
        return new RandomForestClassificationModel(saved.params(), loaded.trees());
    }

    @Override
    public int numFeatures() {
        return trees.numFeatures();
    }

    @Override
    public int numClasses() {
        return trees.statsSize();
    }

    public int numTrees() {
        return trees.size();
    }

    public int totalNumNodes() {
        return trees.nodeCount();
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        double[] values = trees.plainValues(features);
        int tree = 0;
        while (tree < trees.size()) {
            if (values != null && trees.isGroup(tree)) {
                long found = trees.findFour(tree, values);
                for (int i = 0; i < 4; i++) {
                    vote(trees.foundNode(found, tree, i), raw, 0);
                }
                tree += 4;
            } else {
                vote(trees.find(tree, features), raw, 0);
                tree++;
            }
        }
    }

    private void vote(int node, double[] votes, int from) {
        int classes = trees.statsSize();
        int at = node * classes;
        for (int i = 0; i < classes; i++) {
            votes[from + i] += shares[at + i];
        }
    }

    @Override
    protected void rawToProbability(double[] raw) {
        ClassCounts.toProbabilities(raw);
    }

    @Override
    public void predictAll(Vector[] features, int from, double[] predictions) {
        RankedTrees ranked = trees.ranked();
        int done = ranked == null
                ? from
                : BlockGatherer.score(ranked, trees.size(), new Votes(), features, from, predictions);
        super.predictAll(features, done, predictions);
    }

    /** The numbers of the leaves, one per tree, from 0, left to right. */
    public DenseVector predictLeaf(Vector features) {
        return LeafColumn.ensemble(trees, features);
    }

    @Override
    public void plan(RowPlan plan) {
        int in = plan.vectorSlot(featuresCol());
        super.plan(plan);
        LeafColumn.planEnsemble(plan, leafCol, in, trees, this::features);
    }

    @Override
    protected Vector features(@Nullable Object value) {
        return LeafColumn.standsIn(trees, value) ? LeafColumn.noFeatures() : super.features(value);
    }

    @Override
    public String nullFeaturesMessage() {
        return LeafColumn.NULL_FEATURES;
    }

    private final class Votes implements BlockGatherer {

        private final double[] raw = new double[trees.statsSize()];
        private final double[] votes = new double[RankedTrees.BLOCK * raw.length];

        @Override
        public void clear() {
            Arrays.fill(votes, 0.0);
        }

        @Override
        public void add(int tree, int[] found, int rows) {
            if (raw.length == 2) {
                for (int row = 0; row < rows; row++) {
                    int node = found[row];
                    votes[2 * row] += shares[2 * node];
                    votes[2 * row + 1] += shares[2 * node + 1];
                }
                return;
            }
            for (int row = 0; row < rows; row++) {
                vote(found[row], votes, row * raw.length);
            }
        }

        @Override
        public double result(int row) {
            System.arraycopy(votes, row * raw.length, raw, 0, raw.length);
            return rawToPrediction(raw);
        }
    }
}
