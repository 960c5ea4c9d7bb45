// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The rows that the contenders share, from the file that the benchmark has written, as tables of Spark's. */
final class SparkRows {

    private SparkRows() {}

    /** A session of one thread. */
    static SparkSession session() {
        return builder(1).getOrCreate();
    }

    /** A session for streams: so many threads, and a part of every table and state for each. */
    static SparkSession streaming(int cores) {
        return builder(cores)
                .config("spark.sql.shuffle.partitions", cores)
                .config("spark.sql.session.timeZone", "UTC")
                .getOrCreate();
    }

    private static SparkSession.Builder builder(int cores) {
        return SparkSession.builder()
                .appName("benchmark")
                .master("local[" + cores + "]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // the plain file system writes no .crc files
                .config("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem");
    }

    /** One partition, in memory: a column of texts from lines, or of vectors from a length and that many numbers each. */
    static Dataset<Row> cached(SparkSession spark, boolean texts, Path file) throws IOException {
        List<Row> rows = texts ? texts(file) : vectors(file);
        StructType schema = texts
                ? new StructType().add("text", DataTypes.StringType)
                : new StructType().add("features", SQLDataTypes.VectorType());
        Dataset<Row> table = spark.createDataFrame(
                        new JavaSparkContext(spark.sparkContext()).parallelize(rows, 1), schema)
                .cache();
        if (table.count() != rows.size()) {
            throw new IllegalStateException("rows were lost");
        }
        return table;
    }

    private static List<Row> texts(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            rows.add(RowFactory.create(line));
        }
        return rows;
    }

    private static List<Row> vectors(Path file) throws IOException {
        List<Row> rows = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            for (int row = 0; row < count; row++) {
                double[] values = new double[in.readInt()];
                for (int i = 0; i < values.length; i++) {
                    values[i] = in.readDouble();
                }
                rows.add(RowFactory.create(Vectors.dense(values)));
            }
        }
        return rows;
    }
}
