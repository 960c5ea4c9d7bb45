// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Metadata;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ParquetRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The trees of a saved model, checked and in flat arrays.
 *
 * @param weights one per tree
 */
record SavedTrees(Trees trees, double[] weights) {

    /** The single tree of a stage; {@code statsSize} statistics are kept per leaf. */
    static Trees single(SavedStage saved, int statsSize) {
        List<SavedNode> nodes = new ArrayList<>();
        for (ParquetRow row : saved.dataRows()) {
            nodes.add(SavedNode.of(row));
        }
        List<List<SavedNode>> only = new ArrayList<>();
        only.add(nodes);
        return build(saved, only, statsSize, nodes.size());
    }

    /**
     * The trees of an ensemble.
     *
     * @param treeClass the class that each of them must have been saved as
     */
    static SavedTrees ensemble(SavedStage saved, String treeClass, int statsSize) {
        List<ParquetRow> rows = saved.dataRows();
        double[] weights = weights(saved, treeClass, rows.size());
        List<List<SavedNode>> nodes = new ArrayList<>();
        for (int tree = 0; tree < weights.length; tree++) {
            nodes.add(new ArrayList<>());
        }
        for (ParquetRow row : rows) {
            int tree = row.getInt("treeID");
            if (tree < 0 || tree >= weights.length) {
                throw row.failure("treeID", "is " + tree + " in a model of " + weights.length + " trees");
            }
            nodes.get(tree).add(SavedNode.of(row.struct("nodeData")));
        }
        return new SavedTrees(build(saved, nodes, statsSize, rows.size()), weights);
    }

    /** The weights in {@code treesMetadata}, by tree. Its columns have one set of names in Spark 3 and another in 4. */
    private static double[] weights(SavedStage saved, String treeClass, int bound) {
        List<ParquetRow> rows = saved.directory().rows("treesMetadata");
        int count = saved.metadata().getInt("numTrees");
        if (rows.size() != count || count < 1 || count > bound) {
            throw saved.failure(
                    "numTrees is " + count + ", " + rows.size() + " trees and " + bound + " nodes are there");
        }
        double[] weights = new double[count];
        boolean[] seen = new boolean[count];
        for (ParquetRow row : rows) {
            List<String> names = row.names();
            if (names.size() != 3) {
                throw row.failure(names.get(0), "is one of " + names.size() + " columns, must be of 3");
            }
            int tree = row.getInt(names.get(0));
            if (tree < 0 || tree >= count || seen[tree]) {
                throw row.failure(names.get(0), "is " + tree + ", out of " + count + " trees or twice");
            }
            seen[tree] = true;
            weights[tree] = row.getDouble(names.get(2));
            if (!Double.isFinite(weights[tree])) {
                throw row.failure(names.get(2), "is " + weights[tree]);
            }
            String file = saved.directory().name() + "/treesMetadata";
            String text = row.getString(names.get(1));
            String actual =
                    Metadata.parse(file, text, saved.directory().limits()).className();
            if (!actual.equals(treeClass)) {
                throw new ModelFormatException(file, "tree " + tree + " is a " + actual + ", must be a " + treeClass);
            }
        }
        return weights;
    }

    private static Trees build(SavedStage saved, List<List<SavedNode>> nodes, int statsSize, int nodeCount) {
        int numFeatures = saved.metadata().getInt("numFeatures");
        TreesBuilder builder = new TreesBuilder(numFeatures, statsSize, nodes.size(), nodeCount);
        int tree = 0;
        try {
            for (; tree < nodes.size(); tree++) {
                builder.add(nodes.get(tree));
                nodes.set(tree, Collections.emptyList());
            }
            return builder.build();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new ModelFormatException(
                    saved.directory().name() + "/data", "tree " + tree + ": " + e.getMessage(), e);
        }
    }
}
