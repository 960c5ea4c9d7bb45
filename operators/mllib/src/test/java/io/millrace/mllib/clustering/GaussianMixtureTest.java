// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class GaussianMixtureTest {

    private static final Params PARAMS = Params.of("gmm", Map.of());
    private static final List<Vector> MEANS = List.of(dense(0), dense(4));
    private static final Matrix ONE = Matrices.dense(1, 1, new double[] {1});

    @Test
    void weighsDensities() {
        GaussianMixtureModel model =
                new GaussianMixtureModel(PARAMS, new double[] {0.5, 0.5}, MEANS, List.of(ONE, ONE));
        assertThat(model.predict(dense(3))).isEqualTo(1);
        double[] expected = {Math.exp(-4.5), Math.exp(-0.5)};
        assertThat(model.predictProbability(dense(3)).apply(1))
                .isCloseTo(expected[1] / (expected[0] + expected[1]), within(1e-12));
        assertThat(model.predictProbability(dense(2)).toArray()).containsExactly(0.5, 0.5);
        assertThat(model.predictProbability(dense(1e9)).toArray())
                .as("far from all")
                .containsExactly(0.5, 0.5);
        assertThat(model.predict(dense(1e9))).isEqualTo(0);
    }

    @Test
    void writesTheColumnsThatHaveNames() {
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR));
        Params renamed = PARAMS.with("probabilityCol", "").with("predictionCol", "p");
        assertThat(model(renamed).transformSchema(schema).names()).containsExactly("features", "p");
        assertThat(model(PARAMS).transformSchema(schema).names())
                .containsExactly("features", "probability", "prediction");
        assertThat(model(renamed.with("predictionCol", ""))
                        .transformSchema(schema)
                        .names())
                .containsExactly("features");
        assertThat(model(PARAMS.with("predictionCol", ""))
                        .transformSchema(schema)
                        .names())
                .containsExactly("features", "probability");
    }

    @Test
    void refusesWhatIsNoMixture() {
        assertThatThrownBy(() -> new GaussianMixtureModel(PARAMS, new double[] {1}, MEANS, List.of(ONE, ONE)))
                .hasMessage("1 weights, 2 means and 2 covariances");
        assertThatThrownBy(() -> new GaussianMixtureModel(PARAMS, new double[0], List.of(), List.of()))
                .hasMessage("0 weights, 0 means and 0 covariances");
        assertThatThrownBy(() -> new GaussianMixtureModel(
                        PARAMS, new double[] {1}, List.of(dense(1)), List.of(Matrices.zeros(2, 2))))
                .hasMessage("a mean of size 1 and a covariance of 2 x 2, the first mean has size 1");
        Matrix nan = Matrices.dense(1, 1, new double[] {Double.NaN});
        assertThatThrownBy(() -> new GaussianMixtureModel(PARAMS, new double[] {0, 1}, MEANS, List.of(ONE, nan)))
                .hasMessage("distribution 1 holds NaN");
        assertThatThrownBy(() -> new GaussianMixtureModel(
                        PARAMS, new double[] {1}, List.of(Vectors.zeros(2)), List.of(Matrices.dense(2, 2, new double[] {
                            1, 5, 0, 1
                        }))))
                .as("not symmetric")
                .isInstanceOf(RuntimeException.class);
    }

    private static GaussianMixtureModel model(Params params) {
        return new GaussianMixtureModel(params, new double[] {0.5, 0.5}, MEANS, List.of(ONE, ONE));
    }

    private static Vector dense(double value) {
        return Vectors.dense(new double[] {value});
    }
}
