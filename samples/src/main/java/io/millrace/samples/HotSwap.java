// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.listener.VersionInfo;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.stream.RowScoring;
import io.millrace.mllib.stream.ServedModel;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.PairDStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Replaces the model of a running job: a directory is watched, and what comes into it scores the batches from then on. A damaged model is
 * refused, and the one before goes on.
 *
 * <p>The first model has never seen a worn pump and calls it well or hot; the second knows better.
 */
@Command(
        name = "HotSwap",
        description = {
            "Counts the readings of pumps by their predicted state, batch by batch, and says which model predicted it. A"
                    + " model that comes into the watched directory scores from the next batch on. With the built-in feeder"
                    + " the sample puts models there itself: a damaged one, which is refused, and a better one; then it"
                    + " rolls back."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.HotSwap",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Feeder -Dexec.args=\"--say sensors\"",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.HotSwap"
                    + " -Dexec.args=\"--port 9999 --models /tmp/models\""
        })
public final class HotSwap implements Callable<Integer> {

    private static final Script SCRIPT = SensorReadings.script(4, 12);

    @Mixin
    private SampleOptions options = new SampleOptions();

    @Option(names = "--models", paramLabel = "DIR", description = "The directory to watch. Default: a temporary one")
    private @Nullable Path models;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new HotSwap(), args);
    }

    @Override
    public Integer call() throws Exception {
        Path watched = models == null ? Files.createTempDirectory("models") : Files.createDirectories(models);
        SwapScript script = new SwapScript(watched);
        try (SampleRun run = SampleRun.of(options.builder("HotSwap").listener(new Versions()), options, SCRIPT)) {
            ServedModel<Transformer> served = ServedModel.builder(run.context(), "pumps", Transformer.class)
                    .check(SensorAnomalies::fits)
                    .listener(script)
                    .serve(ShippedModels.source("sensors-first"), "sensors-first");
            served.watch(watched, options.batchInterval());
            PairDStream<String, Integer> counts = RowScoring.of(served, SensorAnomalies.COLUMNS)
                    .score(run.context()
                            .receiverStream(run.receiver())
                            .map(SensorAnomalies::reading)
                            .onError(ErrorPolicy.SKIP))
                    .mapToPair(row -> Pair.of(SensorAnomalies.state(row), 1))
                    .reduceByKey(Integer::sum);
            counts.output(run.shown(new PrintOperator<>(options.format(), System.out)));
            if (options.address().isEmpty()) {
                run.sayOnlyIf(() -> script.mayGoOn(served));
            }
            System.err.println("watching " + watched);
            run.toTheEnd();
        } finally {
            if (models == null) {
                script.removeModels();
            }
        }
        return 0;
    }

    /** Says which version scored a batch that had readings. */
    private static final class Versions implements StreamingListener {
        @Override
        public void onBatchCompleted(BatchInfo batch) {
            if (batch.records() > 0) {
                System.out.println("scored by "
                        + batch.versions().stream()
                                .filter(version -> version.name().equals("pumps"))
                                .map(VersionInfo::label)
                                .collect(Collectors.joining())
                        + "\n");
            }
        }
    }
}
