// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Moves every feature from the range it had in training to {@code [min, max]}; values outside of the one come out outside
 * of the other. A feature that was constant becomes the middle. NaN stays NaN. The result is dense or sparse, whichever is
 * smaller. As Spark's {@code MinMaxScalerModel}.
 */
public final class MinMaxScalerModel extends ScalerModel {

    private final double[] lowest;
    private final double[] factor;
    private final double min;
    private final double constant;

    public MinMaxScalerModel(Params params, Vector originalMin, Vector originalMax) {
        super(params, originalMin.size());
        if (originalMin.size() != originalMax.size()) {
            throw new IllegalArgumentException(
                    "originalMin of size " + originalMin.size() + ", originalMax of size " + originalMax.size());
        }
        min = params.getDouble("min", 0.0);
        double max = params.getDouble("max", 1.0);
        if (!(min < max)) {
            throw params.failure("min", "is " + min + ", must be below max, " + max);
        }
        constant = (min + max) / 2;
        lowest = originalMin.toArray();
        factor = originalMax.toArray().clone();
        for (int i = 0; i < factor.length; i++) {
            double range = factor[i] - lowest[i];
            factor[i] = range == 0 ? 0.0 : (max - min) / range;
        }
    }

    static MinMaxScalerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new MinMaxScalerModel(saved.params(), data.vector("originalMin"), data.vector("originalMax"));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        if (value == null) {
            throw ScoringException.nullCall("org.apache.spark.ml.linalg.Vector.size()", "vector");
        }
        return scale((Vector) value);
    }

    /**
     * The scaled vector.
     *
     * @throws ScoringException if it has another size than the model
     */
    public Vector scale(Vector vector) {
        if (vector.size() != factor.length) {
            throw ScoringException.requirement(
                    "Number of features must be " + factor.length + " but got " + vector.size());
        }
        double[] values = VectorScaling.copy(vector);
        for (int i = 0; i < values.length; i++) {
            if (!Double.isNaN(values[i])) {
                values[i] = factor[i] == 0 ? constant : (values[i] - lowest[i]) * factor[i] + min;
            }
        }
        return new DenseVector(values).compressed();
    }
}
