// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.model;

import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.Field;
import org.jspecify.annotations.Nullable;

/** A stage that makes one column ({@code outputCol}) of one other ({@code inputCol}). */
public abstract class ColumnStage implements Transformer {

    private final String uid;
    private final String inputCol;
    private final String outputCol;

    protected ColumnStage(Params params) {
        uid = params.uid();
        inputCol = params.getString("inputCol");
        outputCol = params.outputCol();
    }

    @Override
    public final String uid() {
        return uid;
    }

    public final String inputCol() {
        return inputCol;
    }

    public final String outputCol() {
        return outputCol;
    }

    @Override
    public void plan(RowPlan plan) {
        Field input = plan.field(inputCol);
        Field output = outputField(input);
        int in = plan.slot(inputCol);
        if (plan.schema().contains(outputCol)) {
            throw new IllegalArgumentException(outputExists());
        }
        int out = plan.add(output);
        plan.step(slots -> {
            slots[out] = apply(slots[in]);
            return true;
        });
    }

    /**
     * Checks the type of the input column and describes the output column, whose name is {@link #outputCol()}.
     *
     * @throws IllegalArgumentException if the type does not fit
     */
    protected abstract Field outputField(Field input);

    /** The output value of an input value. */
    protected abstract @Nullable Object apply(@Nullable Object value);

    /** What Spark says where the output column is there already: its families have three ways. */
    protected String outputExists() {
        return "requirement failed: Column " + outputCol + " already exists.";
    }
}
