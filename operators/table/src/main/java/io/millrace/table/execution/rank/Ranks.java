// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.RowOrder;
import io.millrace.table.plan.QueryPlan.Ranking;
import java.util.Arrays;

/**
 * The ranks of rows that are in order, as far as they are among the best.
 *
 * @param ranking how rows that are equal in the order rank
 * @param order the order
 * @param count the greatest rank that counts
 */
public record Ranks(Ranking ranking, RowOrder order, long count) {

    /** Whether a rank depends on the values of rows, and not on their places alone. */
    boolean compares() {
        return ranking != Ranking.ROW_NUMBER;
    }

    /**
     * The ranks of the best, from 1: so many there are, and the others are none of them.
     *
     * @param rows where the rows are; nothing is asked of it if ranks do not {@linkplain #compares() compare}
     * @param places the rows in order
     */
    int[] best(ColumnBatch rows, int[] places) {
        int[] ranks = new int[places.length];
        for (int i = 0; i < places.length; i++) {
            boolean equal = i > 0 && compares() && order.compare(rows, places[i - 1], rows, places[i]) == 0;
            if (equal) {
                ranks[i] = ranks[i - 1];
            } else if (ranking == Ranking.DENSE_RANK) {
                ranks[i] = i == 0 ? 1 : ranks[i - 1] + 1;
            } else {
                ranks[i] = i + 1;
            }
            if (ranks[i] > count) {
                return Arrays.copyOf(ranks, i);
            }
        }
        return ranks;
    }
}
