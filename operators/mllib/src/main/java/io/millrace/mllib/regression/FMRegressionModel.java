// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.Vector;

/** A factorization machine that predicts a number. As Spark's {@code FMRegressionModel}. */
public final class FMRegressionModel extends PredictionModel {

    private final FactorizationMachine machine;

    public FMRegressionModel(Params params, FactorizationMachine machine) {
        super(params);
        this.machine = machine;
    }

    static FMRegressionModel load(SavedStage saved) {
        return new FMRegressionModel(saved.params(), FactorizationMachine.load(saved.data()));
    }

    @Override
    public int numFeatures() {
        return machine.numFeatures();
    }

    public FactorizationMachine machine() {
        return machine;
    }

    @Override
    public String nullFeaturesMessage() {
        return FactorizationMachine.NULL_FEATURES;
    }

    @Override
    public double predict(Vector features) {
        return machine.value(features);
    }
}
