// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.SavedStage;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;

/**
 * The weighted sum over trees of gradient boosting. Sums in the order of the {@code ddot} that Spark calls on Java 17: four
 * sums in turn, each with fused multiply-add, then their sum, then the trees that are left over.
 */
record BoostedTrees(Trees trees, double[] weights) {

    static BoostedTrees load(SavedStage saved) {
        String treeClass = "org.apache.spark.ml.regression.DecisionTreeRegressionModel";
        SavedTrees loaded = SavedTrees.ensemble(saved, treeClass, 0);
        return new BoostedTrees(loaded.trees(), loaded.weights());
    }

    double margin(Vector features) {
        double[] values = trees.plainValues(features);
        double first = 0.0;
        double second = 0.0;
        double third = 0.0;
        double fourth = 0.0;
        int tree = 0;
        for (; tree + 4 <= weights.length; tree += 4) {
            if (values != null && trees.isGroup(tree)) {
                long found = trees.findFour(tree, values);
                first = add(tree, trees.foundNode(found, tree, 0), first);
                second = add(tree + 1, trees.foundNode(found, tree, 1), second);
                third = add(tree + 2, trees.foundNode(found, tree, 2), third);
                fourth = add(tree + 3, trees.foundNode(found, tree, 3), fourth);
            } else {
                first = add(tree, trees.find(tree, features), first);
                second = add(tree + 1, trees.find(tree + 1, features), second);
                third = add(tree + 2, trees.find(tree + 2, features), third);
                fourth = add(tree + 3, trees.find(tree + 3, features), fourth);
            }
        }
        double sum = 0.0 + (first + second + third + fourth);
        for (; tree < weights.length; tree++) {
            sum = add(tree, trees.find(tree, features), sum);
        }
        return sum;
    }

    private double add(int tree, int node, double sum) {
        return Math.fma(trees.prediction(node), weights[tree], sum);
    }

    /** Margins for blocks of rows. */
    static final class Margins implements BlockGatherer {

        private final BoostedTrees boosted;
        private final int inTurn;
        private final double[][] sums = new double[4][RankedTrees.BLOCK];
        private final boolean classes;

        /**
         * Margins.
         *
         * @param classes whether the result is class 1 for a margin above 0 and class 0 else, and not the margin
         */
        Margins(BoostedTrees boosted, boolean classes) {
            this.boosted = boosted;
            this.classes = classes;
            inTurn = boosted.weights.length & ~3;
        }

        @Override
        public void clear() {
            for (double[] sum : sums) {
                Arrays.fill(sum, 0.0);
            }
        }

        @Override
        public void add(int tree, int[] found, int rows) {
            if (tree == inTurn) {
                collect();
            }
            double[] predictions = boosted.trees.predictions();
            double weight = boosted.weights[tree];
            double[] sum = sums[tree < inTurn ? tree & 3 : 0];
            for (int row = 0; row < rows; row++) {
                sum[row] = Math.fma(predictions[found[row]], weight, sum[row]);
            }
        }

        private void collect() {
            for (int row = 0; row < RankedTrees.BLOCK; row++) {
                sums[0][row] = total(row);
            }
        }

        private double total(int row) {
            return 0.0 + (sums[0][row] + sums[1][row] + sums[2][row] + sums[3][row]);
        }

        @Override
        public double result(int row) {
            double margin = inTurn == boosted.weights.length ? total(row) : sums[0][row];
            return !classes ? margin : margin > 0.0 ? 1.0 : 0.0;
        }
    }
}
