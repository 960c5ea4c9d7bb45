// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the standard deviation ({@code withStd}), after subtracting the mean ({@code withMean}). Where the deviation
 * is 0, the factor is 0. With the mean every result is dense; without it, sparse stays sparse. As Spark's
 * {@code StandardScalerModel}.
 */
public final class StandardScalerModel extends ScalerModel {

    private final VectorScaling scaling;

    public StandardScalerModel(Params params, Vector std, Vector mean) {
        super(params, mean.size());
        if (std.size() != mean.size()) {
            throw new IllegalArgumentException("std of size " + std.size() + ", mean of size " + mean.size());
        }
        scaling = new VectorScaling(
                params.getBoolean("withMean", false) ? mean.toArray() : null,
                params.getBoolean("withStd", true) ? VectorScaling.factors(std, 0.0) : null);
    }

    static StandardScalerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new StandardScalerModel(saved.params(), data.vector("std"), data.vector("mean"));
    }

    @Override
    protected @Nullable Object apply(@Nullable Object value) {
        return scaling.applyToRow((Vector) value);
    }

    /** The scaled vector; the vector itself if nothing is to be done. */
    public Vector scale(Vector vector) {
        return scaling.apply(vector);
    }
}
