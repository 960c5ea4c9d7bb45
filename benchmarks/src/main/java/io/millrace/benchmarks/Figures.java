// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.util.Arrays;

/** The same figure from several trials. */
final class Figures {

    private final double[] sorted;

    Figures(double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("there must be a figure");
        }
        sorted = values.clone();
        Arrays.sort(sorted);
    }

    /** The one in the middle, or the mean of the two there. */
    double median() {
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The least. */
    double min() {
        return sorted[0];
    }

    /** The greatest. */
    double max() {
        return sorted[sorted.length - 1];
    }
}
