// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;

/** Keeps the features that varied enough in training. As Spark's {@code VarianceThresholdSelectorModel}. */
public final class VarianceThresholdSelectorModel extends FeatureSelectorModel {

    /** A model that keeps the entries at the places {@code selectedFeatures}. */
    public VarianceThresholdSelectorModel(Params params, int[] selectedFeatures) {
        super(params, selectedFeatures);
    }

    static FeatureSelectorModel load(SavedStage saved) {
        return load(saved, VarianceThresholdSelectorModel::new);
    }

    @Override
    Attribute defaultAttribute() {
        return Attribute.numeric();
    }
}
