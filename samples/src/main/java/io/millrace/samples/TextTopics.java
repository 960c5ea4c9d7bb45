// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static io.millrace.mllib.table.DataType.STRING;

import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.stream.RowScoring;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.operator.Pair;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Says what sentences are about, with a pipeline that Spark MLlib trained and saved: tokenizer, stop words, hashed counts, inverse document
 * frequencies and a regression.
 *
 * <p>The model was written by {@code TrainTexts} in {@code samples/train}.
 */
@Command(
        name = "TextTopics",
        description = {
            "Says whether sentences are about cooking, sport or the weather, with a pipeline that Spark MLlib trained and"
                    + " saved."
        },
        footer = {
            "",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.TextTopics",
            "mvn -q compile exec:java -Dexec.mainClass=io.millrace.samples.TextTopics -Dexec.args=\"--port 9999\""
        })
public final class TextTopics implements Callable<Integer> {

    /** What a feeder says. None of it is among the sentences that the model was trained on. */
    static final Script SCRIPT = Script.of(
            "Whisk two eggs into the milk and season with pepper.\nThe striker missed the goal in the last minute.",
            "Strong winds and rain are expected on the coast.",
            "",
            "Fry the onions in oil.\nFog in the morning, then sun.\nThe club won the final and the cup.");

    private static final Schema COLUMNS = Schema.of(Field.of("text", STRING));

    @Mixin
    private SampleOptions options = new SampleOptions();

    @Option(
            names = "--model",
            paramLabel = "DIR",
            description = "A model that TrainTexts has saved. Default: the one that comes with the samples")
    private @Nullable Path model;

    /** Runs it. */
    public static void main(String... args) {
        Launcher.runJob(new TextTopics(), args);
    }

    @Override
    public Integer call() throws Exception {
        Transformer pipeline = ShippedModels.load(model, "texts");
        try (SampleRun run = SampleRun.of(options.builder("TextTopics"), options, SCRIPT)) {
            topics(run.context().receiverStream(run.receiver()), pipeline)
                    .output(run.shown(new PrintOperator<>(options.format(), System.out)));
            run.toTheEnd();
        }
        return 0;
    }

    /** Each line with its topic before it. */
    static PairDStream<String, String> topics(DStream<String> lines, Transformer pipeline) {
        DStream<Row> scored = RowScoring.of(pipeline, COLUMNS).score(lines.map(line -> Row.of(COLUMNS, line)));
        return scored.mapToPair(row -> Pair.of(row.getString("predicted"), row.getString("text")));
    }
}
