// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import io.millrace.benchmarks.Measurement;
import io.millrace.benchmarks.NexmarkOptions;
import io.millrace.benchmarks.Subject;
import io.millrace.benchmarks.nexmark.NexmarkEvents.Kind;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** One question of Nexmark as a stream on Spark, into the sink that forgets; the checkpoint is in a temporary folder. */
@Command(
        name = "SparkNexmark",
        mixinStandardHelpOptions = true,
        description = "Answers one question of Nexmark on Spark and measures how many events it takes.")
public final class SparkNexmark implements Callable<Integer>, Subject {

    private static final int CORES = 2;

    @Mixin
    private NexmarkOptions options = new NexmarkOptions();

    private final BatchCount batches = new BatchCount();

    private SparkNexmark() {}

    /** Runs the query and ends the process. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SparkNexmark())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(args));
    }

    @Override
    public Integer call() throws IOException, InterruptedException, TimeoutException {
        Measurement measurement = Measurement.start("spark", options.window(), this);
        try (Checkpoints checkpoints = Checkpoints.create();
                SparkSession spark = SparkRows.streaming(CORES)) {
            for (Kind kind : Kind.values()) {
                String name = kind.name().toLowerCase(Locale.ROOT);
                spark.readStream()
                        .format(NexmarkFormat.class.getName())
                        .option("kind", name)
                        .option("seed", options.seed())
                        .option("perSecond", options.perSecond())
                        .option("perBatch", options.batch())
                        .option("parts", CORES)
                        .load()
                        .withWatermark("dateTime", "4 seconds")
                        .createOrReplaceTempView(name);
            }
            spark.streams().addListener(batches);
            StreamingQuery query = spark.sql(options.sql(SparkNexmark.class))
                    .writeStream()
                    .format("noop")
                    .option("checkpointLocation", checkpoints.folder().toString())
                    .start();
            measurement.awaitMeasured();
            query.stop();
        }
        return 0;
    }

    @Override
    public long words() {
        return batches.batches() * options.batch();
    }
}
