// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.aggregate;

import io.millrace.table.expression.Failures;
import org.jspecify.annotations.Nullable;

/** Moments of pairs of values. Generated code calls the methods. {@code product} is the sum of the products of the distances from the averages. */
public final class JointMoments {

    private JointMoments() {}

    /** The sum of products with one more pair. */
    public static double product(double n, double averageX, double averageY, double product, double x, double y) {
        double nextY = averageY + (y - averageY) / (n + 1);
        return product + (x - averageX) * (y - nextY);
    }

    /** The sum of products of both lots. */
    public static double productMerged(
            double n,
            double averageX,
            double averageY,
            double product,
            double otherN,
            double otherX,
            double otherY,
            double otherProduct) {
        double both = n + otherN;
        double part = both == 0 ? 0 : (otherX - averageX) / both;
        return product + otherProduct + part * (otherY - averageY) * n * otherN;
    }

    /** The covariance of all there is. */
    public static @Nullable Double covarianceOfAll(double n, double averageX, double averageY, double product) {
        return n == 0 ? null : product / n;
    }

    /** The covariance of what there is as a sample; null for one pair. */
    public static @Nullable Double covarianceOfSample(double n, double averageX, double averageY, double product) {
        return n <= 1 ? null : product / (n - 1);
    }

    /**
     * The correlation; null for one pair.
     *
     * @throws io.millrace.table.QueryExecutionException {@code DIVIDE_BY_ZERO} if all values of one side are equal
     */
    public static @Nullable Double correlation(
            double n, double averageX, double averageY, double product, double squareX, double squareY) {
        if (n <= 1) {
            return null;
        }
        double squares = Math.sqrt(squareX * squareY);
        if (squares == 0) {
            throw Failures.divideByZero();
        }
        return product / squares;
    }
}
