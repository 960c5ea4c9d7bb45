// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import breeze.stats.distributions.Gamma;
import breeze.stats.distributions.RandBasis;
import io.millrace.mllib.model.ScoringException;
import org.apache.commons.math3.random.MersenneTwister;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/**
 * Infers how much of each topic is in a document, by the variational method of Spark's online LDA. It starts from random
 * numbers; the seed is fixed, so that the same document has the same answer. Immutable and thread-safe.
 */
final class TopicInference {

    /** Spark stops when the mean change of a step is not above this. */
    private static final double TOLERANCE = 1e-3;

    /** Counts that are not negative settle long before; with negative ones Spark can go on for ever. */
    private static final int MOST_STEPS = 100_000;

    private final int terms;
    private final int topics;
    /** By term and topic, the exponential of the expected logarithm of the term's probability in the topic. */
    private final double[] expected;

    private final double[] concentration;
    private final double gammaShape;
    private final long seed;

    /**
     * An inference over these topics.
     *
     * @param topicsMatrix a column per topic, a row per term, no entry negative
     * @param concentration the prior of the documents, an entry per topic
     * @throws IllegalArgumentException if sizes or numbers do not fit
     */
    TopicInference(Matrix topicsMatrix, Vector concentration, double gammaShape, long seed) {
        terms = topicsMatrix.numRows();
        topics = topicsMatrix.numCols();
        if (topics == 0 || concentration.size() != topics) {
            throw new IllegalArgumentException(
                    topics + " topics, a concentration of documents of size " + concentration.size());
        }
        if (!(gammaShape > 0) || Double.isInfinite(gammaShape)) {
            throw new IllegalArgumentException("gammaShape is " + gammaShape + ", must be above 0");
        }
        this.concentration = concentration.toArray().clone();
        for (double value : this.concentration) {
            if (!(value >= 0)) {
                throw new IllegalArgumentException("docConcentration holds " + value + ", must not be negative");
            }
        }
        this.gammaShape = gammaShape;
        this.seed = seed;
        expected = expected(topicsMatrix);
    }

    private double[] expected(Matrix topicsMatrix) {
        double[] result = new double[Math.multiplyExact(terms, topics)];
        for (int topic = 0; topic < topics; topic++) {
            double sum = 0.0;
            for (int term = 0; term < terms; term++) {
                double value = topicsMatrix.apply(term, topic);
                if (!(value >= 0)) {
                    throw new IllegalArgumentException("the topics hold " + value + " for term " + term + " in topic "
                            + topic + ", must not be negative");
                }
                sum += value;
            }
            double whole = digamma(sum);
            for (int term = 0; term < terms; term++) {
                result[term * topics + topic] = Math.exp(digamma(topicsMatrix.apply(term, topic)) - whole);
            }
        }
        return result;
    }

    int terms() {
        return terms;
    }

    int topics() {
        return topics;
    }

    double[] concentration() {
        return concentration.clone();
    }

    /**
     * The share of each topic in a document. They add up to 1, or are all 0 for a document without terms.
     *
     * @param document counts by term. A shorter dense vector is one without the other terms, as in Spark
     */
    double[] infer(Vector document) {
        if (document.numNonzeros() == 0) {
            return new double[topics];
        }
        double[] counts = document instanceof SparseVector sparse ? sparse.values() : document.toArray();
        int[] rows = rows(document, counts.length);
        double[] gamma = start();
        double[] theta = new double[topics];
        expectation(gamma, theta);
        double[] norms = new double[counts.length];
        normalise(rows, theta, norms);
        double change = 1.0;
        for (int step = 0; change > TOLERANCE; step++) {
            if (step == MOST_STEPS) {
                throw new ScoringException(
                        "java.lang.IllegalStateException",
                        "the topics of a document have not settled after " + MOST_STEPS
                                + " steps; are counts negative?");
            }
            change = step(rows, counts, norms, theta, gamma) / topics;
            expectation(gamma, theta);
            normalise(rows, theta, norms);
        }
        double sum = 0.0;
        for (double value : gamma) {
            sum += Math.abs(value);
        }
        if (sum != 0.0) {
            for (int topic = 0; topic < topics; topic++) {
                gamma[topic] /= sum;
            }
        }
        return gamma;
    }

    private int[] rows(Vector document, int stored) {
        if (document instanceof SparseVector sparse) {
            int[] indices = sparse.indices();
            for (int index : indices) {
                if (index >= terms) {
                    throw outside(index);
                }
            }
            return indices;
        }
        if (stored > terms) {
            throw outside(terms);
        }
        int[] rows = new int[stored];
        for (int i = 0; i < stored; i++) {
            rows[i] = i;
        }
        return rows;
    }

    private ScoringException outside(int term) {
        return new ScoringException(
                "java.lang.IndexOutOfBoundsException",
                "(" + term + ",0) not in [-" + terms + "," + terms + ") x [-" + topics + "," + topics + ")");
    }

    private double[] start() {
        Gamma gamma = new Gamma(gammaShape, 1.0 / gammaShape, new RandBasis(new MersenneTwister(seed)));
        double[] start = new double[topics];
        for (int topic = 0; topic < topics; topic++) {
            start[topic] = gamma.draw$mcD$sp();
        }
        return start;
    }

    /** One step of gamma, in place; gives the sum of the changes. */
    private double step(int[] rows, double[] counts, double[] norms, double[] theta, double[] gamma) {
        double change = 0.0;
        for (int topic = 0; topic < topics; topic++) {
            double sum = 0.0;
            for (int i = 0; i < rows.length; i++) {
                sum = Math.fma(expected[rows[i] * topics + topic], counts[i] / norms[i], sum);
            }
            double next = theta[topic] * sum + concentration[topic];
            change += Math.abs(next - gamma[topic]);
            gamma[topic] = next;
        }
        return change;
    }

    private void normalise(int[] rows, double[] theta, double[] norms) {
        for (int i = 0; i < rows.length; i++) {
            int row = rows[i] * topics;
            double sum = 0.0;
            for (int topic = 0; topic < topics; topic++) {
                sum = Math.fma(expected[row + topic], theta[topic], sum);
            }
            norms[i] = sum + 1e-100;
        }
    }

    private static void expectation(double[] gamma, double[] theta) {
        double sum = 0.0;
        for (double value : gamma) {
            sum += value;
        }
        double whole = digamma(sum);
        for (int topic = 0; topic < gamma.length; topic++) {
            theta[topic] = Math.exp(digamma(gamma[topic]) - whole);
        }
    }

    /** The digamma function of commons-math, which calls itself once for each whole number that its argument is below 0. */
    private static double digamma(double x) {
        if (x < -1_000) {
            throw new ScoringException(
                    "java.lang.StackOverflowError", "the digamma function of " + x + ", are counts negative?");
        }
        return org.apache.commons.math3.special.Gamma.digamma(x);
    }
}
