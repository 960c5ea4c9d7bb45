// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;

/** Keeps the features that a chi-squared test chose in training. As Spark's {@code ChiSqSelectorModel}. */
public final class ChiSqSelectorModel extends FeatureSelectorModel {

    /** A model that keeps the entries at the places {@code selectedFeatures}. */
    public ChiSqSelectorModel(Params params, int[] selectedFeatures) {
        super(params, selectedFeatures);
    }

    static FeatureSelectorModel load(SavedStage saved) {
        return load(saved, ChiSqSelectorModel::new);
    }

    @Override
    Attribute defaultAttribute() {
        return Attribute.nominal();
    }
}
