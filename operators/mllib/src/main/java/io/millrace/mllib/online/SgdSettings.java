// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

/**
 * How gradient descent goes down.
 *
 * @param stepSize the size of the first step of a batch, above 0; step i has this divided by the root of i. 0.1 by default
 * @param numIterations how many steps a batch makes at most, at least 0; 50 by default
 * @param regParam how strongly weights are pulled to 0, at least 0; 0 by default. Linear regression does not heed it, as in
 *     Spark
 * @param miniBatchFraction the share of a batch that a step looks at, above 0, at most 1; 1 by default
 * @param convergenceTol a batch stops early once a step changes the weights by less than this share of their norm (or of 1,
 *     if that is larger); 0 to 1, 0.001 by default
 */
public record SgdSettings(
        double stepSize, int numIterations, double regParam, double miniBatchFraction, double convergenceTol) {

    public SgdSettings {
        require(stepSize > 0, "Initial step size must be positive but got ", stepSize);
        require(numIterations >= 0, "Number of iterations must be nonnegative but got ", numIterations);
        require(regParam >= 0, "Regularization parameter must be nonnegative but got ", regParam);
        require(
                miniBatchFraction > 0 && miniBatchFraction <= 1,
                "Fraction for mini-batch SGD must be in range (0, 1] but got ",
                miniBatchFraction);
        require(
                convergenceTol >= 0 && convergenceTol <= 1,
                "Convergence tolerance must be in range [0, 1] but got ",
                convergenceTol);
    }

    public static SgdSettings defaults() {
        return new SgdSettings(0.1, 50, 0.0, 1.0, 0.001);
    }

    public SgdSettings withStepSize(double size) {
        return new SgdSettings(size, numIterations, regParam, miniBatchFraction, convergenceTol);
    }

    public SgdSettings withNumIterations(int count) {
        return new SgdSettings(stepSize, count, regParam, miniBatchFraction, convergenceTol);
    }

    public SgdSettings withRegParam(double parameter) {
        return new SgdSettings(stepSize, numIterations, parameter, miniBatchFraction, convergenceTol);
    }

    public SgdSettings withMiniBatchFraction(double fraction) {
        return new SgdSettings(stepSize, numIterations, regParam, fraction, convergenceTol);
    }

    public SgdSettings withConvergenceTol(double tolerance) {
        return new SgdSettings(stepSize, numIterations, regParam, miniBatchFraction, tolerance);
    }

    private static void require(boolean holds, String message, Number value) {
        if (!holds) {
            throw new IllegalArgumentException("requirement failed: " + message + value);
        }
    }
}
