// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Divides every feature by the largest absolute value that was seen of it; where that is 0, by 1. Sparse stays sparse. As
 * Spark's {@code MaxAbsScalerModel}.
 */
public final class MaxAbsScalerModel extends ScalerModel {

    private final VectorScaling scaling;

    public MaxAbsScalerModel(Params params, Vector maxAbs) {
        super(params, maxAbs.size());
        scaling = new VectorScaling(null, VectorScaling.factors(maxAbs, 1.0));
    }

    static MaxAbsScalerModel load(SavedStage saved) {
        return new MaxAbsScalerModel(saved.params(), saved.data().vector("maxAbs"));
    }

    @Override
    protected @Nullable Object apply(@Nullable Object value) {
        return scaling.applyToRow((Vector) value);
    }

    /** The scaled vector. */
    public Vector scale(Vector vector) {
        return scaling.apply(vector);
    }
}
