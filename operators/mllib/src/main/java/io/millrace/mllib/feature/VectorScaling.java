// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.ScoringException;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * What Spark's scalers share: subtract, then multiply. With something to subtract every result is dense; without, sparse
 * stays sparse. With neither, the vector itself comes back.
 */
final class VectorScaling {

    private final double @Nullable [] shift;
    private final double @Nullable [] scale;

    /** The arrays are not copied. Null is for not to be done. */
    VectorScaling(double @Nullable [] shift, double @Nullable [] scale) {
        this.shift = shift;
        this.scale = scale;
    }

    /** The factors for {@code deviations}: one over each, or {@code ofZero} where it is 0. */
    static double[] factors(Vector deviations, double ofZero) {
        double[] factors = deviations.toArray().clone();
        for (int i = 0; i < factors.length; i++) {
            factors[i] = factors[i] == 0 ? ofZero : 1.0 / factors[i];
        }
        return factors;
    }

    /** As {@link #apply}, for a row: Spark has three ways to meet a null. */
    @Nullable
    Vector applyToRow(@Nullable Vector vector) {
        if (vector != null) {
            return apply(vector);
        }
        if (shift != null) {
            throw ScoringException.noMatchForNull();
        }
        if (scale != null) {
            throw ScoringException.nullCall("Object.getClass()", "<local3>");
        }
        return null;
    }

    Vector apply(Vector vector) {
        if (shift != null) {
            double[] values = copy(vector);
            for (int i = 0; i < values.length; i++) {
                double shifted = values[i] - shift[i];
                values[i] = scale == null ? shifted : shifted * scale[i];
            }
            return new DenseVector(values);
        }
        if (scale == null) {
            return vector;
        }
        if (vector instanceof SparseVector sparse) {
            int[] indices = sparse.indices();
            double[] values = sparse.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= scale[indices[i]];
            }
            return Vectors.sparse(sparse.size(), indices, values);
        }
        double[] values = copy(vector);
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale[i];
        }
        return new DenseVector(values);
    }

    /** The entries in an array that nobody else has. */
    static double[] copy(Vector vector) {
        return vector instanceof DenseVector dense ? dense.values().clone() : vector.toArray();
    }
}
