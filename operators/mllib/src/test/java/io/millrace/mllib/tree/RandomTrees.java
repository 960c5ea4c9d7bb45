// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.linalg.Vector;

/** Trees of random shape, and the plainest way to walk them. */
final class RandomTrees {

    private final Random random;
    private final int features;
    private final int categorical;
    private final int cuts;
    private final List<List<SavedNode>> trees = new ArrayList<>();

    /**
     * Trees.
     *
     * @param categorical so many of the features, from 0, have 6 categories
     * @param cuts how many thresholds a feature has
     */
    RandomTrees(Random random, int features, int categorical, int cuts) {
        this.random = random;
        this.features = features;
        this.categorical = categorical;
        this.cuts = cuts;
    }

    RandomTrees grow(int count, int depth) {
        for (int i = 0; i < count; i++) {
            List<SavedNode> nodes = new ArrayList<>();
            grow(nodes, depth);
            trees.add(nodes);
        }
        return this;
    }

    private int grow(List<SavedNode> nodes, int depth) {
        int id = nodes.size();
        double[] stats = {random.nextInt(5), random.nextInt(5), random.nextInt(5)};
        if (depth == 0 || (id > 0 && random.nextInt(6) == 0)) {
            nodes.add(SavedNode.leaf(id, random.nextGaussian(), stats));
            return id;
        }
        nodes.add(SavedNode.leaf(id, 0.0));
        int left = grow(nodes, depth - 1);
        int right = grow(nodes, depth - 1);
        int feature = random.nextInt(features);
        if (feature < categorical) {
            double[] goLeft = random.ints(0, 6)
                    .distinct()
                    .limit(1 + random.nextInt(5))
                    .asDoubleStream()
                    .toArray();
            nodes.set(id, new SavedNode(id, 0.5, stats, left, right, feature, goLeft, 6));
        } else {
            double[] threshold = {(random.nextInt(cuts) - cuts / 2) / 4.0};
            nodes.set(id, new SavedNode(id, 0.5, stats, left, right, feature, threshold, -1));
        }
        return id;
    }

    List<List<SavedNode>> saved() {
        return trees;
    }

    Trees build(int statsSize) {
        int nodes = trees.stream().mapToInt(List::size).sum();
        TreesBuilder builder = new TreesBuilder(features, statsSize, trees.size(), nodes);
        trees.forEach(builder::add);
        return builder.build();
    }

    /** The leaf, found as Spark's classes find it. */
    static SavedNode walk(List<SavedNode> nodes, Vector features) {
        SavedNode node = nodes.get(0);
        while (!node.isLeaf()) {
            node = nodes.get(goesLeft(node, features.apply(node.feature())) ? node.left() : node.right());
        }
        return node;
    }

    private static boolean goesLeft(SavedNode node, double value) {
        if (node.isContinuous()) {
            return value <= node.test()[0];
        }
        Set<Double> kept = new HashSet<>();
        boolean isLeft = node.test().length <= node.numCategories() / 2;
        for (int category = 0; category < node.numCategories(); category++) {
            boolean inTest = false;
            for (double left : node.test()) {
                inTest |= left == category;
            }
            if (inTest == isLeft) {
                kept.add((double) category);
            }
        }
        return kept.contains(value == 0.0 ? 0.0 : value) == isLeft;
    }
}
