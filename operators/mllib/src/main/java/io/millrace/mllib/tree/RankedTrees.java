// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Trees for many rows at a time. Each value is turned once per row into its rank: how many of the thresholds that any tree
 * has for that feature are below it, or its category. A test is then a bit per rank, set if such a value goes right, and a
 * walk has no branches. Rows are walked in blocks, tree after tree, so that a tree stays in the cache for a whole block.
 * Immutable and thread-safe.
 */
final class RankedTrees {

    /** Rows per block. */
    static final int BLOCK = 64;

    /** A rank is a place in a long. */
    private static final int MAX_RANK = 63;

    private final Trees trees;
    /**
     * Per node the bits of its test, turned left by one, and its link: where the ranks of the feature begin above, the place of the left
     * child here below.
     */
    private final long[] nodes;

    private final int[] features;
    /** Per slot the thresholds, ascending, filled up with infinities to {@link #MAX_RANK}; unused for categories. */
    private final double[] cuts;
    /** Per slot how many thresholds there are, or the complement of the number of categories. */
    private final int[] counts;
    /** Per slot the half of the first step of the search for a rank. */
    private final int[] halves;

    private final byte[] ranksOfZero;

    private RankedTrees(Trees trees, long[] nodes, int[] features, double[] cuts, int[] counts) {
        this.trees = trees;
        this.nodes = nodes;
        this.features = features;
        this.cuts = cuts;
        this.counts = counts;
        halves = new int[counts.length];
        ranksOfZero = new byte[counts.length];
        for (int slot = 0; slot < counts.length; slot++) {
            halves[slot] = Integer.highestOneBit(Math.max(counts[slot], 0));
            ranksOfZero[slot] = rank(slot, 0.0);
        }
    }

    /** These trees ranked, or null: more thresholds than ranks, or too many features for what the trees look at. */
    static @Nullable RankedTrees of(Trees trees) {
        Map<Integer, Set<Double>> thresholds = new TreeMap<>();
        Map<Integer, Integer> categories = new TreeMap<>();
        for (int node = 0; node < trees.nodeCount(); node++) {
            if (trees.leaf(node) >= 0) {
                continue;
            }
            int feature = trees.feature(node);
            if (feature < 0) {
                categories.merge(~feature, trees.categoryBound(node), Math::max);
            } else if (!Double.isNaN(trees.threshold(node))) {
                thresholds.computeIfAbsent(feature, f -> new TreeSet<>()).add(trees.threshold(node));
            } else {
                thresholds.computeIfAbsent(feature, f -> new TreeSet<>());
            }
        }
        Set<Integer> used = new TreeSet<>(thresholds.keySet());
        used.addAll(categories.keySet());
        boolean fits = used.size() == thresholds.size() + categories.size()
                && used.size() <= 2L * steps(trees)
                && thresholds.values().stream().allMatch(cuts -> cuts.size() <= MAX_RANK)
                && categories.values().stream().allMatch(bound -> bound <= MAX_RANK);
        return fits ? compile(trees, used, thresholds, categories) : null;
    }

    private static long steps(Trees trees) {
        long steps = 0;
        for (int tree = 0; tree < trees.size(); tree++) {
            steps += trees.depth(tree);
        }
        return steps;
    }

    private static RankedTrees compile(
            Trees trees, Set<Integer> used, Map<Integer, Set<Double>> thresholds, Map<Integer, Integer> categories) {
        int[] features = used.stream().mapToInt(Integer::intValue).toArray();
        double[] cuts = new double[features.length * MAX_RANK];
        Arrays.fill(cuts, Double.POSITIVE_INFINITY);
        int[] counts = new int[features.length];
        for (int slot = 0; slot < features.length; slot++) {
            Set<Double> sorted = thresholds.get(features[slot]);
            if (sorted == null) {
                counts[slot] = ~categories.getOrDefault(features[slot], 0);
            } else {
                counts[slot] = sorted.size();
                int at = slot * MAX_RANK;
                for (double cut : sorted) {
                    cuts[at++] = cut;
                }
            }
        }
        long[] nodes = new long[2 * trees.nodeCount()];
        for (int node = 0; node < trees.nodeCount(); node++) {
            int slot = 0;
            if (trees.leaf(node) < 0) {
                int feature = trees.feature(node);
                slot = Arrays.binarySearch(features, feature < 0 ? ~feature : feature);
                nodes[2 * node] = Long.rotateLeft(bits(trees, node, slot, cuts, counts[slot]), 1);
            }
            nodes[2 * node + 1] = (((long) slot * BLOCK) << 32) | (2L * trees.left(node));
        }
        return new RankedTrees(trees, nodes, features, cuts, counts);
    }

    /** A bit per rank, set if values of that rank go right. The last rank is that of what is above all, or unknown. */
    private static long bits(Trees trees, int node, int slot, double[] cuts, int count) {
        long bits = 0;
        int last = count < 0 ? ~count : count;
        for (int rank = 0; rank <= last; rank++) {
            double sample = rank == last ? Double.NaN : count < 0 ? rank : cuts[slot * MAX_RANK + rank];
            if (!trees.goesLeft(node, sample)) {
                bits |= 1L << rank;
            }
        }
        return bits;
    }

    private byte rank(int slot, double value) {
        int count = counts[slot];
        if (count < 0) {
            int category = (int) value;
            return (byte) (category == value && category >= 0 && category < ~count ? category : ~count);
        }
        int at = slot * MAX_RANK;
        if (!(Math.abs(value) <= Double.MAX_VALUE)) {
            int rank = 0;
            while (rank < count && !(value <= cuts[at + rank])) {
                rank++;
            }
            return (byte) rank;
        }
        int rank = 0;
        for (int half = halves[slot]; half > 0; half >>= 1) {
            // the sign bit of the difference is set if the threshold is below the value
            double below = cuts[at + rank + half - 1] - value;
            rank += half & (int) (Double.doubleToRawLongBits(below) >> 63);
        }
        return (byte) rank;
    }

    /** Room for the ranks of a block: slot after slot, row after row. */
    byte[] room() {
        return new byte[BLOCK * features.length];
    }

    /**
     * Fills {@code ranks} for up to {@link #BLOCK} rows that are {@link #covers covered}; those behind {@code count} keep
     * ranks that say nothing.
     */
    void rank(Vector[] rows, int from, int count, byte[] ranks) {
        double[][] dense = new double[BLOCK][];
        for (int row = 0; row < BLOCK; row++) {
            if (!(rows[from + Math.min(row, count - 1)] instanceof DenseVector vector)) {
                rankOneByOne(rows, from, count, ranks);
                return;
            }
            dense[row] = vector.values();
        }
        for (int slot = 0; slot < features.length; slot++) {
            rankDense(slot, dense, count, ranks);
        }
    }

    /** One feature of dense rows, four at a time. */
    private void rankDense(int slot, double[][] dense, int count, byte[] ranks) {
        int feature = features[slot];
        int at = slot * MAX_RANK - 1;
        int to = slot * BLOCK;
        for (int row = 0; row < count; row += 4) {
            double a = dense[row][feature];
            double b = dense[row + 1][feature];
            double c = dense[row + 2][feature];
            double d = dense[row + 3][feature];
            if (counts[slot] < 0 || !(Math.abs(a) + Math.abs(b) + Math.abs(c) + Math.abs(d) <= Double.MAX_VALUE)) {
                for (int i = row; i < row + 4; i++) {
                    ranks[to + i] = rank(slot, dense[i][feature]);
                }
                continue;
            }
            int below = 0;
            int belowB = 0;
            int belowC = 0;
            int belowD = 0;
            for (int half = halves[slot]; half > 0; half >>= 1) {
                below += half & sign(cuts[at + below + half] - a);
                belowB += half & sign(cuts[at + belowB + half] - b);
                belowC += half & sign(cuts[at + belowC + half] - c);
                belowD += half & sign(cuts[at + belowD + half] - d);
            }
            ranks[to + row] = (byte) below;
            ranks[to + row + 1] = (byte) belowB;
            ranks[to + row + 2] = (byte) belowC;
            ranks[to + row + 3] = (byte) belowD;
        }
    }

    /** All bits set for what is below 0, none for other finite numbers. */
    private static int sign(double difference) {
        return (int) (Double.doubleToRawLongBits(difference) >> 63);
    }

    private void rankOneByOne(Vector[] rows, int from, int count, byte[] ranks) {
        for (int row = 0; row < count; row++) {
            Vector vector = rows[from + row];
            if (vector instanceof SparseVector sparse) {
                rankSparse(sparse, ranks, row);
            } else {
                for (int slot = 0; slot < features.length; slot++) {
                    ranks[slot * BLOCK + row] = rank(slot, vector.apply(features[slot]));
                }
            }
        }
    }

    /** Whether all features that any tree looks at are there. */
    boolean covers(Vector vector) {
        return features.length == 0 || features[features.length - 1] < vector.size();
    }

    private void rankSparse(SparseVector vector, byte[] ranks, int row) {
        for (int slot = 0; slot < features.length; slot++) {
            ranks[slot * BLOCK + row] = ranksOfZero[slot];
        }
        int[] indices = vector.indices();
        double[] values = vector.values();
        int slot = 0;
        for (int i = 0; i < indices.length && slot < features.length; i++) {
            while (slot < features.length && features[slot] < indices[i]) {
                slot++;
            }
            if (slot < features.length && features[slot] == indices[i]) {
                ranks[slot * BLOCK + row] = rank(slot, values[i]);
            }
        }
    }

    /**
     * Walks one tree for the rows of a block, eight at a time, and writes the nodes where they end to {@code found}. What
     * is there behind {@code count} says nothing.
     */
    void find(int tree, byte[] ranks, int count, int[] found) {
        int root = 2 * trees.root(tree);
        int depth = trees.depth(tree);
        for (int row = 0; row < count; row += 8) {
            int a = root;
            int b = root;
            int c = root;
            int d = root;
            int e = root;
            int f = root;
            int g = root;
            int h = root;
            for (int steps = depth; steps > 0; steps--) {
                a = step(nodes, ranks, row, a);
                b = step(nodes, ranks, row + 1, b);
                c = step(nodes, ranks, row + 2, c);
                d = step(nodes, ranks, row + 3, d);
                e = step(nodes, ranks, row + 4, e);
                f = step(nodes, ranks, row + 5, f);
                g = step(nodes, ranks, row + 6, g);
                h = step(nodes, ranks, row + 7, h);
            }
            found[row] = a >> 1;
            found[row + 1] = b >> 1;
            found[row + 2] = c >> 1;
            found[row + 3] = d >> 1;
            found[row + 4] = e >> 1;
            found[row + 5] = f >> 1;
            found[row + 6] = g >> 1;
            found[row + 7] = h >> 1;
        }
    }

    /** From the place of a node to that of its child: its test is turned by one bit, so that what goes right adds 2. */
    private static int step(long[] nodes, byte[] ranks, int row, int place) {
        long link = nodes[place + 1];
        return (int) link + ((int) Long.rotateRight(nodes[place], ranks[(int) (link >>> 32) + row]) & 2);
    }
}
