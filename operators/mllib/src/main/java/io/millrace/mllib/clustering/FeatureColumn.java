// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.table.DataType;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/** The column of features of a clustering: of vectors, or of arrays of doubles or floats that are never null inside. */
final class FeatureColumn {

    private static final DataType DOUBLES = new DataType.Array(DataType.DOUBLE, false);
    private static final DataType FLOATS = new DataType.Array(DataType.FLOAT, false);

    private final int slot;
    private final DataType type;

    private FeatureColumn(int slot, DataType type) {
        this.slot = slot;
        this.type = type;
    }

    /**
     * The column of that name.
     *
     * @throws IllegalArgumentException if there is none, or it is of another type, as Spark refuses it
     */
    static FeatureColumn of(RowPlan plan, String name) {
        DataType type = plan.field(name).type();
        if (!type.equals(DOUBLES) && !type.equals(FLOATS) && !type.equals(DataType.VECTOR)) {
            throw new IllegalArgumentException("requirement failed: Column " + name
                    + " must be of type equal to one of the following types: [struct<type:tinyint,size:int,"
                    + "indices:array<int>,values:array<double>>, array<double>, array<float>] but was actually of type "
                    + type.sparkName() + ".");
        }
        return new FeatureColumn(plan.slot(name), type);
    }

    /** The features of a row; null if a vector is null. An array becomes a dense vector, and one that is null is refused. */
    @Nullable
    Vector get(@Nullable Object[] slots) {
        Object value = slots[slot];
        if (type.equals(DataType.VECTOR)) {
            return (Vector) value;
        }
        if (value == null) {
            String method = type.equals(DOUBLES) ? "toArray(scala.reflect.ClassTag)" : "size()";
            throw new ScoringException(
                    "java.lang.NullPointerException",
                    "Cannot invoke \"scala.collection.immutable.Seq." + method + "\" because \"vector\" is null");
        }
        List<?> numbers = (List<?>) value;
        double[] values = new double[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = ((Number) numbers.get(i)).doubleValue();
        }
        return Vectors.dense(values);
    }
}
