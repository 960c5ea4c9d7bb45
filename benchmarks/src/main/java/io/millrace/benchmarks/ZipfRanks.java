// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

/**
 * The Zipf(1.0) distribution over the ranks 0..n-1: rank k is drawn with a weight of 1/(k+1).
 *
 * <p>Walker's alias table, so a draw costs one random number and at most two memory reads whatever n is. Probabilities
 * are exact to 2<sup>-31</sup> of a column.
 */
final class ZipfRanks {

    private static final long ONE = 1L << 31;

    private final long[] keepBelow;
    private final int[] alias;

    ZipfRanks(int size) {
        keepBelow = new long[size];
        alias = new int[size];
        fill(scaledWeights(size));
    }

    private static double[] scaledWeights(int size) {
        double sum = 0;
        for (int rank = size; rank >= 1; rank--) {
            sum += 1.0 / rank;
        }
        double[] weights = new double[size];
        for (int rank = 0; rank < size; rank++) {
            weights[rank] = size / (sum * (rank + 1));
        }
        return weights;
    }

    /** Vose's method: every column below one is filled up by a column above one. */
    private void fill(double[] weights) {
        int[] small = new int[weights.length];
        int[] large = new int[weights.length];
        int smalls = 0;
        int larges = 0;
        for (int rank = 0; rank < weights.length; rank++) {
            if (weights[rank] < 1) {
                small[smalls++] = rank;
            } else {
                large[larges++] = rank;
            }
        }
        while (smalls > 0 && larges > 0) {
            int poor = small[--smalls];
            int rich = large[larges - 1];
            keepBelow[poor] = (long) (weights[poor] * ONE);
            alias[poor] = rich;
            weights[rich] -= 1 - weights[poor];
            if (weights[rich] < 1) {
                larges--;
                small[smalls++] = rich;
            }
        }
        while (smalls > 0) {
            keepBelow[small[--smalls]] = ONE;
        }
        while (larges > 0) {
            keepBelow[large[--larges]] = ONE;
        }
    }

    /** The rank that 64 random bits stand for. */
    int rank(long randomBits) {
        int column = (int) (((randomBits >>> 32) * keepBelow.length) >>> 32);
        return (randomBits & (ONE - 1)) < keepBelow[column] ? column : alias[column];
    }
}
