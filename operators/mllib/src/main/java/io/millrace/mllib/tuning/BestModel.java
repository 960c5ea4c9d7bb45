// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tuning;

import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;

/** What a selection among models chose. The estimator, the evaluator and the models not chosen are never loaded. */
public abstract sealed class BestModel implements Transformer permits CrossValidatorModel, TrainValidationSplitModel {

    private final String uid;
    private final Transformer bestModel;

    BestModel(String uid, Transformer bestModel) {
        this.uid = uid;
        this.bestModel = bestModel;
    }

    static Transformer loadBest(SavedStage saved) {
        return saved.loadChild(saved.directory().child("bestModel"));
    }

    @Override
    public final String uid() {
        return uid;
    }

    /** The model that scores. */
    public final Transformer bestModel() {
        return bestModel;
    }

    @Override
    public final void plan(RowPlan plan) {
        bestModel.plan(plan);
    }
}
