// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the standard deviation ({@code withStd}), after subtracting the mean ({@code withMean}). Where the deviation
 * is 0, the factor is 0. With the mean every result is dense; without it, sparse stays sparse. As Spark's
 * {@code StandardScalerModel}.
 */
public final class StandardScalerModel extends ColumnStage {

    private final boolean withMean;
    private final boolean withStd;
    private final double[] mean;
    private final double[] factor;

    public StandardScalerModel(Params params, Vector std, Vector mean) {
        super(params);
        if (std.size() != mean.size()) {
            throw new IllegalArgumentException("std of size " + std.size() + ", mean of size " + mean.size());
        }
        withMean = params.getBoolean("withMean", false);
        withStd = params.getBoolean("withStd", true);
        this.mean = mean.toArray();
        factor = std.toArray().clone();
        for (int i = 0; i < factor.length; i++) {
            factor[i] = factor[i] == 0 ? 0.0 : 1.0 / factor[i];
        }
    }

    static StandardScalerModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        return new StandardScalerModel(saved.params(), data.vector("std"), data.vector("mean"));
    }

    @Override
    protected Field outputField(Field input) {
        if (!input.type().equals(DataType.VECTOR)) {
            throw wrongType(input, "vector");
        }
        return Field.of(outputCol(), DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol(), mean.length));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return scale((Vector) nonNull(value, inputCol()));
    }

    /** The scaled vector; the vector itself if nothing is to be done. */
    public Vector scale(Vector vector) {
        if (withMean) {
            double[] values = vector.toArray().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] = withStd ? (values[i] - mean[i]) * factor[i] : values[i] - mean[i];
            }
            return Vectors.dense(values);
        }
        if (!withStd) {
            return vector;
        }
        if (vector instanceof SparseVector sparse) {
            double[] values = sparse.values().clone();
            int[] indices = sparse.indices();
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor[indices[i]];
            }
            return Vectors.sparse(sparse.size(), indices, values);
        }
        double[] values = vector.toArray().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= factor[i];
        }
        return Vectors.dense(values);
    }
}
