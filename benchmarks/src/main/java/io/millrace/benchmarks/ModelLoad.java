// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.storage.ModelSource;
import java.time.Duration;
import org.apache.spark.ml.linalg.Vectors;

/** Loads a model and scores one row, as the first thing its JVM does. Started by {@link ModelLoads}. */
public final class ModelLoad {

    private ModelLoad() {}

    /** Says how long it took since here. */
    public static void main(String[] args) {
        long startNs = System.nanoTime();
        PredictionModel model;
        try (ModelSource source = ModelSource.resource(ModelLoad.class.getClassLoader(), args[0])) {
            model = MllibModels.load(source, PredictionModel.class);
        }
        double prediction = model.predict(Vectors.dense(new double[model.numFeatures()]));
        double seconds = (System.nanoTime() - startNs) / 1e9;
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println(JsonLine.event("loaded")
                .with("model", model.getClass().getSimpleName())
                .with("prediction", prediction)
                .with("seconds", seconds)
                .with("cpuSeconds", cpu.toNanos() / 1e9));
    }
}
