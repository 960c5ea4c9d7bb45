// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.ScoringException;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import scala.Function1;

/** The raw predictions of the kinds of naive Bayes, with what each asks of the features. */
abstract class NaiveBayesScore {

    static {
        QuietNetlib.apply();
    }

    /** Fills {@code raw}, one entry per class. */
    abstract void fill(Vector features, DenseVector raw);

    String nullFeaturesMessage() {
        return "Cannot invoke \"org.apache.spark.ml.linalg.Vector.nonZeroIterator()\" because \"v\" is null";
    }

    static NaiveBayesScore multinomial(Vector pi, Matrix theta) {
        double[] priors = pi.toArray().clone();
        return new NaiveBayesScore() {
            @Override
            void fill(Vector features, DenseVector raw) {
                requireNonnegative(features);
                System.arraycopy(priors, 0, raw.values(), 0, raw.size());
                BLAS.gemv(1.0, theta, features, 1.0, raw);
            }
        };
    }

    /** Without priors: the products, less the logarithm of the sum of their exponentials. */
    static NaiveBayesScore complement(Matrix theta) {
        return new NaiveBayesScore() {
            @Override
            void fill(Vector features, DenseVector filled) {
                requireNonnegative(features);
                BLAS.gemv(1.0, theta, features, 0.0, filled);
                double[] raw = filled.values();
                double largest = raw[0];
                for (int i = 1; i < raw.length; i++) {
                    largest = Math.max(largest, raw[i]);
                }
                double sum = 0.0;
                for (double value : raw) {
                    sum += Math.exp(value - largest);
                }
                double logSum = Math.log(sum) + largest;
                for (int i = 0; i < raw.length; i++) {
                    raw[i] -= logSum;
                }
            }
        };
    }

    /** What an absent feature says, log(1 - exp(theta)), is summed up beforehand; a present one adds the difference. */
    static NaiveBayesScore bernoulli(Vector pi, Matrix theta) {
        Matrix absent = map(theta, value -> Math.log1p(-Math.exp(value)));
        Matrix difference = map(theta, value -> value - Math.log1p(-Math.exp(value)));
        double[] ones = new double[theta.numCols()];
        Arrays.fill(ones, 1.0);
        double[] nothing = pi.toArray().clone();
        BLAS.gemv(1.0, absent, new DenseVector(ones), 1.0, new DenseVector(nothing));
        return new NaiveBayesScore() {
            @Override
            void fill(Vector features, DenseVector raw) {
                requireBits(features);
                System.arraycopy(nothing, 0, raw.values(), 0, raw.size());
                BLAS.gemv(1.0, difference, features, 1.0, raw);
            }
        };
    }

    static NaiveBayesScore gaussian(Vector pi, Matrix theta, Matrix sigma) {
        if (sigma.numRows() != theta.numRows() || sigma.numCols() != theta.numCols()) {
            throw new IllegalArgumentException("sigma is " + sigma.numRows() + " x " + sigma.numCols() + ", theta "
                    + theta.numRows() + " x " + theta.numCols());
        }
        return new Gaussian(pi.toArray().clone(), rows(theta), rows(sigma), theta.numCols());
    }

    private static final class Gaussian extends NaiveBayesScore {
        private final double[] pi;
        private final double[] theta;
        private final double[] sigma;
        private final double[] logVariances;
        private final int numFeatures;

        /** Theta and sigma row by row. */
        Gaussian(double[] pi, double[] theta, double[] sigma, int numFeatures) {
            this.pi = pi;
            this.theta = theta;
            this.sigma = sigma;
            this.numFeatures = numFeatures;
            logVariances = new double[pi.length];
            for (int i = 0; i < sigma.length; i++) {
                logVariances[i / numFeatures] += Math.log(sigma[i]);
            }
        }

        @Override
        String nullFeaturesMessage() {
            return "Cannot invoke \"org.apache.spark.ml.linalg.Vector.apply(int)\" because \"features\" is null";
        }

        @Override
        void fill(Vector features, DenseVector filled) {
            double[] raw = filled.values();
            if (numFeatures > features.size()) {
                // as Spark, which looks the features up one after the other: the same exception
                features.apply(features.size());
            }
            for (int i = 0; i < raw.length; i++) {
                double distance = features instanceof SparseVector sparse
                        ? distance(sparse, i * numFeatures)
                        : distance(features.toArray(), i * numFeatures);
                raw[i] = pi[i] - (distance + logVariances[i]) / 2;
            }
        }

        private double distance(double[] features, int from) {
            double sum = 0.0;
            for (int j = 0; j < numFeatures; j++) {
                double difference = features[j] - theta[from + j];
                sum += difference * difference / sigma[from + j];
            }
            return sum;
        }

        private double distance(SparseVector features, int from) {
            int[] indices = features.indices();
            double sum = 0.0;
            int next = 0;
            for (int j = 0; j < numFeatures; j++) {
                double value = 0.0;
                if (next < indices.length && indices[next] == j) {
                    value = features.values()[next++];
                }
                double difference = value - theta[from + j];
                sum += difference * difference / sigma[from + j];
            }
            return sum;
        }
    }

    /** The entries row by row. */
    private static double[] rows(Matrix matrix) {
        return matrix.transpose().toArray();
    }

    /** As Spark's own map: what a sparse matrix does not store stays 0. */
    private static Matrix map(Matrix matrix, DoubleUnaryOperator function) {
        Function1<Object, Object> boxed = value -> function.applyAsDouble((Double) value);
        return matrix.map(boxed);
    }

    private static void requireNonnegative(Vector features) {
        for (double value : stored(features)) {
            if (value != 0 && !(value > 0)) {
                throw ScoringException.requirement(
                        "Naive Bayes requires nonnegative feature values but found " + features + ".");
            }
        }
    }

    private static void requireBits(Vector features) {
        for (double value : stored(features)) {
            if (value != 0 && value != 1) {
                throw ScoringException.requirement(
                        "Bernoulli naive Bayes requires 0 or 1 feature values but found " + features + ".");
            }
        }
    }

    private static double[] stored(Vector features) {
        return features instanceof SparseVector sparse ? sparse.values() : features.toArray();
    }
}
