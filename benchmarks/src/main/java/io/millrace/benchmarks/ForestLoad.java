// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.tree.RandomForestClassificationModel;
import java.time.Duration;
import org.apache.spark.ml.linalg.Vectors;

/** Loads a forest of 100 trees and scores one row, as the first thing its JVM does. Started by {@link ForestScoring}. */
public final class ForestLoad {

    private ForestLoad() {}

    /** Says how long it took since here. */
    public static void main(String[] args) {
        long startNs = System.nanoTime();
        RandomForestClassificationModel forest;
        try (ModelSource source = ModelSource.resource(ForestLoad.class.getClassLoader(), args[0])) {
            forest = MllibModels.load(source, RandomForestClassificationModel.class);
        }
        double prediction = forest.predict(Vectors.dense(new double[forest.numFeatures()]));
        double seconds = (System.nanoTime() - startNs) / 1e9;
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        System.out.println(JsonLine.event("loaded")
                .with("trees", forest.numTrees())
                .with("nodes", forest.totalNumNodes())
                .with("prediction", prediction)
                .with("seconds", seconds)
                .with("cpuSeconds", cpu.toNanos() / 1e9));
    }
}
