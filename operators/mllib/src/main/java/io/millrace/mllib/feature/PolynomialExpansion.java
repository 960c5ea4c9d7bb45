// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import java.util.Arrays;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * All products of up to {@code degree} (2 by default) entries of a vector, without the constant 1, in Spark's order:
 * {@code x, x², y, xy, y², …}. Sparse stays sparse. As Spark's {@code PolynomialExpansion}.
 */
public final class PolynomialExpansion extends VectorStage {

    /** How many products can be stored: 16,777,216. */
    public static final int MOST = 1 << 24;

    private final int degree;

    public PolynomialExpansion(Params params) {
        super(params);
        degree = params.getInt("degree", 2);
        if (degree < 1) {
            throw params.failure("degree", "is " + degree + ", must be 1 or more");
        }
    }

    static PolynomialExpansion load(SavedStage saved) {
        return new PolynomialExpansion(saved.params());
    }

    @Override
    int outputSize(int inputSize) {
        return -1;
    }

    @Override
    protected Object apply(@Nullable Object value) {
        if (value == null) {
            throw new ScoringException("java.lang.IllegalArgumentException", null);
        }
        return expand((Vector) value);
    }

    /**
     * The products.
     *
     * @throws ScoringException if there would be 2³¹ or more, or more than {@link #MOST} to store, or if the vector has so many entries that the recursion over
     *     them ends the stack, as in Spark
     */
    public Vector expand(Vector vector) {
        try {
            return expanded(vector);
        } catch (StackOverflowError e) {
            throw new ScoringException("java.lang.StackOverflowError", null, e);
        }
    }

    private Vector expanded(Vector vector) {
        int size = terms(vector.size(), degree) - 1;
        int stored = terms(vector.numActives(), degree) - 1;
        if (stored > MOST) {
            throw ScoringException.requirement("the expansion of " + vector.numActives() + " entries has " + stored
                    + " products, it can have " + MOST);
        }
        if (vector instanceof SparseVector sparse) {
            SparseTerms terms = new SparseTerms(sparse);
            terms.expand(sparse.values().length - 1, sparse.size() - 1, degree, 1.0, -1);
            return new SparseVector(size, terms.indices(), terms.values());
        }
        double[] products = new double[size];
        expand(vector.toArray(), vector.size() - 1, degree, 1.0, products, -1);
        return new DenseVector(products);
    }

    /** Fills in the products of entries up to {@code last} with {@code multiplier}; gives the place after them. */
    private static int expand(double[] entries, int last, int degree, double multiplier, double[] products, int place) {
        if (multiplier != 0.0) {
            if (degree == 0 || last < 0) {
                if (place >= 0) {
                    products[place] = multiplier;
                }
            } else {
                double power = multiplier;
                int next = place;
                for (int i = 0; i <= degree && power != 0.0; i++) {
                    next = expand(entries, last - 1, degree - i, power, products, next);
                    power *= entries[last];
                }
            }
        }
        return place + terms(last + 1, degree);
    }

    /** How many products there are of up to {@code degree} of {@code n} entries, the empty one included. */
    static int terms(int n, int degree) {
        int fewer = Math.min(n, degree);
        long more = Math.max(n, degree);
        long terms = 1;
        for (int i = 1; i <= fewer; i++) {
            terms = terms * (more + i) / i;
            if (terms > Integer.MAX_VALUE) {
                throw new ScoringException("java.lang.IllegalArgumentException", "requirement failed");
            }
        }
        return (int) terms;
    }

    /** The products of a sparse vector that are not 0. */
    private static final class SparseTerms {

        private final int[] entryIndices;
        private final double[] entries;
        private int[] indices = new int[16];
        private double[] values = new double[16];
        private int count;

        SparseTerms(SparseVector vector) {
            entryIndices = vector.indices();
            entries = vector.values();
        }

        /** As for a dense vector; {@code last} counts stored entries, {@code lastFeature} all. */
        int expand(int last, int lastFeature, int degree, double multiplier, int place) {
            if (multiplier != 0.0) {
                if (degree == 0 || last < 0) {
                    if (place >= 0) {
                        add(place, multiplier);
                    }
                } else {
                    double power = multiplier;
                    int next = place;
                    for (int i = 0; i <= degree && power != 0.0; i++) {
                        next = expand(last - 1, entryIndices[last] - 1, degree - i, power, next);
                        power *= entries[last];
                    }
                }
            }
            return place + terms(lastFeature + 1, degree);
        }

        private void add(int place, double value) {
            if (count == indices.length) {
                indices = Arrays.copyOf(indices, 2 * count);
                values = Arrays.copyOf(values, 2 * count);
            }
            indices[count] = place;
            values[count++] = value;
        }

        int[] indices() {
            return Arrays.copyOf(indices, count);
        }

        double[] values() {
            return Arrays.copyOf(values, count);
        }
    }
}
