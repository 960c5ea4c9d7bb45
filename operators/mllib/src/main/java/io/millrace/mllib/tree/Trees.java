// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Trees in flat arrays, shared by all trees of a model. Immutable and thread-safe.
 *
 * <p>A node is two longs: its test (the bits of the threshold, or a place in {@link #categories}), and its link (the
 * feature above, the left child below; the right child comes right behind the left one). A feature below 0 stands for
 * {@code ~feature} with a test of categories. A leaf has itself for its left child and a threshold that everything is
 * below, so that a walk of too many steps stays there.
 */
final class Trees {

    /** Trees of more nodes than fit in 16 bits are walked one by one. */
    private static final int GROUPED_NODES = 1 << 16;

    private final int numFeatures;
    private final int[] roots;
    private final int[] depths;
    private final long[] nodes;
    private final double[] predictions;
    private final int[] leaves;
    private final int[] leafStarts;
    private final double[] stats;
    private final int statsSize;
    /** Per test of categories: how many there are, whether they go left, and themselves, ascending. */
    private final int[] categories;

    private final int width;
    private final int[] groupDepths;
    private volatile @Nullable RankedTrees ranked;
    private volatile boolean rankedKnown;

    /**
     * Trees over arrays that are not copied.
     *
     * @param roots the first node of each tree, and behind the last the number of nodes
     * @param leaves per node its number among all leaves, those of each tree from left to right, or -1
     * @param leafStarts the number of the first leaf of each tree, and behind the last the number of leaves
     * @param stats per leaf {@code statsSize} numbers
     */
    Trees(
            int numFeatures,
            int[] roots,
            int[] depths,
            long[] nodes,
            double[] predictions,
            int[] leaves,
            int[] leafStarts,
            double[] stats,
            int statsSize,
            int[] categories) {
        this.numFeatures = numFeatures;
        this.roots = roots;
        this.depths = depths;
        this.nodes = nodes;
        this.predictions = predictions;
        this.leaves = leaves;
        this.leafStarts = leafStarts;
        this.stats = stats;
        this.statsSize = statsSize;
        this.categories = categories;
        int largest = -1;
        boolean simple = true;
        for (int node = 0; node < leaves.length; node++) {
            if (leaves[node] < 0) {
                int feature = feature(node);
                simple &= feature >= 0 && Double.isFinite(threshold(node));
                largest = Math.max(largest, feature >= 0 ? feature : ~feature);
            }
        }
        width = largest + 1;
        groupDepths = simple ? groupDepths() : new int[0];
    }

    /** Per four trees the steps that all of them need, or -1 where trees are better walked one by one. */
    private int[] groupDepths() {
        int[] steps = new int[size() / 4];
        for (int group = 0; group < steps.length; group++) {
            int leafCount = 0;
            boolean fits = true;
            for (int tree = 4 * group; tree < 4 * group + 4; tree++) {
                steps[group] = Math.max(steps[group], depths[tree]);
                leafCount += leafCount(tree);
                fits &= nodeCount(tree) <= GROUPED_NODES;
            }
            // a walk of all four takes as many steps as the deepest leaf; of one, about the logarithm of its leaves
            double usual = Math.log(Math.max(2.0, leafCount / 4.0)) / Math.log(2.0) + 1;
            if (!fits || steps[group] > 3 * usual) {
                steps[group] = -1;
            }
        }
        return steps;
    }

    int size() {
        return depths.length;
    }

    int numFeatures() {
        return numFeatures;
    }

    int nodeCount() {
        return leaves.length;
    }

    int nodeCount(int tree) {
        return roots[tree + 1] - roots[tree];
    }

    int leafCount() {
        return leafStarts[size()];
    }

    int leafCount(int tree) {
        return leafStarts[tree + 1] - leafStarts[tree];
    }

    int root(int tree) {
        return roots[tree];
    }

    int depth(int tree) {
        return depths[tree];
    }

    /** Which of the leaves of {@code tree} a node is, from 0, left to right. */
    int leafIndex(int tree, int node) {
        return leaves[node] - leafStarts[tree];
    }

    /** Which of all leaves a node is, or -1. */
    int leaf(int node) {
        return leaves[node];
    }

    double prediction(int node) {
        return predictions[node];
    }

    double[] predictions() {
        return predictions;
    }

    /** Per leaf {@link #statsSize} numbers. Not copied. */
    double[] stats() {
        return stats;
    }

    int statsSize() {
        return statsSize;
    }

    int feature(int node) {
        return (int) (nodes[2 * node + 1] >> 32);
    }

    int left(int node) {
        return (int) nodes[2 * node + 1];
    }

    double threshold(int node) {
        return Double.longBitsToDouble(nodes[2 * node]);
    }

    /** The node of {@code tree} where {@code features} end. Throws what the vector throws for a feature it does not have. */
    int find(int tree, Vector features) {
        return features instanceof DenseVector dense ? find(tree, dense.values()) : findByEntry(tree, features);
    }

    private int find(int tree, double[] values) {
        int node = roots[tree];
        while (true) {
            long link = nodes[2 * node + 1];
            int left = (int) link;
            if (left == node) {
                return node;
            }
            int feature = (int) (link >> 32);
            boolean goesLeft =
                    feature >= 0 ? values[feature] <= threshold(node) : holds(nodes[2 * node], values[~feature]);
            node = goesLeft ? left : left + 1;
        }
    }

    private int findByEntry(int tree, Vector features) {
        int node = roots[tree];
        while (true) {
            long link = nodes[2 * node + 1];
            int left = (int) link;
            if (left == node) {
                return node;
            }
            int feature = (int) (link >> 32);
            boolean goesLeft = feature >= 0
                    ? features.apply(feature) <= threshold(node)
                    : holds(nodes[2 * node], features.apply(~feature));
            node = goesLeft ? left : left + 1;
        }
    }

    /** Whether a value goes left at an inner node. */
    boolean goesLeft(int node, double value) {
        return feature(node) >= 0 ? value <= threshold(node) : holds(nodes[2 * node], value);
    }

    private boolean holds(long test, double value) {
        int at = (int) test;
        int category = (int) value;
        boolean found =
                category == value && Arrays.binarySearch(categories, at + 2, at + 2 + categories[at], category) >= 0;
        return found == (categories[at + 1] != 0);
    }

    /** How many categories a test of categories tells apart, from 0 on; all above go where unknown ones go. */
    int categoryBound(int node) {
        int at = (int) nodes[2 * node];
        int count = categories[at];
        return count == 0 ? 0 : categories[at + 1 + count] + 1;
    }

    /**
     * The values of {@code features} if {@link #findFour} may be used with them: all are there, and none is infinite or
     * not a number.
     */
    double @Nullable [] plainValues(Vector features) {
        if (groupDepths.length == 0 || !(features instanceof DenseVector dense)) {
            return null;
        }
        double[] values = dense.values();
        if (values.length < width) {
            return null;
        }
        for (int i = 0; i < width; i++) {
            if (!(Math.abs(values[i]) <= Double.MAX_VALUE)) {
                return null;
            }
        }
        return values;
    }

    /** Whether the four trees from {@code tree} can be walked at once. */
    boolean isGroup(int tree) {
        return (tree & 3) == 0 && (tree >> 2) < groupDepths.length && groupDepths[tree >> 2] >= 0;
    }

    /**
     * Walks four trees at once and without branches that a processor would have to guess.
     *
     * @return per tree the node where it ends, counted from its root, in 16 bits, the first tree in the lowest
     */
    long findFour(int tree, double[] values) {
        int first = roots[tree];
        int second = roots[tree + 1];
        int third = roots[tree + 2];
        int fourth = roots[tree + 3];
        for (int steps = groupDepths[tree >> 2]; steps > 0; steps--) {
            first = step(nodes, values, first);
            second = step(nodes, values, second);
            third = step(nodes, values, third);
            fourth = step(nodes, values, fourth);
        }
        return ((long) (fourth - roots[tree + 3]) << 48)
                | ((long) (third - roots[tree + 2]) << 32)
                | ((long) (second - roots[tree + 1]) << 16)
                | (first - roots[tree]);
    }

    /** The node that {@link #findFour} found in the {@code index}th of the four trees from {@code tree}. */
    int foundNode(long found, int tree, int index) {
        return roots[tree + index] + ((int) (found >>> (16 * index)) & 0xffff);
    }

    /** One step: threshold - value has its sign bit set if and only if the value goes right, as all are finite. */
    private static int step(long[] nodes, double[] values, int node) {
        long link = nodes[2 * node + 1];
        double above = Double.longBitsToDouble(nodes[2 * node]) - values[(int) (link >>> 32)];
        return (int) link + (int) (Double.doubleToRawLongBits(above) >>> 63);
    }

    /** These trees for many rows at a time, or null where that does not pay. */
    @Nullable
    RankedTrees ranked() {
        if (!rankedKnown) {
            ranked = RankedTrees.of(this);
            rankedKnown = true;
        }
        return ranked;
    }
}
