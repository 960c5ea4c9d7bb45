// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import io.millrace.mllib.model.ProbabilisticClassificationModel;
import io.millrace.mllib.model.SavedStage;
import io.millrace.mllib.regression.FactorizationMachine;
import io.millrace.mllib.storage.Params;
import org.apache.spark.ml.linalg.Vector;

/** A factorization machine for two classes. As Spark's {@code FMClassificationModel}. */
public final class FMClassificationModel extends ProbabilisticClassificationModel {

    private final FactorizationMachine machine;

    public FMClassificationModel(Params params, FactorizationMachine machine) {
        super(params);
        this.machine = machine;
    }

    static FMClassificationModel load(SavedStage saved) {
        return new FMClassificationModel(saved.params(), FactorizationMachine.load(saved.data()));
    }

    @Override
    public int numFeatures() {
        return machine.numFeatures();
    }

    @Override
    public int numClasses() {
        return 2;
    }

    public FactorizationMachine machine() {
        return machine;
    }

    @Override
    public String nullFeaturesMessage() {
        return FactorizationMachine.NULL_FEATURES;
    }

    @Override
    protected void predictRaw(Vector features, double[] raw) {
        double value = machine.value(features);
        raw[0] = -value;
        raw[1] = value;
    }

    @Override
    public double predict(Vector features) {
        if (hasThresholds()) {
            return super.predict(features);
        }
        double value = machine.value(features);
        return value > -value ? 1.0 : 0.0;
    }

    @Override
    protected void rawToProbability(double[] raw) {
        raw[1] = 1.0 / (1.0 + Math.exp(-raw[1]));
        raw[0] = 1.0 - raw[1];
    }
}
