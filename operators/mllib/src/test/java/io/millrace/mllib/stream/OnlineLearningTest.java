// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.mllib.online.DecayUnit;
import io.millrace.mllib.online.LabeledPoint;
import io.millrace.mllib.online.OnlineRegressionModel;
import io.millrace.mllib.online.StreamingKMeans;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.mllib.online.StreamingLinearRegressionWithSGD;
import io.millrace.mllib.online.StreamingLogisticRegressionWithSGD;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.Recording;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Learners in a stream: what the plain learners make of the same batches, whatever dies meanwhile. */
class OnlineLearningTest {

    private static final StreamingKMeans SETTINGS = new StreamingKMeans(2, 0.5, DecayUnit.BATCHES);
    private static final StreamingKMeansModel INITIAL =
            SETTINGS.initialModel(List.of(point(0), point(10)), new double[] {1, 1});

    private final BatchHarness harness =
            BatchHarness.builder("online").set("block.records", 2).build();
    private final ScriptedInput<Double> input = harness.input();
    private final DStream<Vector> points = harness.stream(input).map(OnlineLearningTest::point);

    @AfterEach
    void close() {
        harness.close();
    }

    private static Vector point(double x) {
        return Vectors.dense(new double[] {x});
    }

    private static List<Vector> points(double... values) {
        List<Vector> points = new ArrayList<>();
        for (double value : values) {
            points.add(point(value));
        }
        return points;
    }

    private void run(List<Vector> batch) {
        input.add(batch.stream().map(point -> point.apply(0)).toArray(Double[]::new));
        harness.runBatch();
    }

    private static void assertSame(StreamingKMeansModel is, StreamingKMeansModel expected) {
        assertThat(is.clusterCenters()).isEqualTo(expected.clusterCenters());
        assertThat(is.clusterWeights()).isEqualTo(expected.clusterWeights());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchIsPredictedByWhatWasLearntBeforeWhicheverIsRegisteredFirst(boolean trainFirst) {
        var learning = OnlineLearning.kMeans(harness.context(), "clusters", SETTINGS, INITIAL);
        if (trainFirst) {
            learning.trainOn(points);
        }
        CollectedOutput<Integer> predicted = harness.collect(learning.predictOn(points));
        CollectedOutput<Pair<String, Integer>> values = harness.collect(
                learning.predictOnValues(points.mapToPair(point -> Pair.of("x" + point.apply(0), point))));
        if (!trainFirst) {
            learning.trainOn(points);
        }
        harness.start();
        List<Vector> first = points(6, 6, 6, 6, 6, 6, 6, 6);
        run(first);
        List<Vector> second = points(4, 2.9);
        run(second);

        StreamingKMeansModel after = SETTINGS.update(INITIAL, first);
        assertThat(INITIAL.predict(point(4))).isNotEqualTo(after.predict(point(4)));
        assertThat(predicted.at(1000)).containsOnly(1).hasSize(8);
        assertThat(predicted.at(2000)).containsExactly(after.predict(point(4)), after.predict(point(2.9)));
        assertThat(values.at(2000))
                .containsExactly(Pair.of("x4.0", after.predict(point(4))), Pair.of("x2.9", after.predict(point(2.9))));
        assertThat(harness.batches().get(0).versions()).containsExactly(new VersionInfo("clusters", 1, "initial"));
        assertThat(harness.batches().get(1).versions())
                .containsExactly(new VersionInfo("clusters", 2, "after 1000 ms"));
        assertSame(learning.latestModel(), SETTINGS.update(after, second));
    }

    @Test
    void emptyBatchesDecayToo() {
        var learning = OnlineLearning.kMeans(harness.context(), "clusters", SETTINGS, INITIAL);
        CollectedOutput<StreamingKMeansModel> models = harness.collect(learning.trainOn(points));
        harness.start();
        harness.runBatch();
        run(points(1));
        harness.runBatch();

        StreamingKMeansModel expected =
                SETTINGS.update(SETTINGS.update(SETTINGS.update(INITIAL, List.of()), points(1)), List.of());
        assertSame(learning.latestModel(), expected);
        assertThat(models.all()).hasSize(3);
        assertSame(models.all().get(2), expected);
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"BATCH_STARTED", "TASK_DONE", "CHANGES_STAGED", "BEFORE_OUTPUT", "BEFORE_COMMIT", "AFTER_COMMIT"})
    void everyBatchIsLearntFromOnceWhereverExecutorsDie(CrashPoint point) {
        var learning = OnlineLearning.kMeans(harness.context(), "clusters", SETTINGS, INITIAL);
        CollectedOutput<Integer> predicted = harness.collect(learning.predictOn(points));
        learning.trainOn(points);
        harness.start();
        StreamingKMeansModel expected = INITIAL;
        for (int batch = 0; batch < 6; batch++) {
            if (batch == 1 || batch == 3) {
                harness.crashWhen(point, batch == 1 ? 0 : 1);
            }
            List<Vector> some = points(batch, 9 - batch, 5, 1.5 * batch, 7);
            run(some);
            StreamingKMeansModel before = expected;
            assertThat(predicted.at(1000L * (batch + 1)))
                    .containsExactlyInAnyOrderElementsOf(
                            some.stream().map(before::predict).toList());
            expected = SETTINGS.update(expected, some);
        }

        assertThat(harness.crashes()).isEqualTo(2);
        assertSame(learning.latestModel(), expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aBatchWithAnExampleThatIsWrongIsNotLearntFrom(boolean skip) {
        var learning = OnlineLearning.kMeans(harness.context(), "clusters", SETTINGS, INITIAL);
        DStream<Vector> some = points.map(point -> point.apply(0) == 13 ? Vectors.zeros(3) : point);
        var models = learning.trainOn(some, skip ? ErrorPolicy.SKIP : ErrorPolicy.FAIL);
        harness.collect(models);
        harness.start();
        run(points(1, 2));
        run(points(1, 13, 2));
        run(points(3));

        assertSame(learning.latestModel(), SETTINGS.update(SETTINGS.update(INITIAL, points(1, 2)), points(3)));
        assertThat(harness.batches().get(1).succeeded()).isEqualTo(skip);
        assertThat(harness.batches().get(2).succeeded()).isTrue();
    }

    @Test
    void regressionsFollowTheirExamples() {
        var settings = new StreamingLinearRegressionWithSGD();
        var logistic = new StreamingLogisticRegressionWithSGD();
        OnlineRegressionModel initial = settings.initialModel(Vectors.zeros(1));
        var numbers = OnlineLearning.linearRegression(harness.context(), "numbers", settings, initial);
        var classes = OnlineLearning.logisticRegression(
                harness.context(), "classes", logistic, logistic.initialModel(Vectors.zeros(1)));
        DStream<LabeledPoint> doubled = points.map(point -> new LabeledPoint(2 * point.apply(0), point));
        DStream<LabeledPoint> signs = points.map(point -> new LabeledPoint(point.apply(0) > 0 ? 1 : 0, point));
        numbers.trainOn(doubled);
        classes.trainOn(signs);
        CollectedOutput<Pair<LabeledPoint, Double>> predicted = harness.collect(numbers.predictOnExamples(doubled));
        harness.start();
        List<Vector> batch = points(-1, 0.5, 1, 2);
        run(batch);
        run(batch);
        harness.runBatch();

        List<LabeledPoint> examples = batch.stream()
                .map(point -> new LabeledPoint(2 * point.apply(0), point))
                .toList();
        OnlineRegressionModel once = settings.update(initial, examples);
        OnlineRegressionModel twice = settings.update(once, examples);
        assertThat(numbers.latestModel().weights()).isEqualTo(twice.weights());
        assertThat(classes.latestModel().predict(point(3))).isEqualTo(1.0);
        assertThat(predicted.at(2000))
                .extracting(Pair::value)
                .containsExactly(batch.stream().map(once::predict).toArray(Double[]::new));
        assertThat(harness.batches().get(2).versions())
                .as("an empty batch changes nothing, and makes no version")
                .contains(new VersionInfo("numbers", 3, "after 2000 ms"));
        harness.runBatch();
        assertThat(harness.batches().get(3).versions()).contains(new VersionInfo("numbers", 3, "after 2000 ms"));
    }

    @Test
    void aJobThatStartsAgainPredictsByWhatItHadLearnt(@TempDir Path checkpoint) {
        List<Vector> batch = points(6, 6, 6, 6, 6, 6, 6, 6);
        StreamingKMeansModel learnt = SETTINGS.update(SETTINGS.update(INITIAL, batch), points(3));
        assertThat(INITIAL.predict(point(4.5))).isNotEqualTo(learnt.predict(point(4.5)));
        try (BatchHarness first = durable(checkpoint, Instant.EPOCH)) {
            ScriptedInput<Double> numbers = first.input();
            var learning = OnlineLearning.kMeans(first.context(), "clusters", SETTINGS, INITIAL);
            learning.trainOn(first.stream(numbers).map(OnlineLearningTest::point));
            first.start();
            numbers.add(batch.stream().map(point -> point.apply(0)).toArray(Double[]::new));
            first.runBatch();
            numbers.add(3.0);
            first.runBatch();
            assertSame(learning.latestModel(), learnt);
        }
        try (BatchHarness second = durable(checkpoint, Instant.ofEpochSecond(100))) {
            ScriptedInput<Double> numbers = second.input();
            DStream<Vector> some = second.stream(numbers).map(OnlineLearningTest::point);
            var learning = OnlineLearning.kMeans(second.context(), "clusters", SETTINGS, INITIAL);
            CollectedOutput<Integer> predicted = second.collect(learning.predictOn(some));
            learning.trainOn(some);
            numbers.add(4.5);
            second.start();
            second.runBatch();

            assertThat(predicted.all()).containsExactly(learnt.predict(point(4.5)));
            assertThat(second.batches().get(0).versions()).containsExactly(new VersionInfo("clusters", 2, "restored"));
            // the first batch was empty, at the time at which the job started
            StreamingKMeansModel decayed = SETTINGS.update(learnt, List.of());
            assertThat(second.batches().get(1).versions())
                    .containsExactly(new VersionInfo("clusters", 3, "after 100000 ms"));
            assertSame(learning.latestModel(), SETTINGS.update(decayed, points(4.5)));
        }
    }

    private static BatchHarness durable(Path checkpoint, Instant start) {
        return BatchHarness.builder("online")
                .startAt(start)
                .checkpoint(new FileLogStorage(checkpoint))
                .build();
    }

    @Test
    void learnsFromOneStreamOnly() {
        var learning = OnlineLearning.kMeans(harness.context(), "clusters", SETTINGS, INITIAL);
        learning.trainOn(points);

        assertThatThrownBy(() -> learning.trainOn(points))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clusters learns from a stream already");
    }

    @Test
    void theModelHasAWireForm(@TempDir Path folder) throws IOException {
        try (BatchHarness recorded =
                BatchHarness.builder("recorded").keepBatches(1).build()) {
            ScriptedText lines = recorded.lines();
            var learning = OnlineLearning.kMeans(recorded.context(), "clusters", SETTINGS, INITIAL);
            learning.trainOn(recorded.stream(lines).map(line -> point(Double.parseDouble(line))));
            recorded.start();
            lines.add("1");
            recorded.runBatch();
            lines.add("2");
            recorded.runBatch();

            Path file = recorded.saveKeptBatches(folder.resolve("learning"));

            assertThat(Recording.load(file).batches()).hasSize(1);
        }
    }
}
