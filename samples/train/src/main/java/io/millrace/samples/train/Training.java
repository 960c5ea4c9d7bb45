// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A Spark session in this JVM, the folder that the data lies in and the folder that models are saved in. */
final class Training implements AutoCloseable {

    private static final double[] SPLIT = {0.8, 0.2};
    private static final long SEED = 1;
    /** The number of what is known of a row, which a classifier learns. */
    private static final String NUMBER = "label";

    private final SparkSession spark;
    private final Path data;
    private final Path models;

    private Training(SparkSession spark, Path data, Path models) {
        this.spark = spark;
        this.data = data;
        this.models = models;
    }

    /** Of the arguments {@code [folder of the data, folder of the models]}. */
    static Training of(String name, String... args) {
        if (args.length != 2) {
            throw new IllegalArgumentException("expected the folder of the data and that of the models");
        }
        SparkSession spark = SparkSession.builder()
                .appName(name)
                .master("local[1]")
                .config("spark.ui.enabled", false)
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.driver.bindAddress", "127.0.0.1")
                // the plain file system writes no .crc files
                .config("spark.hadoop.fs.file.impl", "org.apache.hadoop.fs.RawLocalFileSystem")
                .getOrCreate();
        return new Training(spark, Path.of(args[0]), Path.of(args[1]));
    }

    /** The rows of a file with a header; types are those of the values. */
    Dataset<Row> read(String file, String separator) {
        return spark.read()
                .option("header", true)
                .option("inferSchema", true)
                .option("sep", separator)
                .csv(data.resolve(file).toString());
    }

    /**
     * Trains on four fifths of the rows, says how many of the others that gets right, then trains on all and saves.
     *
     * @param known the column with what is to be predicted; the last stage writes its prediction to {@code predicted}
     */
    void run(String name, Dataset<Row> rows, String known, String predicted, Stages stages) throws IOException {
        var labels = new StringIndexer("labels")
                .setInputCol(known)
                .setOutputCol(NUMBER)
                .setStringOrderType("alphabetAsc")
                .fit(rows);
        Dataset<Row> labelled = labels.transform(rows);
        Pipeline pipeline = new Pipeline(name).setStages(stages.of(NUMBER, labels.labelsArray()[0]));

        Dataset<Row>[] split = labelled.randomSplit(SPLIT, SEED);
        Dataset<Row> tried = pipeline.fit(split[0]).transform(split[1]);
        long right = tried.where(tried.col(known).equalTo(tried.col(predicted))).count();
        System.out.println(name + ": trained on " + split[0].count() + " rows, right for " + right + " of "
                + tried.count() + " others");

        Path saved = models.resolve(name);
        pipeline.fit(labelled).write().overwrite().save(saved.toString());
        shortenNames(saved);
    }

    /** Takes the random part out of names such as part-00000-(UUID)-c000.txt, so that a model trained anew has the same files. */
    private static void shortenNames(Path saved) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(saved)) {
            files = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : files) {
            String name = String.valueOf(file.getFileName());
            Files.move(file, file.resolveSibling(name.replaceFirst("^(part-\\d+)-[0-9a-f-]{36}-c\\d+", "$1")));
        }
    }

    /** The stages of a pipeline that learns the column {@code label}, whose values are indices of {@code names}. */
    @FunctionalInterface
    interface Stages {
        PipelineStage[] of(String label, String[] names);
    }

    @Override
    public void close() {
        spark.stop();
    }
}
