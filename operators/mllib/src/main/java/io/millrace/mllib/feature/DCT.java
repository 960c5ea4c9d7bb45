// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import org.jtransforms.dct.DoubleDCT_1D;

/**
 * The discrete cosine transform, DCT-II, scaled so that it is unitary, or with {@code inverse} the DCT-III that undoes
 * it. Any size; the result is dense. As Spark's {@code DCT}, by the same library.
 */
public final class DCT extends VectorStage {

    /** The tables for one size; they are only read. */
    private record Plan(int size, DoubleDCT_1D transform) {}

    private final boolean inverse;

    /** The plan for the size that came last: most columns have one size. */
    private volatile @Nullable Plan last;

    public DCT(Params params) {
        super(params);
        inverse = params.getBoolean("inverse", false);
    }

    static DCT load(SavedStage saved) {
        return new DCT(saved.params());
    }

    @Override
    int outputSize(int inputSize) {
        return inputSize;
    }

    @Override
    protected Object apply(@Nullable Object value) {
        if (value == null) {
            throw ScoringException.nullCall("org.apache.spark.ml.linalg.Vector.toArray()", "vec");
        }
        return cosines((Vector) value);
    }

    /** The transformed vector. */
    public Vector cosines(Vector vector) {
        double[] values = VectorScaling.copy(vector);
        Plan plan = last;
        if (plan == null || plan.size() != values.length) {
            plan = new Plan(values.length, new DoubleDCT_1D(values.length));
            last = plan;
        }
        if (inverse) {
            plan.transform().inverse(values, true);
        } else {
            plan.transform().forward(values, true);
        }
        return new DenseVector(values);
    }
}
