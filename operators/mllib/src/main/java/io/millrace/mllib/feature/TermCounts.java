// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.storage.Params;
import java.util.Arrays;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** How often each index occurs, as a sparse vector. */
final class TermCounts {

    private TermCounts() {}

    /** The parameter {@code numFeatures}: at least 1. */
    static int numFeatures(Params params) {
        int numFeatures = params.getInt("numFeatures", 1 << 18);
        if (numFeatures <= 0) {
            throw params.failure("numFeatures", "is " + numFeatures + ", must be at least 1");
        }
        return numFeatures;
    }

    /**
     * A vector of the counts in {@code terms}, which is sorted by this.
     *
     * @param length how many of {@code terms} there are
     * @param binary whether every count is 1
     * @param least counts below it are left out
     */
    static Vector vector(int size, int[] terms, int length, boolean binary, double least) {
        Arrays.sort(terms, 0, length);
        int[] indices = new int[distinct(terms, length)];
        double[] values = new double[indices.length];
        int kept = 0;
        for (int i = 0; i < length; ) {
            int end = i + 1;
            while (end < length && terms[end] == terms[i]) {
                end++;
            }
            double count = end - i;
            if (count >= least) {
                indices[kept] = terms[i];
                values[kept++] = binary ? 1.0 : count;
            }
            i = end;
        }
        return kept == indices.length
                ? Vectors.sparse(size, indices, values)
                : Vectors.sparse(size, Arrays.copyOf(indices, kept), Arrays.copyOf(values, kept));
    }

    private static int distinct(int[] sorted, int length) {
        int distinct = length == 0 ? 0 : 1;
        for (int i = 1; i < length; i++) {
            if (sorted[i] != sorted[i - 1]) {
                distinct++;
            }
        }
        return distinct;
    }
}
