// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tuning;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;

/** The best model of a cross validation. As Spark's {@code CrossValidatorModel}. */
public final class CrossValidatorModel extends BestModel {

    public CrossValidatorModel(String uid, Transformer bestModel) {
        super(uid, bestModel);
    }

    static CrossValidatorModel load(SavedStage saved) {
        return new CrossValidatorModel(saved.metadata().uid(), loadBest(saved));
    }
}
