// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.storage.Params;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;

/** A model that predicts the first feature times a factor, and refuses vectors of more than one feature. */
final class Times extends PredictionModel {

    private final double factor;

    Times(double factor) {
        super(Params.of("times-" + factor, Map.of()));
        this.factor = factor;
    }

    static Vector vector(double value) {
        return Vectors.dense(new double[] {value});
    }

    @Override
    public int numFeatures() {
        return 1;
    }

    @Override
    public double predict(Vector features) {
        if (features.size() != 1) {
            throw new IllegalArgumentException("a vector of size " + features.size());
        }
        return features.apply(0) * factor;
    }
}
