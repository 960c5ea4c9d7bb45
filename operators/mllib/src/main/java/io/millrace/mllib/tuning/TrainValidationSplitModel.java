// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tuning;

import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.model.Transformer;

/** The best model of a validation by a split of the data. As Spark's {@code TrainValidationSplitModel}. */
public final class TrainValidationSplitModel extends BestModel {

    public TrainValidationSplitModel(String uid, Transformer bestModel) {
        super(uid, bestModel);
    }

    static TrainValidationSplitModel load(SavedStage saved) {
        return new TrainValidationSplitModel(saved.metadata().uid(), loadBest(saved));
    }
}
