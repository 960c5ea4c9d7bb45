// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.recommendation;

import dev.ludovic.netlib.blas.JavaBLAS;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.storage.ParquetRow;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;

/** The factors of all users or of all items, one after the other in the order of their ids. Immutable. */
final class FactorTable {

    static {
        QuietNetlib.apply();
    }

    /** The better first: by rating, NaN above all, then by the larger id, as Spark's sort of (rating, id) downwards. */
    private static final Comparator<Recommendation> WORST_FIRST =
            Comparator.comparingDouble(Recommendation::rating).thenComparingInt(Recommendation::id);

    private final int[] ids;
    private final float[] factors;
    private final int rank;

    private FactorTable(int[] ids, float[] factors, int rank) {
        this.ids = ids;
        this.factors = factors;
        this.rank = rank;
    }

    /** Checks that each id is there once, with as many factors as the rank. */
    static FactorTable of(List<ParquetRow> rows, int rank) {
        ParquetRow[] sorted = rows.toArray(new ParquetRow[0]);
        Arrays.sort(sorted, Comparator.comparingInt(row -> row.getInt("id")));
        int[] ids = new int[sorted.length];
        float[] factors = new float[Math.multiplyExact(sorted.length, rank)];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = sorted[i].getInt("id");
            if (i > 0 && ids[i] == ids[i - 1]) {
                throw sorted[i].failure("id", "is " + ids[i] + " in two rows");
            }
            float[] features = sorted[i].floats("features");
            if (features.length != rank) {
                throw sorted[i].failure("features", "has " + features.length + " entries, the rank is " + rank);
            }
            System.arraycopy(features, 0, factors, i * rank, rank);
        }
        return new FactorTable(ids, factors, rank);
    }

    int[] ids() {
        return ids.clone();
    }

    /** The place of an id, or a negative number. */
    int find(int id) {
        return Arrays.binarySearch(ids, id);
    }

    /** The dot product of a row here with one there, in floats and in order. */
    float dot(int row, FactorTable other, int otherRow) {
        int left = row * rank;
        int right = otherRow * rank;
        float sum = 0.0f;
        for (int i = 0; i < rank; i++) {
            sum += factors[left + i] * other.factors[right + i];
        }
        return sum;
    }

    /** The rows here that rate best for a row there. Spark sums with its BLAS here, so that last bits can differ from dot. */
    List<Recommendation> best(int count, FactorTable source, int sourceRow) {
        float[] ratings = new float[ids.length];
        if (ids.length > 0) {
            JavaBLAS.getInstance()
                    .sgemv(
                            "T",
                            rank,
                            ids.length,
                            1.0f,
                            factors,
                            0,
                            rank,
                            source.factors,
                            sourceRow * rank,
                            1,
                            0.0f,
                            ratings,
                            0,
                            1);
        }
        PriorityQueue<Recommendation> best = new PriorityQueue<>(WORST_FIRST);
        for (int i = 0; i < ids.length; i++) {
            best.add(new Recommendation(ids[i], ratings[i]));
            if (best.size() > count) {
                best.remove();
            }
        }
        Deque<Recommendation> ordered = new ArrayDeque<>(best.size());
        while (!best.isEmpty()) {
            ordered.addFirst(best.remove());
        }
        return List.copyOf(ordered);
    }
}
