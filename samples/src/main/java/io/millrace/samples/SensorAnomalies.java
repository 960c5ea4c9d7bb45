// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.mllib.table.DataType.DOUBLE;
import static io.millrace.mllib.table.DataType.STRING;

import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.stream.RowScoring;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.ml.linalg.Vector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Scores the readings of sensors with a pipeline that Spark MLlib trained and saved: says which pumps are not well, and counts the
 * readings of every predicted state since the start.
 *
 * <p>The model was written by {@code TrainSensors} in {@code samples/train}. There is no Spark here.
 */
@Command(
        name = "SensorAnomalies",
        description = {
            "Scores readings such as 'pump-1,60.1,0.97,5.02,12.1' (pump, temperature, vibration, pressure, current) with a"
                    + " pipeline that Spark MLlib trained. Says which pumps are not well, and counts the readings of every"
                    + " predicted state since the start."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SensorAnomalies",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.Feeder -Dexec.args=\"--say sensors\"",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.SensorAnomalies -Dexec.args=\"--port 9999\""
        })
public final class SensorAnomalies implements Callable<Integer> {

    /** The columns that the model wants, as in the data that it was trained on. */
    static final Schema COLUMNS = Schema.of(
            Field.of("pump", STRING),
            Field.of("temperature", DOUBLE),
            Field.of("vibration", DOUBLE),
            Field.of("pressure", DOUBLE),
            Field.of("current", DOUBLE));

    private static final Script SCRIPT = SensorReadings.script(4, 12);
    private static final String WELL = "ok";

    @Mixin
    private SampleOptions options = new SampleOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model that TrainSensors has saved. Default: the one that comes with the samples")
    private @Nullable Path model;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new SensorAnomalies(), args);
    }

    @Override
    public Integer call() throws Exception {
        Transformer pipeline = ShippedModels.load(model, "sensors");
        try (SampleRun run = SampleRun.of(options.builder("SensorAnomalies"), options, SCRIPT)) {
            DStream<Row> scored = scored(run.context().receiverStream(run.receiver()), pipeline);
            scored.filter(row -> !state(row).equals(WELL))
                    .map(SensorAnomalies::alarm)
                    .foreachBatch((time, alarms) ->
                            alarms.stream().sorted(Comparator.naturalOrder()).forEach(System.out::println));
            counts(scored).output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.context().deadLetters().foreachBatch((time, letters) -> letters.forEach(SensorAnomalies::refuse));
            run.toTheEnd();
        }
        return 0;
    }

    /** The readings in these lines with all columns that the model adds. A line that is no reading is set aside. */
    static DStream<Row> scored(DStream<String> lines, Transformer pipeline) {
        return RowScoring.of(pipeline, COLUMNS)
                .score(lines.map(SensorAnomalies::reading).named("reading").onError(ErrorPolicy.DEAD_LETTER));
    }

    /** How many readings of every state there were since the start. */
    static PairDStream<String, Integer> counts(DStream<Row> scored) {
        return scored.mapToPair(row -> Pair.of(state(row), 1)).updateStateByKey(StatefulWordCount::total);
    }

    /** Refuses a model that does not fit readings. */
    static void fits(Transformer pipeline) {
        pipeline.transformSchema(COLUMNS).field("predicted");
    }

    /** A reading of its line. */
    static Row reading(String line) {
        String[] parts = line.split(",", -1);
        if (parts.length != COLUMNS.size()) {
            throw new IllegalArgumentException("expected " + String.join(",", COLUMNS.names()));
        }
        return Row.of(
                COLUMNS,
                parts[0],
                Double.valueOf(parts[1]),
                Double.valueOf(parts[2]),
                Double.valueOf(parts[3]),
                Double.valueOf(parts[4]));
    }

    /** The predicted state. */
    static String state(Row row) {
        return row.getString("predicted");
    }

    private static String alarm(Row row) {
        Vector probability = row.vector("probability");
        return String.format(
                Locale.ROOT,
                "%s is %s (%.2f): %.1f °C, %.2f mm/s, %.2f bar, %.1f A",
                row.getString("pump"),
                state(row),
                probability.apply((int) row.getDouble("prediction")),
                row.getDouble("temperature"),
                row.getDouble("vibration"),
                row.getDouble("pressure"),
                row.getDouble("current"));
    }

    private static void refuse(DeadLetter letter) {
        System.err.println("not a reading: " + letter.failed().record() + " ["
                + letter.failed().cause() + "]");
    }
}
