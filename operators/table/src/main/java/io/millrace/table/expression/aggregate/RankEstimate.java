// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

/** How many different values the registers of a HyperLogLog saw. */
final class RankEstimate {

    /** Up to so many, empty registers tell more than full ones; by the number of bits of an index, from 4. */
    private static final double[] THRESHOLDS = {
        10, 20, 40, 80, 220, 400, 900, 1800, 3100, 6500, 11500, 20000, 50000, 120000, 350000
    };

    private RankEstimate() {}

    static double of(byte[] ranks) {
        int empty = 0;
        for (byte rank : ranks) {
            empty += rank == 0 ? 1 : 0;
        }
        int precision = Integer.numberOfTrailingZeros(ranks.length);
        if (empty > 0) {
            double linear = ranks.length * Math.log((double) ranks.length / empty);
            int index = Math.min(THRESHOLDS.length - 1, Math.max(0, precision - 4));
            if (linear <= THRESHOLDS[index]) {
                return linear;
            }
        }
        return withoutBias(ranks, 64 - precision);
    }

    /** Ertl's estimate, which has no bias in between either. */
    private static double withoutBias(byte[] ranks, int bits) {
        int[] counts = new int[bits + 2];
        for (byte rank : ranks) {
            counts[Math.min(rank, bits + 1)]++;
        }
        double registers = ranks.length;
        double sum = registers * tau(1 - counts[bits + 1] / registers);
        for (int i = bits; i >= 1; i--) {
            sum = 0.5 * (sum + counts[i]);
        }
        sum += registers * sigma(counts[0] / registers);
        return registers / (2 * Math.log(2)) * registers / sum;
    }

    private static double sigma(double x) {
        if (x == 1) {
            return Double.POSITIVE_INFINITY;
        }
        double power = x;
        double factor = 1;
        double sum = x;
        double before;
        do {
            power *= power;
            before = sum;
            sum += power * factor;
            factor += factor;
        } while (sum != before);
        return sum;
    }

    private static double tau(double x) {
        if (x == 0 || x == 1) {
            return 0;
        }
        double root = x;
        double factor = 1;
        double sum = 1 - x;
        double before;
        do {
            root = Math.sqrt(root);
            before = sum;
            factor *= 0.5;
            sum -= (1 - root) * (1 - root) * factor;
        } while (sum != before);
        return sum / 3;
    }
}
