// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.Field;

/** A scaler of vectors that was trained on vectors of one size. */
abstract class ScalerModel extends VectorStage {

    private final int size;

    ScalerModel(Params params, int size) {
        super(params);
        this.size = size;
    }

    /** How many features the model was trained with. */
    public final int numFeatures() {
        return size;
    }

    @Override
    public final void plan(RowPlan plan) {
        plan.vectorSlot(inputCol());
        if (plan.schema().contains(outputCol())) {
            throw new IllegalArgumentException("requirement failed: Output column " + outputCol() + " already exists.");
        }
        super.plan(plan);
    }

    @Override
    final int outputSize(int inputSize) {
        return size;
    }

    @Override
    protected final Field outputField(Field input) {
        return super.outputField(input);
    }
}
