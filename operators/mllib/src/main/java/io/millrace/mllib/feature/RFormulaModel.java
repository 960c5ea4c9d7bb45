// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;

/**
 * What an R formula became: the stages that make its features, and its label as a number. The label column is written only
 * where the formula's label is in the data and {@code labelCol} is not. As Spark's {@code RFormulaModel}.
 */
public final class RFormulaModel implements Transformer {

    private final String uid;
    private final String featuresCol;
    private final String labelCol;
    private final String label;
    private final Transformer pipeline;

    /**
     * A formula whose stages are trained.
     *
     * @param label the column left of the tilde; "" if there is none
     * @param pipeline makes the features
     */
    public RFormulaModel(Params params, String label, Transformer pipeline) {
        uid = params.uid();
        featuresCol = params.getString("featuresCol", "features");
        labelCol = params.getString("labelCol", "label");
        this.label = label;
        this.pipeline = pipeline;
    }

    static RFormulaModel load(SavedStage saved) {
        Transformer pipeline = saved.loadChild(saved.directory().child("pipelineModel"));
        return new RFormulaModel(saved.params(), saved.data().getString("label"), pipeline);
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        if (plan.schema().contains(featuresCol)) {
            throw new IllegalArgumentException("requirement failed: Features column already exists.");
        }
        Field present = plan.schema().find(labelCol);
        if (present != null && !present.type().isNumeric()) {
            throw new IllegalArgumentException(
                    "requirement failed: Label column already exists and is not of type numeric.");
        }
        pipeline.plan(plan);
        Field source = plan.schema().find(label);
        if (source == null || plan.schema().contains(labelCol)) {
            return;
        }
        if (!source.type().isNumeric() && !source.type().equals(DataType.BOOLEAN)) {
            throw new IllegalArgumentException(
                    "Unsupported type for label: " + source.type().sparkName());
        }
        int in = plan.slot(label);
        int out = plan.add(new Field(labelCol, DataType.DOUBLE, source.nullable(), null));
        plan.step(slots -> {
            Object value = slots[in];
            if (value instanceof Boolean truth) {
                slots[out] = truth ? 1.0 : 0.0;
            } else {
                slots[out] = value == null ? null : (Object) ((Number) value).doubleValue();
            }
            return true;
        });
    }
}
