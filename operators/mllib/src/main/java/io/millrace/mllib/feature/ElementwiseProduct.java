// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies every entry by that of {@code scalingVec}. Sparse stays sparse: products that are 0 stay stored. As Spark's
 * {@code ElementwiseProduct}.
 */
public final class ElementwiseProduct extends VectorStage {

    /** How many entries {@code scalingVec} can have: 16,777,216. A sparse one says any size in a few bytes. */
    public static final int MOST = 1 << 24;

    private final int size;
    private final VectorScaling scaling;

    public ElementwiseProduct(Params params) {
        super(params);
        Vector given = params.vector("scalingVec");
        if (given.size() > MOST) {
            throw params.failure("scalingVec", "has " + given.size() + " entries, must have " + MOST + " at most");
        }
        double[] weights = given.toArray();
        size = weights.length;
        scaling = new VectorScaling(null, weights);
    }

    static ElementwiseProduct load(SavedStage saved) {
        return new ElementwiseProduct(saved.params());
    }

    @Override
    int outputSize(int inputSize) {
        return size;
    }

    @Override
    protected Object apply(@Nullable Object value) {
        if (value == null) {
            throw ScoringException.nullCall("org.apache.spark.ml.linalg.Vector.size()", "vector");
        }
        return multiply((Vector) value);
    }

    /**
     * The products.
     *
     * @throws ScoringException if the vector has another size than {@code scalingVec}
     */
    public Vector multiply(Vector vector) {
        if (vector.size() != size) {
            throw ScoringException.requirement(
                    "vector sizes do not match: Expected " + size + " but found " + vector.size());
        }
        return scaling.apply(vector);
    }
}
