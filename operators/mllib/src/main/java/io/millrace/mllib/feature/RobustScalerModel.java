// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the range between two quantiles ({@code withScaling}), after subtracting the median ({@code withCentering}).
 * Where the range is 0, the factor is 0. With the median every result is dense; without it, sparse stays sparse. As
 * Spark's {@code RobustScalerModel}.
 */
public final class RobustScalerModel extends ScalerModel {

    private final VectorScaling scaling;

    public RobustScalerModel(Params params, Vector range, Vector median) {
        super(params, median.size());
        if (range.size() != median.size()) {
            throw new IllegalArgumentException("range of size " + range.size() + ", median of size " + median.size());
        }
        double lower = params.getDouble("lower", 0.25);
        double upper = params.getDouble("upper", 0.75);
        if (!(lower < upper)) {
            throw params.failure("lower", "is " + lower + ", must be below upper, " + upper);
        }
        scaling = new VectorScaling(
                params.getBoolean("withCentering", false) ? median.toArray() : null,
                params.getBoolean("withScaling", true) ? VectorScaling.factors(range, 0.0) : null);
    }

    static RobustScalerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new RobustScalerModel(saved.params(), data.vector("range"), data.vector("median"));
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
