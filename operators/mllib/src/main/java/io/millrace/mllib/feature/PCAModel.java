// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.NullVector;
import io.millrace.mllib.model.QuietNetlib;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.DenseVector;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;

/**
 * Projects vectors to principal components; they are not centred first. The result is dense. As Spark's {@code PCAModel}.
 */
public final class PCAModel extends ColumnStage {

    static {
        QuietNetlib.apply();
    }

    private final DenseMatrix transposed;
    private final Vector explainedVariance;
    private final int k;

    /**
     * A projection.
     *
     * @param pc a column per component, a row per feature
     * @param explainedVariance the share of each component; empty if it is not known
     */
    public PCAModel(Params params, Matrix pc, Vector explainedVariance) {
        super(params);
        k = params.getInt("k", pc.numCols());
        if (k <= 0) {
            throw params.failure("k", "is " + k + ", must be above 0");
        }
        transposed = pc.toDense().transpose();
        this.explainedVariance = explainedVariance;
    }

    static PCAModel load(SavedStage saved) {
        ParquetRow data = saved.data();
        // Spark 1.6 and before did not save the variance
        Vector variance =
                data.has("explainedVariance") ? data.vector("explainedVariance") : Vectors.dense(new double[0]);
        return new PCAModel(saved.params(), data.matrix("pc"), variance);
    }

    /** How many features go in. */
    public int numFeatures() {
        return transposed.numCols();
    }

    /** How many components come out. */
    public int numComponents() {
        return transposed.numRows();
    }

    /** The principal components: a column per component. */
    public DenseMatrix pc() {
        return transposed.transpose().copy();
    }

    /** The share of the variance that each component explains; empty for a model of Spark 1. */
    public Vector explainedVariance() {
        return explainedVariance.copy();
    }

    @Override
    protected Field outputField(Field input) {
        RowPlan.checkVector(input);
        return Field.of(outputCol(), DataType.VECTOR).withAttributes(AttributeGroup.ofSize(outputCol(), k));
    }

    @Override
    protected String outputExists() {
        return "requirement failed: Output column " + outputCol() + " already exists.";
    }

    @Override
    protected Object apply(@Nullable Object value) {
        return project(NullVector.called((Vector) value, "size", "x"));
    }

    /** The principal components of a vector. */
    public DenseVector project(Vector features) {
        DenseVector components = new DenseVector(new double[transposed.numRows()]);
        BLAS.gemv(1.0, transposed, features, 0.0, components);
        return components;
    }
}
