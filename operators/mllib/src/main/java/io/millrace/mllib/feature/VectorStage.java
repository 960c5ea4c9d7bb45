// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ColumnStage;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.TypeNames;

/** A stage that makes vectors of vectors, one column of another. */
abstract class VectorStage extends ColumnStage {

    VectorStage(Params params) {
        super(params);
    }

    @Override
    public void plan(RowPlan plan) {
        if (plan.schema().contains(outputCol())) {
            throw new IllegalArgumentException("Output column " + outputCol() + " already exists.");
        }
        super.plan(plan);
    }

    @Override
    protected Field outputField(Field input) {
        if (!input.type().equals(DataType.VECTOR)) {
            throw new IllegalArgumentException("requirement failed: Input type must be "
                    + TypeNames.catalog(DataType.VECTOR) + " but got " + TypeNames.catalog(input.type()) + ".");
        }
        return ofSize(outputSize(input.attributeGroup().size()));
    }

    /** The size of the vectors that come out, or -1; {@code inputSize} is that of those that go in, or -1. */
    abstract int outputSize(int inputSize);

    /** The output column with the metadata that Spark gives it; nothing if the size is -1. */
    final Field ofSize(int size) {
        if (size == 0) {
            throw new IllegalArgumentException("requirement failed");
        }
        Field output = Field.of(outputCol(), DataType.VECTOR);
        return size < 0 ? output : output.withAttributes(AttributeGroup.ofSize(outputCol(), size));
    }
}
