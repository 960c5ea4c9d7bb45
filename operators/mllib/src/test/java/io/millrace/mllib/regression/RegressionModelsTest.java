// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.regression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegressionModelsTest {

    @ParameterizedTest
    @CsvSource({
        "-1, 10",
        "-Infinity, 10",
        "0, 10",
        "0.5, 15",
        "1, 20",
        "1.5, 20",
        "2, 20",
        "3, 40",
        "4, 60",
        "9, 60",
        "NaN, 60"
    })
    void drawsStraightLinesBetweenBoundaries(double feature, double prediction) {
        IsotonicRegressionModel model = isotonic(Map.of());
        assertThat(model.predict(feature)).isEqualTo(prediction);
        assertThat(model.predict(Vectors.dense(feature, 7.0))).isEqualTo(prediction);
    }

    @Test
    void takesMinusZeroForLessThanZero() {
        IsotonicRegressionModel model =
                new IsotonicRegressionModel(params(Map.of()), new double[] {-0.0, 0.0}, new double[] {1, 2}, true);
        assertThat(model.predict(-0.0)).isEqualTo(1);
        assertThat(model.predict(0.0)).isEqualTo(2);
    }

    @Test
    void looksAtTheEntryOfTheFeatureIndex() {
        IsotonicRegressionModel model = isotonic(Map.of("featureIndex", 1L));
        assertThat(model.predict(Vectors.dense(9, 0.5))).isEqualTo(15);
        assertThat(model.predict(Vectors.sparse(3, new int[] {0}, new double[] {9})))
                .isEqualTo(10);
        assertThatThrownBy(() -> model.predict(Vectors.dense(1.0))).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void givesNullForANullNumberAndRefusesANullVector() {
        IsotonicRegressionModel model = isotonic(Map.of());
        Schema numbers = Schema.of(Field.of("features", DataType.DOUBLE));
        Table scored = model.transform(Table.of(numbers, List.of(Row.of(numbers, (Object) null))));
        assertThat(scored.row(0).get("prediction")).isNull();
        assertThat(scored.schema().field("prediction").nullable()).isTrue();
        Schema vectors = Schema.of(Field.of("features", DataType.VECTOR));
        assertThatThrownBy(() -> model.transform(Table.of(vectors, List.of(Row.of(vectors, (Object) null)))))
                .isInstanceOf(ScoringException.class);
        assertThat(model.transformSchema(vectors).field("prediction").nullable())
                .isFalse();
        assertThatThrownBy(() -> model.transformSchema(Schema.of(Field.of("features", DataType.INTEGER))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesIsotonicModelsThatAreNone() {
        Params params = params(Map.of());
        double[] two = {1, 2};
        assertThatThrownBy(() -> new IsotonicRegressionModel(params, two, new double[] {1}, true))
                .hasMessage("2 boundaries and 1 predictions");
        assertThatThrownBy(() -> new IsotonicRegressionModel(params, new double[0], new double[0], true))
                .hasMessage("0 boundaries and 0 predictions");
        assertThatThrownBy(() -> new IsotonicRegressionModel(params, new double[] {2, 1}, two, true))
                .hasMessage("boundaries are not in order: 2.0 before 1.0");
        assertThatThrownBy(() -> new IsotonicRegressionModel(params, two, two, false))
                .hasMessage("predictions are not in order: 1.0 before 2.0");
        assertThatThrownBy(() -> isotonic(Map.of("featureIndex", -1L)))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("featureIndex is -1");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.5, 1.5, Double.NaN})
    void refusesQuantilesThatAreNoProbabilities(double probability) {
        assertThatThrownBy(() -> aft(Map.of("quantileProbabilities", List.of(0.5, probability))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("quantileProbabilities has " + probability);
    }

    @Test
    void givesQuantilesOfTheLifetime() {
        AFTSurvivalRegressionModel model = aft(Map.of("quantileProbabilities", List.of(0.5)));
        double lambda = Math.exp(2 * 0.5 + 1);
        assertThat(model.predict(Vectors.dense(2.0))).isEqualTo(lambda);
        assertThat(model.predictQuantiles(Vectors.dense(2.0)).values())
                .containsExactly(Math.exp(Math.log(-Math.log1p(-0.5)) * 0.7) * lambda);
        assertThat(aft(Map.of()).predictQuantiles(Vectors.dense(2.0)).size()).isEqualTo(9);
        assertThatThrownBy(() -> aft(Map.of("quantileProbabilities", List.of())))
                .hasMessageContaining("quantileProbabilities is empty");
        assertThatThrownBy(() -> new AFTSurvivalRegressionModel(params(Map.of()), Vectors.dense(1.0), 0, Double.NaN))
                .hasMessage("scale NaN, must be 0 or more");
    }

    @Test
    void writesQuantilesWithoutPredictions() {
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR));
        AFTSurvivalRegressionModel model = aft(Map.of("predictionCol", "", "quantilesCol", "q"));
        Table scored = model.transform(Table.of(schema, List.of(Row.of(schema, Vectors.dense(2.0)))));
        assertThat(scored.schema().names()).containsExactly("features", "q");
        assertThat(scored.row(0).vector("q")).isEqualTo(model.predictQuantiles(Vectors.dense(2.0)));
    }

    @Test
    void writesNothingAndReadsNothingIfNoColumnIsWanted() {
        Schema schema = Schema.of(Field.of("features", DataType.VECTOR));
        Table nothing = Table.of(schema, List.of(Row.of(schema, (Object) null)));
        assertThat(aft(Map.of("predictionCol", "")).transform(nothing).schema()).isEqualTo(schema);
        LinearRegressionModel linear =
                new LinearRegressionModel(params(Map.of("predictionCol", "")), Vectors.dense(1.0), 0, 1);
        assertThat(linear.transform(nothing).size()).isEqualTo(1);
    }

    @Test
    void multipliesAllPairs() {
        // factors (1, 2), (3, 4), (5, 6), row by row
        FactorizationMachine machine = new FactorizationMachine(
                0.5, Vectors.dense(1, -1, 2), new DenseMatrix(3, 2, new double[] {1, 2, 3, 4, 5, 6}, true));
        Vector dense = Vectors.dense(2, 0, -3);
        Vector stored = Vectors.sparse(3, new int[] {0, 1, 2}, new double[] {2, 0, -3});
        double expected = 0.5 + (2 - 6) + (1 * 5 + 2 * 6) * 2 * -3;
        assertThat(machine.value(dense)).isEqualTo(expected);
        assertThat(machine.value(dense.toSparse())).isEqualTo(expected);
        assertThat(machine.value(stored)).isEqualTo(expected);
        assertThatThrownBy(() -> machine.value(Vectors.dense(1.0))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new FactorizationMachine(0, Vectors.dense(1, 2), new DenseMatrix(3, 1, new double[3], false)))
                .hasMessage("3 rows of factors for 2 linear coefficients");
    }

    private static IsotonicRegressionModel isotonic(Map<String, ?> params) {
        return new IsotonicRegressionModel(
                params(params), new double[] {0, 1, 2, 4}, new double[] {10, 20, 20, 60}, true);
    }

    private static AFTSurvivalRegressionModel aft(Map<String, ?> params) {
        return new AFTSurvivalRegressionModel(params(params), Vectors.dense(0.5), 1, 0.7);
    }

    private static Params params(Map<String, ?> params) {
        return Params.of("uid", new LinkedHashMap<>(params));
    }
}
