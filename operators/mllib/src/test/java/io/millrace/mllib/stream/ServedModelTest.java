// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServedModelTest {

    private final BatchHarness harness = BatchHarness.create("served");
    private final ScriptedInput<Double> input = harness.input();
    private final DStream<Double> numbers = harness.stream(input);
    private final List<String> news = new ArrayList<>();
    private final List<RefusedModel> refused = new ArrayList<>();
    private final List<ShadowReport> reports = new ArrayList<>();
    private final ModelLifeListener listener = new ModelLifeListener() {
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
    private Path folder;

    @AfterEach
    void close() {
        harness.close();
    }

    private ServedModelBuilder<PredictionModel> builder() {
        return ServedModel.builder(harness.context(), "model", PredictionModel.class)
                .loader(Runnable::run)
                .listener(listener);
    }

    private CollectedOutput<Pair<Double, Double>> scored(ServedModel<PredictionModel> served) {
        return harness.collect(ModelScoring.of(served).score(numbers, Times::vector));
    }

    private void run(Double... records) {
        input.add(records);
        harness.runBatch();
    }

    private String version(int batch) {
        return harness.batches().get(batch).versions().get(0).label();
    }

    /** A model that Spark saved, under the folder; its files were written at that second. */
    private Path save(String name, int second) throws IOException {
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

    private static Path part(Path model, String directory) throws IOException {
        try (Stream<Path> files = Files.list(model.resolve(directory))) {
            return files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static void damage(Path model) throws IOException {
        Files.write(part(model, "data"), new byte[] {1, 2, 3});
    }

    // ---- swapping ----

    @Test
    void isSwappedBetweenTwoBatchesAndRolledBack() {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        harness.start();
        run(1.0);
        var first = served.swap(new Times(3), "three").toCompletableFuture();
        assertThat(served.inService()).isEqualTo("three");
        run(1.0);
        var back = served.rollBack().toCompletableFuture();
        run(1.0);

        assertThat(out.all()).extracting(Pair::value).containsExactly(2.0, 3.0, 2.0);
        assertThat(first).isCompletedWithValue(new BatchTime(2000));
        assertThat(back).isCompletedWithValue(new BatchTime(3000));
        assertThat(news).containsExactly("model three from 2000 ms", "model two from 3000 ms");
        assertThat(harness.batches().get(2).versions())
                .containsExactly(new VersionInfo("model", 3, "two"), new VersionInfo("model.candidate", 1, "none"));
        assertThat(served.kept()).containsExactly("two");
        assertThatThrownBy(served::rollBack)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("No version of model before two is kept; at most 3 are");
    }

    @Test
    void noMoreVersionsAreHeldThanWereAskedFor() {
        ServedModel<PredictionModel> served = builder().keep(2).serve(new Times(1), "1");
        scored(served);
        harness.start();
        for (int version = 2; version < 6; version++) {
            served.swap(new Times(version), String.valueOf(version));
        }

        assertThat(served.kept()).containsExactly("4", "5");
        assertThatThrownBy(() -> builder().keep(0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aModelThatDoesNotPassTheCheckIsRefused() {
        ServedModel<PredictionModel> served = builder()
                .check(model -> {
                    if (model.predict(Times.vector(1)) > 10) {
                        throw new IllegalArgumentException("too much");
                    }
                })
                .serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        harness.start();
        var stage = served.swap(new Times(11), "eleven").toCompletableFuture();
        run(1.0);

        assertThat(stage)
                .failsWithin(Duration.ZERO)
                .withThrowableOfType(ExecutionException.class)
                .withMessageContaining("too much");
        assertThat(out.all()).containsExactly(Pair.of(1.0, 2.0));
        assertThat(refused).containsExactly(new RefusedModel("model", "eleven", "eleven", "too much"));
        assertThat(served.kept()).containsExactly("two");
    }

    @Test
    void aCorruptModelLeavesTheOneInServiceAndRaisesAnEvent() throws IOException {
        Path damaged = save("damaged", 1);
        damage(damaged);
        ServedModel<PredictionModel> served = builder().serve(save("good", 1));
        scored(served);
        harness.start();
        var stage = served.load(damaged).toCompletableFuture();
        var missing = served.load(folder.resolve("missing")).toCompletableFuture();
        harness.runBatch();

        assertThat(version(0)).isEqualTo("good");
        assertThat(stage).isCompletedExceptionally();
        assertThatThrownBy(stage::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ModelFormatException.class);
        assertThat(missing).isCompletedExceptionally();
        assertThat(refused).extracting(RefusedModel::version).containsExactly("damaged", "missing");
        assertThat(refused.get(0).file()).startsWith("damaged/data/part-");
        assertThat(refused.get(0).reason()).isNotBlank();
        assertThat(refused.get(1).file()).isEqualTo("missing/metadata");
    }

    @Test
    void aModelOfAnotherKindIsRefused() throws IOException {
        ServedModel<Times> served = ServedModel.builder(harness.context(), "times", Times.class)
                .loader(Runnable::run)
                .listener(listener)
                .serve(new Times(2), "two");
        served.load(save("regression", 1));

        assertThat(refused).hasSize(1);
        assertThat(refused.get(0).reason()).isEqualTo("is a LogisticRegressionModel, not a Times");
        assertThat(served.inService()).isEqualTo("two");
    }

    @Test
    void modelsComeFromResourcesToo() {
        ServedModel<LogisticRegressionModel> served = ServedModel.builder(
                        harness.context(), "lr", LogisticRegressionModel.class)
                .loader(Runnable::run)
                .serve(ModelSource.resource(getClass().getClassLoader(), "mllib-cases/lr-binomial/model"), "shipped");
        Vector vector = Vectors.dense(new double[] {1, 2, 3, 4, 5, 6});
        CollectedOutput<Pair<Double, Double>> out =
                harness.collect(ModelScoring.of(served).score(numbers, number -> vector));
        harness.start();
        run(1.0);

        assertThat(out.all())
                .containsExactly(Pair.of(1.0, served.model().latest().value().predict(vector)));
        assertThat(version(0)).isEqualTo("shipped");
    }

    @Test
    void theNewestOfADirectoryThatCanBeServedIs() throws IOException {
        save("v1", 1);
        save("v3", 3);
        save("v2", 2);
        damage(save("v4", 4));
        ServedModel<PredictionModel> served = builder().serveNewest(folder);
        scored(served);
        served.watch(folder, Duration.ZERO);
        harness.start();
        harness.runBatches(3);

        assertThat(harness.batches())
                .extracting(info -> info.versions().get(0).label())
                .containsExactly("v3", "v3", "v3");
        assertThat(refused).extracting(RefusedModel::version).containsExactly("v4");
    }

    @Test
    void aDirectoryWithoutAModelThatCanBeServedIsRefused() throws IOException {
        damage(save("v1", 1));
        Files.setLastModifiedTime(part(save("v2", 2), "data"), FileTime.fromMillis(4_000_000_000_000L));
        ServedModelBuilder<PredictionModel> builder = builder().check(model -> {
            throw new IllegalArgumentException("it is Monday");
        });

        assertThatThrownBy(() -> builder.serveNewest(folder))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("none of the 2 models in it can be served");
        assertThat(refused).extracting(RefusedModel::version).containsExactly("v2", "v1");
        assertThat(refused.get(0).reason()).isEqualTo("it is Monday");
        assertThatThrownBy(() -> builder().serveNewest(folder.resolve("none")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot be read");
    }

    // ---- watching ----

    private ServedModel<PredictionModel> watching() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("v1", 1));
        scored(served);
        served.watch(folder, Duration.ZERO);
        harness.start();
        harness.runBatches(2);
        return served;
    }

    @Test
    void aNewDirectoryIsInServiceAfterTwoLooksThatSawItAlike() throws IOException {
        watching();
        save("v2", 5);
        harness.runBatches(3);

        assertThat(harness.batches())
                .extracting(info -> info.versions().get(0).label())
                .containsExactly("v1", "v1", "v1", "v1", "v2");
        assertThat(news).containsExactly("model v2 from 5000 ms");
    }

    @Test
    void aDirectoryThatIsStillWrittenToIsWaitedFor() throws IOException {
        ServedModel<PredictionModel> served = watching();
        Path model = save("v2", 5);
        byte[] data = Files.readAllBytes(part(model, "data"));
        Files.write(part(model, "data"), new byte[] {'P', 'A'});
        harness.runBatch();
        Files.write(part(model, "data"), data);
        harness.runBatch();
        assertThat(served.inService()).isEqualTo("v1");
        harness.runBatch();

        assertThat(served.inService()).isEqualTo("v2");
        assertThat(refused).isEmpty();
    }

    @Test
    void whatSparkHasNotFinishedIsNotLoaded() throws IOException {
        ServedModel<PredictionModel> served = watching();
        Path model = save("v2", 5);
        Path unfinished = Files.createDirectories(model.resolve("data/_temporary/0"));
        Path bare = Files.createDirectories(folder.resolve("v3"));
        harness.runBatches(4);
        assertThat(served.inService()).isEqualTo("v1");

        Files.delete(unfinished);
        Files.delete(model.resolve("data/_temporary"));
        Files.delete(bare);
        harness.runBatches(2);
        assertThat(served.inService()).isEqualTo("v2");
    }

    @Test
    void aModelThatIsWrittenAnewIsLoadedAgain() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("v1", 9);
        harness.runBatches(3);

        assertThat(served.kept()).containsExactly("v1", "v1");
        assertThat(harness.batches().get(4).versions().get(0)).isEqualTo(new VersionInfo("model", 2, "v1"));
    }

    @Test
    void aDirectoryThatIsAModelItselfIsWatched() throws IOException {
        Path model = save("current", 1);
        ServedModel<PredictionModel> served = builder().serve(model);
        scored(served);
        served.watch(model, Duration.ZERO);
        harness.start();
        harness.runBatches(2);
        save("current", 2);
        harness.runBatches(3);

        assertThat(harness.batches().get(4).versions().get(0)).isEqualTo(new VersionInfo("model", 2, "current"));
    }

    @Test
    void ofSeveralTheOneWrittenLastIsInServiceInTheEnd() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("a", 7);
        save("b", 5);
        harness.runBatches(3);

        assertThat(version(4)).isEqualTo("a");
        assertThat(served.kept()).containsExactly("v1", "b", "a");
        assertThat(news).containsExactly("model a from 5000 ms");
    }

    @Test
    void aRefusedOneIsTriedAgainOnlyWhenItIsWrittenAnew() throws IOException {
        ServedModel<PredictionModel> served = watching();
        damage(save("v2", 5));
        harness.runBatches(6);
        assertThat(refused).hasSize(1);
        assertThat(served.inService()).isEqualTo("v1");

        save("v2", 6);
        harness.runBatches(2);
        assertThat(served.inService()).isEqualTo("v2");
        assertThat(refused).hasSize(1);
    }

    @Test
    void aVersionThatWasRolledBackStaysAway() throws IOException {
        ServedModel<PredictionModel> served = watching();
        save("v2", 5);
        harness.runBatches(3);
        served.rollBack();
        harness.runBatches(4);

        assertThat(served.inService()).isEqualTo("v1");
        assertThat(version(8)).isEqualTo("v1");
    }

    @Test
    void looksAreMadeNoMoreOftenThanAsked() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("v1", 1));
        scored(served);
        served.watch(folder, Duration.ofSeconds(10));
        harness.start();
        harness.runBatch();
        save("v2", 5);
        harness.runBatches(19);
        assertThat(served.inService()).as("looked at 1 s and 11 s").isEqualTo("v1");
        harness.runBatch();

        assertThat(served.inService()).as("looked at 21 s").isEqualTo("v2");
    }

    @Test
    void whatCannotBeWatchedIsSaidAtOnceAndADirectoryThatGoesAwayDoesNoHarm() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(save("in/v1", 1));
        assertThatThrownBy(() -> served.watch(folder.resolve("nowhere"), Duration.ZERO))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("nowhere cannot be watched");
        scored(served);
        served.watch(folder.resolve("in"), Duration.ZERO);
        harness.start();
        harness.runBatch();
        Files.move(folder.resolve("in"), folder.resolve("away"));
        harness.runBatches(3);
        Files.move(folder.resolve("away"), folder.resolve("in"));
        save("in/v2", 3);
        harness.runBatches(2);

        assertThat(served.inService()).isEqualTo("v2");
    }

    // ---- shadowing ----

    @Test
    void aCandidateScoresTheSameRecordsAndTouchesNothing() {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        CollectedOutput<ShadowReport> collected =
                harness.collect(served.shadow(numbers, (model, record) -> model.predict(Times.vector(record))));
        harness.start();
        run(1.0, 2.0);
        assertThat(reports).isEmpty();
        var first = served.propose(new Times(3), "three").toCompletableFuture();
        assertThat(served.candidate()).contains("three");
        run(0.0, 1.0, 2.0, 5.0);

        assertThat(first).isCompletedWithValue(new BatchTime(2000));
        assertThat(out.at(2000)).extracting(Pair::value).containsExactly(0.0, 2.0, 4.0, 10.0);
        assertThat(reports).isEqualTo(collected.all()).hasSize(1);
        ShadowReport report = reports.get(0);
        assertThat(report.batch()).isEqualTo(new BatchTime(2000));
        assertThat(List.of(report.model(), report.served(), report.candidate()))
                .containsExactly("model", "two", "three");
        assertThat(report.records()).isEqualTo(4);
        assertThat(report.differing()).isEqualTo(3);
        assertThat(report.share()).isEqualTo(0.75);
        assertThat(report.maxDifference()).isEqualTo(5.0);
        assertThat(report.meanDifference()).isEqualTo(2.0);
        assertThat(report.first())
                .containsExactly(
                        new ShadowReport.Example(1.0, 2.0, 3.0),
                        new ShadowReport.Example(2.0, 4.0, 6.0),
                        new ShadowReport.Example(5.0, 10.0, 15.0));
    }

    @Test
    void aJobWithACheckpointHasReportsToo() {
        try (BatchHarness durable = BatchHarness.builder("durable")
                .checkpoint(new FileLogStorage(folder.resolve("checkpoint")))
                .build()) {
            ScriptedInput<Double> some = durable.input();
            ServedModel<PredictionModel> served = ServedModel.builder(durable.context(), "model", PredictionModel.class)
                    .listener(listener)
                    .serve(new Times(2), "two");
            served.shadow(durable.stream(some), (model, number) -> model.predict(Times.vector(number)));
            durable.start();
            served.propose(new Times(3), "three");
            some.add(1.0, 0.0);
            durable.runBatch();

            assertThat(durable.batches().get(0).succeeded()).isTrue();
            assertThat(reports).extracting(ShadowReport::differing).containsExactly(1L);
        }
    }

    @Test
    void aBatchOfSeveralExecutorsHasOneReport() {
        try (BatchHarness large =
                BatchHarness.builder("large").set("block.records", 50).build()) {
            ScriptedInput<Double> one = large.input();
            ScriptedInput<Double> two = large.input();
            ServedModel<PredictionModel> served = ServedModel.builder(large.context(), "model", PredictionModel.class)
                    .listener(listener)
                    .serve(new Times(2), "two");
            served.shadow(
                    large.stream(one, 0).union(large.stream(two, 1)),
                    (model, record) -> model.predict(Times.vector(record)));
            served.propose(new Times(3), "three");
            large.start();
            for (int i = 0; i < 10_000; i++) {
                one.add((double) i);
                two.add(-(double) i);
            }
            large.runBatch();
        }

        assertThat(reports).hasSize(1);
        assertThat(reports.get(0).records()).isEqualTo(20_000);
        assertThat(reports.get(0).differing()).isEqualTo(19_998);
        assertThat(reports.get(0).maxDifference()).isEqualTo(9_999);
        assertThat(reports.get(0).meanDifference()).isEqualTo(4_999.5);
    }

    @Test
    void aCandidateThatFailsIsCountedAndOnlyAFewExamplesAreNamed() {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        scored(served);
        served.shadow(numbers, (model, record) -> {
            if (record == 13 && model.predict(Times.vector(1)) == 3) {
                throw new IllegalStateException("no");
            }
            return model.predict(Times.vector(record));
        });
        harness.start();
        served.propose(new Times(3), "three");
        run(13.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, Double.NaN);

        ShadowReport report = reports.get(0);
        assertThat(report.records()).isEqualTo(8);
        assertThat(report.differing()).as("not-a-number is the same to both").isEqualTo(7);
        assertThat(report.candidateFailures()).isEqualTo(1);
        assertThat(report.servedFailures()).isZero();
        assertThat(report.meanDifference()).isEqualTo(1.0);
        assertThat(report.first()).hasSize(ShadowReport.EXAMPLES);
        assertThat(harness.events().failures()).isEmpty();
    }

    @Test
    void aCandidateIsPromotedOrWithdrawn() throws IOException {
        ServedModel<PredictionModel> served = builder().serve(new Times(2), "two");
        CollectedOutput<Pair<Double, Double>> out = scored(served);
        served.shadow(numbers, (model, record) -> model.predict(Times.vector(record)));
        harness.start();
        assertThatThrownBy(served::promote)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("There is no candidate for model to promote");
        served.propose(new Times(3), "three");
        run(1.0);
        served.promote();
        assertThat(served.candidate()).isEmpty();
        run(1.0);
        served.propose(new Times(4), "four");
        run(1.0);
        served.withdraw();
        run(1.0);
        served.rollBack();
        run(1.0);

        assertThat(out.all()).extracting(Pair::value).containsExactly(2.0, 3.0, 3.0, 3.0, 2.0);
        assertThat(reports).extracting(ShadowReport::candidate).containsExactly("three", "four");
        assertThat(harness.batches().get(2).versions())
                .extracting(VersionInfo::label)
                .containsExactly("three", "four");
        Path damaged = save("damaged", 1);
        damage(damaged);
        served.propose(damaged);
        assertThat(served.candidate()).isEmpty();
        assertThat(refused).extracting(RefusedModel::version).containsExactly("damaged");
    }
}
