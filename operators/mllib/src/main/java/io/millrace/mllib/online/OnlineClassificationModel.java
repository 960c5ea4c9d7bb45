// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import org.apache.spark.ml.linalg.Vector;

/** What {@link StreamingLogisticRegressionWithSGD} has learnt: predicts class 1 where its probability is above 0.5. */
public final class OnlineClassificationModel extends OnlineLinearModel {

    private static final double THRESHOLD = 0.5;

    public OnlineClassificationModel(Vector weights) {
        super(weights);
    }

    /** The class, 0 or 1. */
    @Override
    public double predict(Vector features) {
        return probability(features) > THRESHOLD ? 1.0 : 0.0;
    }

    /** The probability of class 1. */
    public double probability(Vector features) {
        return 1.0 / (1.0 + Math.exp(-margin(features)));
    }
}
