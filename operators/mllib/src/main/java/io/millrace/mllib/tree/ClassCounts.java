// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;

/** Counts per class, as leaves hold them. */
final class ClassCounts {

    private ClassCounts() {}

    /** How many classes a saved model says it has. */
    static int checked(SavedStage saved) {
        int numClasses = saved.metadata().getInt("numClasses");
        if (numClasses < 1) {
            throw saved.failure("numClasses is " + numClasses);
        }
        return numClasses;
    }

    /**
     * Divides counts by their sum, in place.
     *
     * @throws ScoringException as Spark throws it, if one is negative or all are 0
     */
    static void toProbabilities(double[] counts) {
        for (double count : counts) {
            if (!(count >= 0)) {
                throw ScoringException.requirement("The input raw predictions should be nonnegative.");
            }
        }
        double sum = sum(counts, 0, counts.length);
        if (!(sum > 0)) {
            throw ScoringException.requirement("Can't normalize the 0-vector.");
        }
        for (int i = 0; i < counts.length; i++) {
            counts[i] /= sum;
        }
    }

    /** Each leaf's counts divided by their sum; zeros where that is 0. */
    static double[] shares(double[] stats, int size) {
        double[] shares = new double[stats.length];
        for (int at = 0; at < stats.length; at += size) {
            double total = sum(stats, at, at + size);
            for (int i = at; total != 0 && i < at + size; i++) {
                shares[i] = stats[i] / total;
            }
        }
        return shares;
    }

    private static double sum(double[] values, int from, int to) {
        double sum = 0.0;
        for (int i = from; i < to; i++) {
            sum += values[i];
        }
        return sum;
    }
}
