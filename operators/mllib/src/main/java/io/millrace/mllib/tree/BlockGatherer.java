// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/** Puts together what the trees say of the rows of a block. Used by one thread, for one block after the other. */
interface BlockGatherer {

    /** Forgets the block before. */
    void clear();

    /** Takes what one tree says; trees come in order. {@code found} holds the node where each row ends. */
    void add(int tree, int[] found, int rows);

    /** The prediction for a row of the block. */
    double result(int row);

    /**
     * Scores rows in blocks.
     *
     * @return how many rows of those asked for were done; the next one lacks features, or is null
     */
    static int score(RankedTrees ranked, int numTrees, BlockGatherer gatherer, Vector[] rows, int from, double[] out) {
        byte[] ranks = ranked.room();
        int[] found = new int[RankedTrees.BLOCK];
        int done = from;
        while (done < rows.length) {
            int count = 0;
            while (count < RankedTrees.BLOCK && done + count < rows.length && covers(ranked, rows[done + count])) {
                count++;
            }
            if (count == 0) {
                return done;
            }
            ranked.rank(rows, done, count, ranks);
            gatherer.clear();
            for (int tree = 0; tree < numTrees; tree++) {
                ranked.find(tree, ranks, count, found);
                gatherer.add(tree, found, count);
            }
            for (int row = 0; row < count; row++) {
                out[done + row] = gatherer.result(row);
            }
            done += count;
        }
        return done;
    }

    private static boolean covers(RankedTrees ranked, @Nullable Vector row) {
        return row != null && ranked.covers(row);
    }
}
