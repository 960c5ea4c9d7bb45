// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A row with its rank. Two are equal if both are the same.
 *
 * @param row its bytes
 * @param rank from 1; 0 where nobody asks for it
 */
record Ranked(byte[] row, int rank) {

    /** The first of some rows with the ranks of these. */
    static List<Ranked> of(List<byte[]> rows, int[] ranks) {
        List<Ranked> ranked = new ArrayList<>(ranks.length);
        for (int i = 0; i < ranks.length; i++) {
            ranked.add(new Ranked(rows.get(i), ranks[i]));
        }
        return ranked;
    }

    Ranked withoutRank() {
        return new Ranked(row, 0);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranked that && rank == that.rank && Arrays.equals(row, that.row);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(row) + rank;
    }
}
