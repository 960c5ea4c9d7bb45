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
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

/** What is in service changes between two batches, and what is refused leaves it as it is. */
class ServedModelTest extends ServedModelFixture {

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
}
