// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import java.util.Arrays;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Hashes sets by the least of a random permutation of their elements; stands for Jaccard distance. The set of a vector is
 * made of the indices of its entries that are not zero. As Spark's {@code MinHashLSHModel}.
 */
public final class MinHashLSHModel extends LSHModel {

    private static final int PRIME = 2038074743;

    private final int[] coefficients;

    /**
     * A hash.
     *
     * @param coefficients two per table, the factor and the summand
     */
    public MinHashLSHModel(Params params, int[] coefficients) {
        super(params);
        if (coefficients.length % 2 != 0) {
            throw new IllegalArgumentException(coefficients.length + " coefficients, each table has two");
        }
        this.coefficients = coefficients.clone();
    }

    static MinHashLSHModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new MinHashLSHModel(saved.params(), data.ints("randCoefficients"));
    }

    @Override
    public double[] hash(Vector features) {
        double[] values = stored(features);
        int @Nullable [] indices = features instanceof SparseVector sparse ? sparse.indices() : null;
        long[] least = new long[coefficients.length / 2];
        Arrays.fill(least, Long.MAX_VALUE);
        boolean empty = true;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0.0) {
                empty = false;
                long element = 1L + (indices == null ? i : indices[i]);
                for (int table = 0; table < least.length; table++) {
                    long hash = (element * coefficients[2 * table] + coefficients[2 * table + 1]) % PRIME;
                    least[table] = Math.min(least[table], hash);
                }
            }
        }
        if (empty) {
            throw ScoringException.requirement("Must have at least 1 non zero entry.");
        }
        double[] hashes = new double[least.length];
        for (int table = 0; table < hashes.length; table++) {
            hashes[table] = least[table];
        }
        return hashes;
    }

    /** The Jaccard distance of two sets: 1 if one of them is empty. */
    @Override
    public double distance(Vector x, Vector y) {
        int[] left = elements(x);
        int[] right = elements(y);
        if (left.length == 0 && right.length == 0) {
            throw ScoringException.requirement("The union of two input sets must have at least 1 elements");
        }
        int common = 0;
        int l = 0;
        int r = 0;
        while (l < left.length && r < right.length) {
            int order = Integer.compare(left[l], right[r]);
            common += order == 0 ? 1 : 0;
            l += order <= 0 ? 1 : 0;
            r += order >= 0 ? 1 : 0;
        }
        return 1 - (double) common / (left.length + right.length - common);
    }

    private static int[] elements(Vector vector) {
        double[] values = stored(vector);
        int @Nullable [] indices = vector instanceof SparseVector sparse ? sparse.indices() : null;
        int[] elements = new int[values.length];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != 0.0) {
                elements[count++] = indices == null ? i : indices[i];
            }
        }
        return Arrays.copyOf(elements, count);
    }

    private static double[] stored(Vector vector) {
        return vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
    }

    @Override
    Vector present(@Nullable Vector features) {
        return NullVector.called(features, "nonZeroIterator", "elems");
    }
}
