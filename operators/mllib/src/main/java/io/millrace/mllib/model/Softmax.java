// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

/** The softmax of Spark 4.1, operation by operation. */
public final class Softmax {

    private Softmax() {}

    /**
     * Turns margins into probabilities. The first that is positive infinity gets 1; every other is then multiplied by 0,
     * so that further infinities become NaN.
     */
    public static void inPlace(double[] values) {
        double largest = -Double.MAX_VALUE;
        for (int i = 0; i < values.length; i++) {
            if (values[i] == Double.POSITIVE_INFINITY) {
                scale(values, 0.0);
                values[i] = 1.0;
                return;
            }
            if (values[i] > largest) {
                largest = values[i];
            }
        }
        double sum = 0.0;
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.exp(values[i] - largest);
            sum += values[i];
        }
        scale(values, 1.0 / sum);
    }

    private static void scale(double[] values, double factor) {
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
        }
    }
}
