// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import java.util.List;

/** What a batch must be like before anything is learnt from it. */
final class Batches {

    private Batches() {}

    static void check(List<LabeledPoint> batch, int numFeatures) {
        for (LabeledPoint point : batch) {
            if (point.features().size() != numFeatures) {
                throw new IllegalArgumentException(
                        "a point with " + point.features().size() + " features, the model has " + numFeatures);
            }
        }
    }
}
