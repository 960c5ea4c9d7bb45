// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes {@link Trees} of saved nodes, and checks them: nothing that is saved is trusted. Used by one thread. */
final class TreesBuilder {

    /** How deep a tree may be. Spark trains trees of a depth of at most 30. */
    static final int MAX_DEPTH = 256;

    private final int numFeatures;
    private final int statsSize;
    private final int[] roots;
    private final int[] depths;
    private final int[] leafStarts;
    private final long[] nodes;
    private final double[] predictions;
    private final int[] leaves;
    private final List<double[]> stats = new ArrayList<>();
    private int[] categories = new int[16];
    private int categoriesEnd;
    private int trees;
    private int end;

    /**
     * A builder.
     *
     * @param statsSize how many numbers are kept per leaf, 0 for none
     */
    TreesBuilder(int numFeatures, int statsSize, int numTrees, int numNodes) {
        this.numFeatures = numFeatures;
        this.statsSize = statsSize;
        roots = new int[numTrees + 1];
        depths = new int[numTrees];
        leafStarts = new int[numTrees + 1];
        nodes = new long[Math.multiplyExact(2, numNodes)];
        predictions = new double[numNodes];
        leaves = new int[numNodes];
    }

    /**
     * Adds a tree.
     *
     * @param saved its nodes in any order
     * @throws IllegalArgumentException with the reason, if they do not make a tree
     */
    void add(List<SavedNode> saved) {
        SavedNode[] byId = byId(saved);
        checkChildren(byId);
        int[] places = new int[byId.length];
        int[] queue = new int[byId.length];
        int root = end;
        int depth = -1;
        int levelEnd = 0;
        places[0] = root;
        int queued = 1;
        for (int i = 0; i < queue.length; i++) {
            if (i == levelEnd) {
                depth++;
                levelEnd = queued;
                check(depth <= MAX_DEPTH, "a tree deeper than ", MAX_DEPTH);
            }
            SavedNode node = byId[queue[i]];
            int place = places[node.id()];
            predictions[place] = node.prediction();
            if (node.isLeaf()) {
                link(place, 0, place, Double.doubleToRawLongBits(Double.POSITIVE_INFINITY));
            } else {
                int left = root + queued;
                places[node.left()] = left;
                places[node.right()] = left + 1;
                queue[queued++] = node.left();
                queue[queued++] = node.right();
                leaves[place] = -1;
                split(place, left, node);
            }
        }
        numberLeaves(byId, places);
        depths[trees] = depth;
        end += byId.length;
        roots[++trees] = end;
        leafStarts[trees] = stats.size();
    }

    Trees build() {
        check(trees == depths.length && end == leaves.length, "fewer trees than there should be: ", trees);
        double[] flat = new double[Math.multiplyExact(stats.size(), statsSize)];
        for (int leaf = 0; leaf < stats.size() && statsSize > 0; leaf++) {
            System.arraycopy(stats.get(leaf), 0, flat, leaf * statsSize, statsSize);
        }
        return new Trees(
                numFeatures,
                roots,
                depths,
                nodes,
                predictions,
                leaves,
                leafStarts,
                flat,
                statsSize,
                Arrays.copyOf(categories, categoriesEnd));
    }

    private static SavedNode[] byId(List<SavedNode> saved) {
        check(!saved.isEmpty(), "a tree without nodes", "");
        @Nullable SavedNode[] byId = new @Nullable SavedNode[saved.size()];
        for (SavedNode node : saved) {
            int id = node.id();
            check(id >= 0 && id < byId.length, "a tree of " + byId.length + " nodes with the node ", id);
            check(byId[id] == null, "a tree with two nodes ", id);
            byId[id] = node;
        }
        SavedNode[] all = new SavedNode[byId.length];
        System.arraycopy(byId, 0, all, 0, all.length);
        return all;
    }

    /** Every node but the first must be the child of exactly one node with a smaller id: then it is a tree. */
    private void checkChildren(SavedNode[] byId) {
        boolean[] hasParent = new boolean[byId.length];
        int leafCount = 0;
        for (SavedNode node : byId) {
            if (node.isLeaf()) {
                leafCount++;
                check(
                        statsSize == 0 || node.stats().length == statsSize,
                        "a leaf with " + node.stats().length + " statistics instead of ",
                        statsSize);
                continue;
            }
            check(
                    node.feature() >= 0 && node.feature() < numFeatures,
                    "a model of " + numFeatures + " features with a split at feature ",
                    node.feature());
            for (int child : new int[] {node.left(), node.right()}) {
                check(child > node.id() && child < byId.length, "node " + node.id() + " with the child ", child);
                check(!hasParent[child], "a tree with two ways to node ", child);
                hasParent[child] = true;
            }
        }
        check(
                2 * leafCount == byId.length + 1,
                byId.length + " nodes that are no tree, leaves among them: ",
                leafCount);
    }

    private void split(int place, int left, SavedNode node) {
        if (node.isContinuous()) {
            check(node.test().length == 1, "a split with other than one threshold: ", node.test().length);
            // 0.0 instead of -0.0, so that a difference of the two has no sign
            link(place, node.feature(), left, Double.doubleToRawLongBits(node.test()[0] + 0.0));
        } else {
            link(place, ~node.feature(), left, addCategories(node));
        }
    }

    /**
     * Keeps the categories that go to the one side or to the other, whichever Spark keeps: every other value goes to the
     * other side, those that training never saw included.
     */
    private int addCategories(SavedNode node) {
        int count = node.numCategories();
        check(count > 0, "a split of categories whose number is ", count);
        double[] given = node.test();
        int[] left = new int[given.length];
        for (int i = 0; i < given.length; i++) {
            left[i] = (int) given[i];
            check(
                    left[i] == given[i] && left[i] >= 0 && left[i] < count,
                    "a split of " + count + " categories with the category ",
                    given[i]);
        }
        int[] sorted = Arrays.stream(left).sorted().distinct().toArray();
        boolean isLeft = given.length <= count / 2;
        int[] kept = isLeft ? sorted : complement(sorted, count);
        int at = categoriesEnd;
        categoriesEnd = Math.addExact(categoriesEnd, kept.length + 2);
        if (categoriesEnd > categories.length) {
            categories = Arrays.copyOf(categories, Math.max(categoriesEnd, 2 * categories.length));
        }
        categories[at] = kept.length;
        categories[at + 1] = isLeft ? 1 : 0;
        System.arraycopy(kept, 0, categories, at + 2, kept.length);
        return at;
    }

    /** Shorter than twice {@code sorted}, unless values repeat there: so it is bounded by what is saved. */
    private static int[] complement(int[] sorted, int count) {
        int[] others = new int[count - sorted.length];
        int next = 0;
        int at = 0;
        for (int category = 0; category < count; category++) {
            if (at < sorted.length && sorted[at] == category) {
                at++;
            } else {
                others[next++] = category;
            }
        }
        return others;
    }

    private void numberLeaves(SavedNode[] byId, int[] places) {
        int[] stack = new int[MAX_DEPTH + 2];
        int height = 1;
        while (height > 0) {
            SavedNode node = byId[stack[--height]];
            if (node.isLeaf()) {
                leaves[places[node.id()]] = stats.size();
                stats.add(node.stats());
            } else {
                stack[height++] = node.right();
                stack[height++] = node.left();
            }
        }
    }

    private void link(int place, int feature, int left, long test) {
        nodes[2 * place] = test;
        nodes[2 * place + 1] = ((long) feature << 32) | left;
    }

    private static void check(boolean holds, String reason, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(reason + value);
        }
    }
}
