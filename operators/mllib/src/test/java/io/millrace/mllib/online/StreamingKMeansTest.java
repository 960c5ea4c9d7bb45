// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.online;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class StreamingKMeansTest {

    private static final StreamingKMeans TWO = new StreamingKMeans(2);

    private final StreamingKMeansModel model =
            TWO.initialModel(List.of(dense(0, 0), dense(10, 10)), new double[] {1, 3});

    @Test
    void movesACenterByTheShareOfTheBatch() {
        StreamingKMeansModel next = TWO.update(model, List.of(dense(1, 0), dense(2, 3), dense(14, 10)));
        assertThat(next.clusterWeights()).containsExactly(3, 4);
        assertThat(next.clusterCenters().get(0)).isEqualTo(dense(1, 1));
        assertThat(next.clusterCenters().get(1)).isEqualTo(dense(11, 10));
        assertThat(next.predict(dense(11, 11))).isEqualTo(1);
        assertThat(model.clusterWeights()).as("the model before stays").containsExactly(1, 3);
        assertThat(model.clusterCenters().get(0)).isEqualTo(dense(0, 0));
    }

    @Test
    void takesSparsePointsInAnyPlaceAndChangesNoPoint() {
        Vector sparse = Vectors.sparse(2, new int[] {0}, new double[] {1});
        Vector point = dense(2, 3);
        StreamingKMeansModel dense = TWO.update(model, List.of(dense(1, 0), point));
        assertThat(TWO.update(model, List.of(sparse, point)).clusterCenters()).isEqualTo(dense.clusterCenters());
        assertThat(TWO.update(model, List.of(point, sparse)).clusterCenters()).isEqualTo(dense.clusterCenters());
        assertThat(point).isEqualTo(dense(2, 3));
        assertThat(sparse).isEqualTo(Vectors.sparse(2, new int[] {0}, new double[] {1}));
    }

    @Test
    void takesSparseCentersToBeginWith() {
        StreamingKMeansModel begun = TWO.initialModel(
                List.of(Vectors.sparse(2, new int[0], new double[0]), dense(9, 9)), new double[] {0, 0});
        assertThat(TWO.update(begun, List.of(dense(1, 2), dense(8, 8)))
                        .clusterCenters()
                        .get(0))
                .isEqualTo(dense(1, 2));
    }

    @Test
    void forgetsByBatchesAlsoThoseOfNothing() {
        StreamingKMeans half = TWO.withDecayFactor(0.5);
        assertThat(half.update(model, List.of()).clusterWeights()).containsExactly(0.5, 1.5);
        assertThat(half.update(model, List.of(dense(0, 0))).clusterWeights()).containsExactly(1.5, 1.5);
        assertThat(TWO.withHalfLife(2, DecayUnit.BATCHES).decayFactor()).isCloseTo(Math.sqrt(0.5), within(1e-15));
    }

    @Test
    void forgetsByPoints() {
        StreamingKMeans learner = TWO.withHalfLife(1, DecayUnit.POINTS);
        assertThat(learner.timeUnit()).isEqualTo(DecayUnit.POINTS);
        assertThat(learner.update(model, List.of()).clusterWeights()).containsExactly(1, 3);
        double[] weights =
                learner.update(model, List.of(dense(0, 0), dense(0, 0))).clusterWeights();
        assertThat(weights[0]).isCloseTo(2.25, within(1e-12));
        assertThat(weights[1]).isCloseTo(0.75, within(1e-12));
        assertThat(learner.withDecayFactor(0.9).timeUnit()).isEqualTo(DecayUnit.POINTS);
    }

    @Test
    void splitsTheLargestWhenTheSmallestDies() {
        StreamingKMeansModel begun = TWO.initialModel(List.of(dense(5, 0), dense(99, 99)), new double[] {4, 0});
        StreamingKMeansModel next = TWO.update(begun, List.of());
        assertThat(next.clusterWeights()).containsExactly(2, 2);
        assertThat(next.clusterCenters().get(0).toArray()).containsExactly(5 + 5e-14, 1e-14);
        assertThat(next.clusterCenters().get(1).toArray()).containsExactly(5 - 5e-14, -1e-14);
    }

    @Test
    void drawsTheCentersThatSparkDraws() {
        // setK(4).setRandomCenters(3, 0.5, 77) in Spark 4.1
        StreamingKMeansModel drawn = new StreamingKMeans(4).randomModel(3, 0.5, 77);
        assertThat(drawn.clusterCenters().get(0))
                .isEqualTo(dense(-0.26723649451822046, 0.4269117248502791, 0.29566588678378153));
        assertThat(drawn.clusterCenters().get(3))
                .isEqualTo(dense(0.16494288680498306, 0.4895756269742776, -0.15700560249742337));
        assertThat(drawn.clusterWeights()).containsOnly(0.5);
    }

    @Test
    void refusesPointsThatWouldSpoilTheCenters() {
        assertThatThrownBy(() -> TWO.update(model, List.of(dense(1, 0), dense(1))))
                .hasMessage("a point of size 1, the cluster centers have 2");
        assertThatThrownBy(() -> TWO.update(model, List.of(dense(1, Double.POSITIVE_INFINITY))))
                .hasMessage("a point with the entry Infinity");
        assertThatThrownBy(() -> new StreamingKMeans(3).update(model, List.of()))
                .hasMessage("a model of 2 clusters, must be 3");
    }

    @Test
    void refusesSettingsAsSparkDoes() {
        refused("Number of clusters must be positive but got 0", () -> new StreamingKMeans(0));
        refused("Decay factor must be nonnegative but got -1.0", () -> TWO.withDecayFactor(-1));
        refused("Decay factor must be nonnegative but got NaN", () -> TWO.withDecayFactor(Double.NaN));
        refused("Half life must be positive but got 0.0", () -> TWO.withHalfLife(0, DecayUnit.POINTS));
        refused(
                "Number of initial centers must be 2 but got 1",
                () -> TWO.initialModel(List.of(dense(1)), new double[] {1}));
        refused(
                "Number of initial centers must be equal to number of weights",
                () -> TWO.initialModel(List.of(dense(1), dense(2)), new double[] {1}));
        refused("Number of dimensions must be positive but got 0", () -> TWO.randomModel(0, 1, 1));
        assertThatThrownBy(() -> TWO.randomModel(1, -1, 1))
                .hasMessage("weight -1.0 of a cluster center, must not be negative");
        assertThatThrownBy(() -> DecayUnit.of("years")).hasMessage("Invalid time unit for decay: years");
        assertThat(DecayUnit.of("points")).isEqualTo(DecayUnit.POINTS);
    }

    private static void refused(String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requirement failed: " + message);
    }

    private static Vector dense(double... values) {
        return Vectors.dense(values);
    }
}
