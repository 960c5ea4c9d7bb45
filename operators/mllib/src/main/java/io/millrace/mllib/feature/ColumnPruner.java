// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import java.util.List;

/** Takes columns away; part of what {@link RFormulaModel} saves. As Spark's {@code ColumnPruner}. */
public final class ColumnPruner implements Transformer {

    private final String uid;
    private final List<String> columns;

    public ColumnPruner(Params params, List<String> columns) {
        uid = params.uid();
        this.columns = List.copyOf(columns);
    }

    static ColumnPruner load(SavedStage saved) {
        return new ColumnPruner(saved.params(), saved.data().strings("columnsToPrune"));
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public void plan(RowPlan plan) {
        plan.drop(columns);
    }
}
