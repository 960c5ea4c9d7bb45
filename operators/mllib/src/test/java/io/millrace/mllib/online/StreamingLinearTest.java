// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class StreamingLinearTest {

    private static final SgdSettings ONE_STEP = SgdSettings.defaults().withNumIterations(1);
    private static final List<LabeledPoint> BATCH = List.of(
            new LabeledPoint(3, dense(1, 0)), new LabeledPoint(1, Vectors.sparse(2, new int[] {1}, new double[] {2})));

    @Test
    void stepsAgainstTheMeanGradient() {
        StreamingLinearRegressionWithSGD learner = new StreamingLinearRegressionWithSGD(ONE_STEP);
        OnlineRegressionModel begun = learner.initialModel(dense(1, 1));
        OnlineRegressionModel next = learner.update(begun, BATCH);
        // errors -2 and 1, gradient (-2, 2) / 2
        assertThat(next.weights().toArray()).containsExactly(new double[] {1.1, 0.9}, within(1e-15));
        assertThat(next.predict(dense(10, 0))).isCloseTo(11, within(1e-12));
        assertThat(next.intercept()).isZero();
        assertThat(begun.weights()).isEqualTo(dense(1, 1));
        StreamingLinearRegressionWithSGD regularised = new StreamingLinearRegressionWithSGD(ONE_STEP.withRegParam(0.5));
        assertThat(regularised.update(begun, BATCH).weights()).isEqualTo(next.weights());
    }

    @Test
    void divideStepsByTheRootOfTheirNumber() {
        StreamingLinearRegressionWithSGD learner = new StreamingLinearRegressionWithSGD(
                ONE_STEP.withNumIterations(2).withConvergenceTol(0));
        List<LabeledPoint> batch = List.of(new LabeledPoint(1, dense(1)));
        double first = 0.1;
        double second = first + 0.1 / Math.sqrt(2) * (1 - first);
        assertThat(learner.update(learner.initialModel(dense(0)), batch)
                        .weights()
                        .apply(0))
                .isCloseTo(second, within(1e-15));
    }

    @Test
    void stopsEarlyOnceStepsAreSmall() {
        List<LabeledPoint> batch = List.of(new LabeledPoint(1, dense(1)));
        StreamingLinearRegressionWithSGD learner = new StreamingLinearRegressionWithSGD(
                SgdSettings.defaults().withConvergenceTol(1).withNumIterations(50));
        // the second step is the first that is compared with one before
        double second = 0.1 + 0.1 / Math.sqrt(2) * 0.9;
        assertThat(learner.update(learner.initialModel(dense(0)), batch)
                        .weights()
                        .apply(0))
                .isCloseTo(second, within(1e-15));
    }

    @Test
    void shrinksTheWeightsOfALogisticRegression() {
        StreamingLogisticRegressionWithSGD learner = new StreamingLogisticRegressionWithSGD(ONE_STEP.withRegParam(0.5));
        OnlineClassificationModel begun = learner.initialModel(dense(2, 0));
        OnlineClassificationModel next = learner.update(begun, List.of(new LabeledPoint(1, dense(0, 1))));
        assertThat(next.weights().toArray()).containsExactly(new double[] {2 * 0.95, 0.05}, within(1e-15));
        assertThat(next.predict(dense(1, 0))).isEqualTo(1);
        assertThat(next.predict(dense(-1, 0))).isEqualTo(0);
        assertThat(next.predict(dense(0, 0))).as("a tie").isEqualTo(0);
        assertThat(next.probability(dense(0, 0))).isEqualTo(0.5);
    }

    @Test
    void learnsNothingFromNothing() {
        StreamingLinearRegressionWithSGD linear = new StreamingLinearRegressionWithSGD();
        OnlineRegressionModel model = linear.initialModel(dense(1, 2));
        assertThat(linear.update(model, List.of())).isSameAs(model);
        StreamingLogisticRegressionWithSGD logistic = new StreamingLogisticRegressionWithSGD();
        OnlineClassificationModel other = logistic.initialModel(dense(1, 2));
        assertThat(logistic.update(other, List.of())).isSameAs(other);
    }

    @Test
    void refusesBatchesThatItCannotLearnFrom() {
        StreamingLogisticRegressionWithSGD logistic = new StreamingLogisticRegressionWithSGD();
        assertThatThrownBy(
                        () -> logistic.update(logistic.initialModel(dense(1)), List.of(new LabeledPoint(2, dense(1)))))
                .hasMessage("Classification labels should be 0 or 1, found 2.0");
        StreamingLinearRegressionWithSGD linear = new StreamingLinearRegressionWithSGD();
        assertThatThrownBy(() -> linear.update(linear.initialModel(dense(1)), BATCH))
                .hasMessage("a point with 2 features, the model has 1");
        assertThatThrownBy(() ->
                        linear.update(linear.initialModel(dense(1)), List.of(new LabeledPoint(Double.NaN, dense(1)))))
                .hasMessageContaining("did they diverge?");
    }

    @Test
    void samplesAsSparkDoesInOnePartition() {
        // BernoulliSampler of Spark 4.1 with the first partition's seed of new Random(43), on 40 elements
        assertThat(taken(0.05)).containsExactly(17, 36);
        assertThat(taken(0.3)).containsExactly(2, 5, 7, 10, 16, 20, 22, 24, 29, 31, 32, 39);
        assertThat(taken(0.4)).containsExactly(1, 3, 5, 7, 11, 14, 16, 17, 21, 23, 24, 29, 31, 33, 38);
        assertThat(taken(0.7)).hasSize(32).doesNotContain(10, 17, 19, 23, 28, 31, 34, 39);
        assertThat(taken(1.0)).hasSize(40);
    }

    @Test
    void skipsStepsWhoseSampleIsEmpty() {
        StreamingLinearRegressionWithSGD learner =
                new StreamingLinearRegressionWithSGD(ONE_STEP.withMiniBatchFraction(0.05));
        OnlineRegressionModel model = learner.initialModel(dense(1, 1));
        assertThat(learner.update(model, BATCH).weights()).isEqualTo(dense(1, 1));
    }

    @Test
    void refusesSettingsAsSparkDoes() {
        SgdSettings settings = SgdSettings.defaults();
        assertThatThrownBy(() -> settings.withStepSize(0))
                .hasMessage("requirement failed: Initial step size must be positive but got 0.0");
        assertThatThrownBy(() -> settings.withNumIterations(-1))
                .hasMessage("requirement failed: Number of iterations must be nonnegative but got -1");
        assertThatThrownBy(() -> settings.withRegParam(-0.1))
                .hasMessage("requirement failed: Regularization parameter must be nonnegative but got -0.1");
        assertThatThrownBy(() -> settings.withMiniBatchFraction(0))
                .hasMessage("requirement failed: Fraction for mini-batch SGD must be in range (0, 1] but got 0.0");
        assertThatThrownBy(() -> settings.withConvergenceTol(1.5))
                .hasMessage("requirement failed: Convergence tolerance must be in range [0, 1] but got 1.5");
    }

    private static List<Integer> taken(double fraction) {
        BernoulliSample sample = new BernoulliSample(fraction, 43);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            if (sample.next()) {
                taken.add(i);
            }
        }
        return taken;
    }

    private static Vector dense(double... values) {
        return Vectors.dense(values);
    }
}
