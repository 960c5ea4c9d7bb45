// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples.train;

import java.io.IOException;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Trains what tells a pump that is hot or worn from one that is well.
 *
 * <p>Two models: {@code sensors}, and {@code sensors-first}, which has never seen a worn pump. The sample of the hot swap
 * replaces the second with the first.
 */
public final class TrainSensors {

    private TrainSensors() {}

    /** Runs it: the folder of the data, the folder of the models. */
    public static void main(String... args) throws IOException {
        try (Training training = Training.of("TrainSensors", args)) {
            Dataset<Row> readings = training.read("sensors.csv", ",");
            Dataset<Row> first = readings.where(readings.col("state").notEqual("worn"));
            training.run("sensors-first", first, "state", "predicted", TrainSensors::stages);
            training.run("sensors", readings, "state", "predicted", TrainSensors::stages);
        }
    }

    private static PipelineStage[] stages(String label, String[] names) {
        return new PipelineStage[] {
            new VectorAssembler("columns")
                    .setInputCols(new String[] {"temperature", "vibration", "pressure", "current"})
                    .setOutputCol("columns"),
            new StandardScaler("scaler")
                    .setWithMean(true)
                    .setInputCol("columns")
                    .setOutputCol("features"),
            new LogisticRegression("regression").setLabelCol(label).setRegParam(0.01),
            new IndexToString("names")
                    .setLabels(names)
                    .setInputCol("prediction")
                    .setOutputCol("predicted")
        };
    }
}
