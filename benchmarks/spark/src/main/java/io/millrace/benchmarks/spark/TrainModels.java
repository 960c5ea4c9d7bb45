// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.Tokenizer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Trains and saves the regression and the text pipeline. Arguments: file of vectors, file of texts, folder for the models. */
public final class TrainModels {

    private static final double HALF = 0.5;

    private TrainModels() {}

    /** Trains both. What they learn is of no matter, only that they have something to compute. */
    public static void main(String[] args) throws IOException {
        try (SparkSession spark = SparkRows.session()) {
            Dataset<Row> vectors = SparkRows.cached(spark, false, Path.of(args[0]))
                    .withColumn("label", functions.rand(1).gt(HALF).cast("double"));
            new LogisticRegression("regression")
                    .setMaxIter(20)
                    .fit(vectors)
                    .write()
                    .overwrite()
                    .save(args[2] + "/regression-20");
            Dataset<Row> texts = SparkRows.cached(spark, true, Path.of(args[1]))
                    .withColumn(
                            "label",
                            functions.length(functions.col("text")).mod(2).cast("double"));
            PipelineStage[] stages = {
                new Tokenizer("words").setInputCol("text").setOutputCol("words"),
                new HashingTF("counts").setInputCol("words").setOutputCol("counts"),
                new IDF("weights").setInputCol("counts").setOutputCol("features"),
                new LogisticRegression("regression").setMaxIter(10).setRegParam(0.01),
            };
            new Pipeline("text")
                    .setStages(stages)
                    .fit(texts)
                    .write()
                    .overwrite()
                    .save(args[2] + "/text");
        }
    }
}
