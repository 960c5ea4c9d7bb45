// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples.train;

import java.io.IOException;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.feature.StopWordsRemover;

/** Trains what tells whether a sentence is about cooking, sport or the weather. */
public final class TrainTexts {

    private static final int FEATURES = 1 << 12;

    private TrainTexts() {}

    /** Runs it: the folder of the data, the folder of the models. */
    public static void main(String... args) throws IOException {
        try (Training training = Training.of("TrainTexts", args)) {
            training.run("texts", training.read("texts.tsv", "\t"), "topic", "predicted", TrainTexts::stages);
        }
    }

    private static PipelineStage[] stages(String label, String[] names) {
        return new PipelineStage[] {
            new RegexTokenizer("tokenizer")
                    .setPattern("\\W+")
                    .setInputCol("text")
                    .setOutputCol("words"),
            new StopWordsRemover("stopwords").setInputCol("words").setOutputCol("terms"),
            new HashingTF("hashing")
                    .setNumFeatures(FEATURES)
                    .setInputCol("terms")
                    .setOutputCol("counts"),
            new IDF("idf").setInputCol("counts").setOutputCol("features"),
            new LogisticRegression("regression").setLabelCol(label).setRegParam(0.05),
            new IndexToString("names")
                    .setLabels(names)
                    .setInputCol("prediction")
                    .setOutputCol("predicted")
        };
    }
}
