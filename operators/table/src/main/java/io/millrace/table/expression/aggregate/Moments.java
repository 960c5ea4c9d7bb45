// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * Central moments, one value or one lot at a time. Generated code calls the methods. {@code n} is how many values there are, {@code average} their average, {@code m2} to
 * {@code m4} the sums of the second to fourth powers of their distances from it.
 */
public final class Moments {

    private Moments() {}

    /** How many there are with one more. */
    public static double count(double n, double x) {
        return n + 1;
    }

    /** The average with one more. */
    public static double average(double n, double average, double x) {
        return average + (x - average) / (n + 1);
    }

    /** The second moment with one more. */
    public static double second(double n, double average, double m2, double x) {
        double delta = x - average;
        return m2 + delta * (delta - delta / (n + 1));
    }

    /** The third moment with one more. */
    public static double third(double n, double average, double m2, double m3, double x) {
        double delta = x - average;
        double part = delta / (n + 1);
        return m3 - 3.0 * part * second(n, average, m2, x) + delta * (delta * delta - part * part);
    }

    /** The fourth moment with one more. */
    public static double fourth(double n, double average, double m2, double m3, double m4, double x) {
        double delta = x - average;
        double part = delta / (n + 1);
        return m4
                - 4.0 * part * third(n, average, m2, m3, x)
                - 6.0 * part * part * second(n, average, m2, x)
                + delta * (delta * delta * delta - part * part * part);
    }

    /** How many there are in both lots. */
    public static double countMerged(double n, double otherN) {
        return n + otherN;
    }

    /** The average of both lots. */
    public static double averageMerged(double n, double average, double otherN, double otherAverage) {
        return average + part(n, average, otherN, otherAverage) * otherN;
    }

    /** The second moment of both lots. */
    public static double secondMerged(
            double n, double average, double m2, double otherN, double otherAverage, double otherM2) {
        double delta = otherAverage - average;
        return m2 + otherM2 + delta * part(n, average, otherN, otherAverage) * n * otherN;
    }

    /** The third moment of both lots. */
    public static double thirdMerged(
            double n,
            double average,
            double m2,
            double m3,
            double otherN,
            double otherAverage,
            double otherM2,
            double otherM3) {
        double delta = otherAverage - average;
        double part = part(n, average, otherN, otherAverage);
        return m3
                + otherM3
                + part * part * delta * n * otherN * (n - otherN)
                + 3.0 * part * (n * otherM2 - otherN * m2);
    }

    /** The fourth moment of both lots. */
    public static double fourthMerged(
            double n,
            double average,
            double m2,
            double m3,
            double m4,
            double otherN,
            double otherAverage,
            double otherM2,
            double otherM3,
            double otherM4) {
        double delta = otherAverage - average;
        double part = part(n, average, otherN, otherAverage);
        return m4
                + otherM4
                + part * part * part * delta * n * otherN * (n * n - n * otherN + otherN * otherN)
                + 6.0 * part * part * (n * n * otherM2 + otherN * otherN * m2)
                + 4.0 * part * (n * otherM3 - otherN * m3);
    }

    /** The standard deviation of all there is. */
    public static @Nullable Double deviationOfAll(double n, double average, double m2) {
        return n == 0 ? null : Math.sqrt(m2 / n);
    }

    /** The standard deviation of what there is as a sample; null for one value. */
    public static @Nullable Double deviationOfSample(double n, double average, double m2) {
        return n <= 1 ? null : Math.sqrt(m2 / (n - 1));
    }

    /** The variance of all there is. */
    public static @Nullable Double varianceOfAll(double n, double average, double m2) {
        return n == 0 ? null : m2 / n;
    }

    /** The variance of what there is as a sample; null for one value. */
    public static @Nullable Double varianceOfSample(double n, double average, double m2) {
        return n <= 1 ? null : m2 / (n - 1);
    }

    /** The skewness; null if all values are equal. */
    public static @Nullable Double skewness(double n, double average, double m2, double m3) {
        return n == 0 || m2 == 0 ? null : Math.sqrt(n) * m3 / Math.sqrt(m2 * m2 * m2);
    }

    /** The kurtosis beyond that of the normal distribution; null if all values are equal. */
    public static @Nullable Double kurtosis(double n, double average, double m2, double m3, double m4) {
        return n == 0 || m2 == 0 ? null : n * m4 / (m2 * m2) - 3.0;
    }

    private static double part(double n, double average, double otherN, double otherAverage) {
        double both = n + otherN;
        return both == 0 ? 0 : (otherAverage - average) / both;
    }
}
