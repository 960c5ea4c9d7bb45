// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies every entry with the inverse document frequency of its place. Dense stays dense, sparse stays sparse with the
 * same indices, zeros too. As Spark's {@code IDFModel}.
 */
public final class IDFModel extends ColumnStage {

    private final double[] idf;

    public IDFModel(Params params, Vector idf) {
        super(params);
        this.idf = idf.toArray().clone();
    }

    static IDFModel load(SavedStage saved) {
        return new IDFModel(saved.params(), saved.data().vector("idf"));
    }

    @Override
    protected Field outputField(Field input) {
        RowPlan.checkVector(input);
        return Field.of(outputCol(), DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol(), idf.length));
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return weigh((Vector) NullInput.refuse(value, "Object.getClass()", "<local4>"));
    }

    /** The vector with its entries weighed. A dense vector may be shorter than those the model was trained with. */
    public Vector weigh(Vector vector) {
        if (vector instanceof SparseVector sparse) {
            int[] indices = sparse.indices();
            double[] values = sparse.values();
            double[] weighed = new double[values.length];
            for (int i = 0; i < weighed.length; i++) {
                weighed[i] = values[i] * idf[indices[i]];
            }
            return Vectors.sparse(sparse.size(), indices, weighed);
        }
        double[] values = vector.toArray();
        double[] weighed = new double[values.length];
        for (int i = 0; i < weighed.length; i++) {
            weighed[i] = values[i] * idf[i];
        }
        return Vectors.dense(weighed);
    }
}
