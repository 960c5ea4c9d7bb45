// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.storage.ParquetRow;

/**
 * A node as Spark saves it.
 *
 * @param stats what training saw at this node: counts per class, or count, sum and sum of squares; not copied
 * @param left the id of the left child, or -1 for a leaf
 * @param test the threshold, or the categories that go left
 * @param numCategories how many values the feature has, or -1 if it is continuous
 */
record SavedNode(
        int id, double prediction, double[] stats, int left, int right, int feature, double[] test, int numCategories) {

    private static final double[] NONE = {};

    static SavedNode of(ParquetRow row) {
        int left = row.getInt("leftChild");
        double prediction = row.getDouble("prediction");
        double[] stats = row.doubles("impurityStats");
        if (left == -1) {
            return leaf(row.getInt("id"), prediction, stats);
        }
        ParquetRow split = row.struct("split");
        return new SavedNode(
                row.getInt("id"),
                prediction,
                stats,
                left,
                row.getInt("rightChild"),
                split.getInt("featureIndex"),
                split.doubles("leftCategoriesOrThreshold"),
                split.getInt("numCategories"));
    }

    static SavedNode leaf(int id, double prediction, double... stats) {
        return new SavedNode(id, prediction, stats, -1, -1, -1, NONE, -1);
    }

    boolean isLeaf() {
        return left == -1;
    }

    boolean isContinuous() {
        return numCategories == -1;
    }
}
