// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** A forest that tells numbers: the mean of what its trees say. As Spark's {@code RandomForestRegressionModel}. */
public final class RandomForestRegressionModel extends PredictionModel {

    private final Trees trees;
    private final String leafCol;

    RandomForestRegressionModel(Params params, Trees trees) {
        super(params);
        this.trees = trees;
        leafCol = params.getString("leafCol", "");
    }

    static RandomForestRegressionModel load(SavedStage saved) {
        String treeClass = "org.apache.spark.ml.regression.DecisionTreeRegressionModel";
        return new RandomForestRegressionModel(
                saved.params(), SavedTrees.ensemble(saved, treeClass, 0).trees());
    }

    @Override
    public int numFeatures() {
        return trees.numFeatures();
    }

    public int numTrees() {
        return trees.size();
    }

    public int totalNumNodes() {
        return trees.nodeCount();
    }

    @Override
    public double predict(Vector features) {
        double[] values = trees.plainValues(features);
        // the one number that nothing is added to without a trace
        double sum = -0.0;
        int tree = 0;
        while (tree < trees.size()) {
            if (values != null && trees.isGroup(tree)) {
                long found = trees.findFour(tree, values);
                for (int i = 0; i < 4; i++) {
                    sum += trees.prediction(trees.foundNode(found, tree, i));
                }
                tree += 4;
            } else {
                sum += trees.prediction(trees.find(tree, features));
                tree++;
            }
        }
        return sum / trees.size();
    }

    @Override
    public void predictAll(Vector[] features, int from, double[] predictions) {
        RankedTrees ranked = trees.ranked();
        int done = ranked == null
                ? from
                : BlockGatherer.score(ranked, trees.size(), new Sums(trees), features, from, predictions);
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

    private record Sums(Trees trees, double[] sums) implements BlockGatherer {

        Sums(Trees trees) {
            this(trees, new double[RankedTrees.BLOCK]);
        }

        @Override
        public void clear() {
            Arrays.fill(sums, -0.0);
        }

        @Override
        public void add(int tree, int[] found, int rows) {
            double[] predictions = trees.predictions();
            for (int row = 0; row < rows; row++) {
                sums[row] += predictions[found[row]];
            }
        }

        @Override
        public double result(int row) {
            return sums[row] / trees.size();
        }
    }
}
