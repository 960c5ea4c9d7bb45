// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Trains with Spark and writes down what it answers: {@code SparkCases FOLDER [SEED [REGEX OF NAMES]]}. */
public final class SparkCases {

    private static final int TRAINING_ROWS = 300;

    private SparkCases() {}

    public static void main(String[] args) {
        long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
        Pattern wanted = Pattern.compile(args.length > 2 ? args[2] : ".*");
        SparkSession spark = SparkSession.builder()
                .master("local[1]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
        spark.sparkContext().setLogLevel("OFF");
        CaseFolder folder = new CaseFolder(spark, Path.of(args[0]), seed, wanted);
        Dataset<Row> rows = TrainingRows.make(spark, seed, TRAINING_ROWS, false).cache();
        for (CaseList list : List.of(
                new ClassificationCases(folder),
                new TreesCases(folder),
                new RegressionCases(folder),
                new ClusteringCases(folder),
                new RecommendationCases(folder),
                new TextCases(folder),
                new CategoriesCases(folder),
                new NumericCases(folder),
                new SqlCases(folder),
                new OddRowsCases(folder),
                new OneFeatureCases(folder),
                new PipelinesCases(folder),
                new AttributesCases(folder),
                new AttributedModelsCases(folder))) {
            list.all(rows);
        }
        System.err.println("made " + folder.made() + ", not made " + folder.notMade());
        spark.stop();
    }
}
