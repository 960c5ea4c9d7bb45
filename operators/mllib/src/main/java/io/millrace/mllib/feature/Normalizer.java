// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Divides a vector by its p-norm; {@code p} is 1 or more, infinity too, 2 by default. A vector of norm 0 comes back as it
 * is. Sparse stays sparse. As Spark's {@code Normalizer}.
 */
public final class Normalizer extends VectorStage {

    private final double p;

    public Normalizer(Params params) {
        super(params);
        p = params.getDouble("p", 2.0);
        if (!(p >= 1)) {
            throw params.failure("p", "is " + p + ", must be 1 or more");
        }
    }

    static Normalizer load(SavedStage saved) {
        return new Normalizer(saved.params());
    }

    @Override
    int outputSize(int inputSize) {
        return inputSize;
    }

    @Override
    protected Object apply(@Nullable Object value) {
        if (value == null) {
            throw ScoringException.noMatchForNull();
        }
        return normalize((Vector) value);
    }

    /** The vector divided by its norm. */
    public Vector normalize(Vector vector) {
        double norm = Vectors.norm(vector, p);
        if (norm == 0.0) {
            return vector;
        }
        if (vector instanceof SparseVector sparse) {
            return Vectors.sparse(sparse.size(), sparse.indices(), divide(sparse.values(), norm));
        }
        return new DenseVector(divide(vector.toArray(), norm));
    }

    private static double[] divide(double[] values, double norm) {
        double[] divided = values.clone();
        for (int i = 0; i < divided.length; i++) {
            divided[i] /= norm;
        }
        return divided;
    }
}
