// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import org.apache.spark.ml.linalg.Vector;

/** What {@link StreamingLinearRegressionWithSGD} has learnt: predicts the sum of features times weights. */
public final class OnlineRegressionModel extends OnlineLinearModel {

    public OnlineRegressionModel(Vector weights) {
        super(weights);
    }

    @Override
    public double predict(Vector features) {
        return margin(features);
    }
}
