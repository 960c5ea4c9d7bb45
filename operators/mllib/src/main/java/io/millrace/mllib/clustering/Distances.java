// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.ScoringException;
import org.apache.spark.ml.impl.Utils;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** The distances of Spark's clusterings between vectors whose norms are known, operation by operation. */
final class Distances {

    /** Below this bound of the relative error, a squared distance is taken from norms and a dot product. */
    private static final double PRECISION = 1e-6;

    private Distances() {}

    /** The Euclidean norm: stored entries in order, without fused multiply-add. */
    static double norm(Vector vector) {
        double[] values = vector instanceof SparseVector sparse ? sparse.values() : vector.toArray();
        double sum = 0.0;
        for (double value : values) {
            sum += value * value;
        }
        return Math.sqrt(sum);
    }

    /**
     * The squared Euclidean distance, as Spark's {@code fastSquaredDistance}: entry by entry between dense vectors, else
     * from the norms and the dot product where that is precise enough.
     *
     * @throws ScoringException if the sizes differ or a norm is not a number, as Spark refuses it
     */
    static double squared(Vector first, double firstNorm, Vector second, double secondNorm) {
        int size = first.size();
        if (second.size() != size) {
            throw ScoringException.requirement(
                    "Both vectors should have same length, found v1 is " + size + " while v2 is " + second.size());
        }
        if (!(firstNorm >= 0.0 && secondNorm >= 0.0)) {
            throw ScoringException.requirement(
                    "Both norms should be greater or equal to 0.0, found norm1=" + firstNorm + ", norm2=" + secondNorm);
        }
        if (first instanceof DenseVector && second instanceof DenseVector) {
            return Vectors.sqdist(first, second);
        }
        double epsilon = Utils.EPSILON();
        double squaredNorms = firstNorm * firstNorm + secondNorm * secondNorm;
        double difference = firstNorm - secondNorm;
        if (2.0 * epsilon * squaredNorms / (difference * difference + epsilon) < PRECISION) {
            return squaredNorms - 2.0 * BLAS.dot(first, second);
        }
        double dot = BLAS.dot(first, second);
        double squared = Math.max(squaredNorms - 2.0 * dot, 0.0);
        double bound = epsilon * (squaredNorms + 2.0 * Math.abs(dot)) / (squared + epsilon);
        return bound > PRECISION ? Vectors.sqdist(first, second) : squared;
    }

    /**
     * One minus the cosine of the angle.
     *
     * @throws ScoringException if a vector is all zeros, as Spark refuses it
     */
    static double cosine(Vector first, double firstNorm, Vector second, double secondNorm) {
        if (!(firstNorm > 0 && secondNorm > 0)) {
            throw new ScoringException(
                    "java.lang.AssertionError",
                    "assertion failed: Cosine distance is not defined for zero-length vectors.");
        }
        return 1 - BLAS.dot(first, second) / firstNorm / secondNorm;
    }
}
