// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.online.DecayUnit;
import io.millrace.mllib.online.LabeledPoint;
import io.millrace.mllib.online.OnlineRegressionModel;
import io.millrace.mllib.online.StreamingKMeans;
import io.millrace.mllib.online.StreamingKMeansModel;
import io.millrace.mllib.online.StreamingLinearRegressionWithSGD;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job with a checkpoint writes of this module's types. */
class ModelTypesTest {

    @TempDir
    private Path folder;

    private static Vector vector(double x) {
        return x > 5 ? Vectors.sparse(3, new int[] {1}, new double[] {x}) : Vectors.dense(x, -0.0, Double.NaN);
    }

    @Test
    void aJobWithACheckpointWritesThem() {
        StreamingKMeans settings = new StreamingKMeans(2, 0.5, DecayUnit.BATCHES);
        StreamingKMeansModel initial =
                settings.initialModel(List.of(Vectors.dense(0), Vectors.dense(10)), new double[] {1, 1});
        StreamingLinearRegressionWithSGD linear = new StreamingLinearRegressionWithSGD();
        try (BatchHarness harness = BatchHarness.builder("types")
                .options(ModelTypes::register)
                .checkpoint(new FileLogStorage(folder))
                .build()) {
            ScriptedInput<Double> input = harness.input();
            DStream<Double> numbers = harness.stream(input);
            CollectedOutput<Vector> vectors = harness.collect(numbers.map(ModelTypesTest::vector));
            CollectedOutput<Scored<Vector>> scored = harness.collect(ModelScoring.of(new Times(2))
                    .scoreFully(numbers.map(ModelTypesTest::vector), vector -> Times.vector(3)));
            CollectedOutput<StreamingKMeansModel> clusters =
                    harness.collect(OnlineLearning.kMeans(harness.context(), "clusters", settings, initial)
                            .trainOn(numbers.map(x -> Vectors.dense(x))));
            OnlineRegressionModel zero = linear.initialModel(Vectors.zeros(1));
            var line = OnlineLearning.linearRegression(harness.context(), "line", linear, zero);
            DStream<LabeledPoint> points = numbers.map(x -> new LabeledPoint(2 * x, Vectors.dense(x)));
            CollectedOutput<OnlineRegressionModel> lines = harness.collect(line.trainOn(points));
            CollectedOutput<Pair<LabeledPoint, Double>> predicted = harness.collect(line.predictOnExamples(points));
            harness.start();
            input.add(1.0, 7.0);
            harness.runBatch();

            assertThat(harness.batches().get(0).succeeded()).isTrue();
            assertThat(vectors.all()).containsExactly(vector(1), vector(7));
            assertThat(scored.all()).extracting(Scored::prediction).containsExactly(6.0, 6.0);
            StreamingKMeansModel learnt = settings.update(initial, List.of(Vectors.dense(1), Vectors.dense(7)));
            assertThat(clusters.all().get(0).clusterCenters()).isEqualTo(learnt.clusterCenters());
            assertThat(clusters.all().get(0).clusterWeights()).isEqualTo(learnt.clusterWeights());
            assertThat(lines.all().get(0).weights())
                    .isEqualTo(line.latestModel().weights())
                    .isNotEqualTo(zero.weights());
            assertThat(predicted.all()).extracting(pair -> pair.key().label()).containsExactly(2.0, 14.0);
        }
    }

    @Test
    void bytesOfSomethingElseAreRefused() {
        byte[] dense = ExampleBytes.of(vector(1));
        byte[] sparse = ExampleBytes.of(vector(7));
        assertThat(ExampleBytes.vector(dense)).isEqualTo(vector(1));
        assertThat(ExampleBytes.vector(sparse)).isEqualTo(vector(7));
        for (byte[] bytes : List.of(dense, sparse)) {
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = java.util.Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> ExampleBytes.vector(cut))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(length + " bytes");
            }
        }
    }
}
