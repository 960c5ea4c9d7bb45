// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import org.jspecify.annotations.Nullable;

/**
 * Straight lines through points, from their joint moments: of {@code y}, which depends, and {@code x}, as SQL has the arguments. Generated code calls the methods. {@code n} is how many points
 * there are, {@code averageY} and {@code averageX} their averages, {@code product} the sum of the products of the distances from these, {@code squaresY} and
 * {@code squaresX} the sums of the squares.
 */
public final class Regressions {

    private Regressions() {}

    /** A count with one more. */
    public static long oneMore(long count) {
        return count + 1;
    }

    /** Two counts together. */
    public static long together(long count, long other) {
        return count + other;
    }

    /** The average of x. */
    public static @Nullable Double avgx(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n == 0 ? null : averageX;
    }

    /** The average of y. */
    public static @Nullable Double avgy(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n == 0 ? null : averageY;
    }

    /** The sum of the squares of x. */
    public static @Nullable Double sxx(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n == 0 ? null : squaresX;
    }

    /** The sum of the squares of y. */
    public static @Nullable Double syy(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n == 0 ? null : squaresY;
    }

    /** The sum of the products. */
    public static @Nullable Double sxy(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n == 0 ? null : product;
    }

    /** By how much the line rises; null if there are not two points with different x. */
    public static @Nullable Double slope(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n < 2 || squaresX == 0 ? null : product / squaresX;
    }

    /** Where the line meets x = 0; null if there is no line. */
    public static @Nullable Double intercept(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        return n < 2 || squaresX == 0 ? null : averageY - product / squaresX * averageX;
    }

    /** How much of the differences in y the line explains, from 0 to 1; null if there is no line. */
    public static @Nullable Double r2(
            double n, double averageY, double averageX, double product, double squaresY, double squaresX) {
        if (n < 2 || squaresX == 0) {
            return null;
        }
        double correlation = product / Math.sqrt(squaresX * squaresY);
        return squaresY == 0 ? 1.0 : correlation * correlation;
    }
}
