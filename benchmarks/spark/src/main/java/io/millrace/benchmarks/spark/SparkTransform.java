// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.classification.RandomForestClassificationModel;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How many rows a second Spark's {@code transform} scores on one core. The rows are cached in one partition, all columns are
 * computed and thrown away, and passes before the measured ones warm the JVM up. Answers with one line of JSON.
 *
 * <p>Arguments: {@code forest}, {@code prediction} (a forest that writes only that column) or {@code text}, the folder of the
 * model, the file of the rows, passes before, passes measured.
 */
public final class SparkTransform {

    private SparkTransform() {}

    /** Measures and ends. */
    public static void main(String[] args) throws IOException {
        String what = args[0];
        boolean texts = what.equals("text");
        int warmup = Integer.parseInt(args[3]);
        double[] rates = new double[Integer.parseInt(args[4])];
        try (SparkSession spark = SparkRows.session()) {
            Transformer model = texts ? PipelineModel.load(args[1]) : forest(args[1], what);
            Dataset<Row> rows = SparkRows.cached(spark, texts, Path.of(args[2]));
            long count = rows.count();
            for (int pass = -warmup; pass < rates.length; pass++) {
                long startNs = System.nanoTime();
                model.transform(rows).write().format("noop").mode("overwrite").save();
                if (pass >= 0) {
                    rates[pass] = count * 1e9 / (System.nanoTime() - startNs);
                }
            }
            double sum = model.transform(rows)
                    .agg(java.util.Map.of("prediction", "sum"))
                    .first()
                    .getDouble(0);
            Arrays.sort(rates);
            System.out.println(String.format(
                    Locale.ROOT,
                    "{\"event\":\"measured\",\"contender\":\"spark\",\"median\":%.1f,\"best\":%.1f,\"sum\":%.4f}",
                    rates[rates.length / 2],
                    rates[rates.length - 1],
                    sum));
        }
    }

    private static Transformer forest(String folder, String what) {
        RandomForestClassificationModel forest = RandomForestClassificationModel.load(folder);
        return what.equals("forest") ? forest : forest.setRawPredictionCol("").setProbabilityCol("");
    }
}
