// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import io.millrace.mllib.model.PredictionModel;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A served model in a job in virtual time, and what is heard of it. */
abstract class ServedModelFixture {

    final BatchHarness harness = BatchHarness.create("served");
    final ScriptedInput<Double> input = harness.input();
    final DStream<Double> numbers = harness.stream(input);
    final List<String> news = new ArrayList<>();
    final List<RefusedModel> refused = new ArrayList<>();
    final List<ShadowReport> reports = new ArrayList<>();
    final ModelLifeListener listener = new ModelLifeListener() {
        @Override
        public void onInService(String model, String version, BatchTime batch) {
            news.add(model + " " + version + " from " + batch);
        }

        @Override
        public void onRefused(RefusedModel one) {
            refused.add(one);
        }

        @Override
        public void onShadowScored(ShadowReport report) {
            reports.add(report);
        }
    };

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    ServedModelBuilder<PredictionModel> builder() {
        return ServedModel.builder(harness.context(), "model", PredictionModel.class)
                .loader(Runnable::run)
                .listener(listener);
    }

    CollectedOutput<Pair<Double, Double>> scored(ServedModel<PredictionModel> served) {
        return harness.collect(ModelScoring.of(served).score(numbers, Times::vector));
    }

    void run(Double... records) {
        input.add(records);
        harness.runBatch();
    }

    String version(int batch) {
        return harness.batches().get(batch).versions().get(0).label();
    }

    /** A model that Spark saved, under the folder; its files were written at that second. */
    Path save(String name, int second) throws IOException {
        try {
            Path from = Path.of(Objects.requireNonNull(getClass().getResource("/mllib-cases/lr-binomial/model"))
                    .toURI());
            Path to = folder.resolve(name);
            try (Stream<Path> files = Files.walk(from)) {
                for (Path file : files.toList()) {
                    Path copy = to.resolve(from.relativize(file).toString());
                    if (Files.isDirectory(file)) {
                        Files.createDirectories(copy);
                    } else {
                        Files.write(copy, Files.readAllBytes(file));
                        Files.setLastModifiedTime(copy, FileTime.fromMillis(1000L * second));
                    }
                }
            }
            return to;
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Path part(Path model, String directory) throws IOException {
        try (Stream<Path> files = Files.list(model.resolve(directory))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    static void damage(Path model) throws IOException {
        Files.write(part(model, "data"), new byte[] {1, 2, 3});
    }
}
