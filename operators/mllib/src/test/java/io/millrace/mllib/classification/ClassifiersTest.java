// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.BLAS;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrices;
import org.apache.spark.ml.linalg.SparseMatrix;
import org.apache.spark.ml.linalg.SparseVector;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClassifiersTest {

    private static final Schema SCHEMA = Schema.of(Field.of("features", DataType.VECTOR));

    @ParameterizedTest
    @CsvSource({"0, 0.0, 0", "0, 1e-300, 1", "1.5, 1.5, 0", "1.5, 1.6, 1", "-2, -2, 0", "-2, -1.9, 1", "0, NaN, 0"})
    void comparesTheMarginOfAVectorMachineStrictly(double threshold, double margin, double prediction) {
        LinearSVCModel model = svc(Map.of("threshold", threshold), margin);
        assertThat(model.predict(Vectors.dense(0.0))).isEqualTo(prediction);
        assertThat(only(model.transform(table(Vectors.dense(0.0)))).getDouble("prediction"))
                .isEqualTo(prediction);
    }

    @Test
    void takesInfiniteThresholdsAsSparkSavesThem() {
        assertThat(svc(Map.of("threshold", "-Inf"), -1e300).predict(Vectors.dense(0.0)))
                .isEqualTo(1);
        assertThat(svc(Map.of("threshold", "Inf"), 1e300).predict(Vectors.dense(0.0)))
                .isEqualTo(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"multinomial", "complement"})
    void refusesCountsThatAreNegativeOrNoNumbers(String kind) {
        NaiveBayesModel model = bayes(kind);
        assertThatThrownBy(() -> model.predict(Vectors.dense(1, -1)))
                .isInstanceOf(ScoringException.class)
                .hasMessage(
                        "requirement failed: Naive Bayes requires nonnegative feature values but found [1.0,-1.0].");
        assertThatThrownBy(() -> model.predict(Vectors.sparse(2, new int[] {1}, new double[] {Double.NaN})))
                .hasMessageContaining("but found (2,[1],[NaN]).");
        assertThat(model.predict(Vectors.dense(-0.0, 1))).isBetween(0.0, 1.0);
    }

    @Test
    void refusesBitsThatAreNone() {
        assertThatThrownBy(() -> bayes("bernoulli").predict(Vectors.dense(1, 0.5)))
                .isInstanceOf(ScoringException.class)
                .hasMessage(
                        "requirement failed: Bernoulli naive Bayes requires 0 or 1 feature values but found [1.0,0.5].");
    }

    @Test
    void scoresEachKindOfBayes() {
        Vector features = Vectors.dense(1, 0);
        double[] pi = {Math.log(0.25), Math.log(0.75)};
        assertThat(bayes("multinomial").predictRaw(features).values())
                .containsExactly(pi[0] + Math.log(0.5), pi[1] + Math.log(0.2));
        double logSum = Math.log(0.5 + 0.2);
        assertThat(bayes("complement").predictRaw(features).apply(0)).isCloseTo(Math.log(0.5) - logSum, within(1e-15));
        assertThat(bayes("bernoulli").predictRaw(features).apply(1))
                .isCloseTo(pi[1] + Math.log(0.2) + Math.log(1 - 0.8), within(1e-15));
        double gaussian = Math.log(0.25)
                - (Math.pow(1 - Math.log(0.5), 2) / 2 + Math.pow(Math.log(0.5), 2) / 3 + Math.log(2) + Math.log(3)) / 2;
        assertThat(bayes("gaussian").predictRaw(features).apply(0)).isCloseTo(gaussian, within(1e-15));
        assertThat(bayes("gaussian").predictRaw(features.toSparse()))
                .isEqualTo(bayes("gaussian").predictRaw(features));
    }

    @Test
    void refusesBayesThatIsNone() {
        assertThatThrownBy(() -> bayes("poisson"))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("parameter modelType is poisson");
        DenseMatrix theta = new DenseMatrix(2, 1, new double[2], false);
        assertThatThrownBy(() -> new NaiveBayesModel(params(Map.of()), Vectors.dense(0, 0, 0), theta, theta))
                .hasMessage("2 rows of theta for 3 classes");
        assertThatThrownBy(() -> new NaiveBayesModel(
                        params(Map.of("modelType", "gaussian")), Vectors.dense(0, 0), theta, Matrices.zeros(0, 0)))
                .hasMessage("sigma is 0 x 0, theta 2 x 1");
    }

    @Test
    void looksAtThresholdsOnlyWhereSparkDoes() {
        // the raw prediction is x, -x
        Map<String, Object> params = new LinkedHashMap<>(Map.of("thresholds", List.of(1.0, 0.001)));
        Vector features = Vectors.dense(1.0);
        assertThat(only(perceptron(params).transform(table(features))).getDouble("prediction"))
                .isEqualTo(1);
        params.putAll(Map.of("rawPredictionCol", "", "probabilityCol", ""));
        assertThat(only(perceptron(params).transform(table(features))).getDouble("prediction"))
                .isEqualTo(0);
        assertThat(perceptron(params).predict(features)).isEqualTo(0);
    }

    @Test
    void refusesThresholdsOfAnotherNumber() {
        assertThatThrownBy(() -> perceptron(Map.of("thresholds", List.of(1.0))).transform(table(Vectors.dense(1.0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requirement failed: MultilayerPerceptronClassificationModel.transform() called with"
                        + " non-matching numClasses and thresholds.length. numClasses=2, but thresholds has length 1");
    }

    @Test
    void refusesNetworksOfOtherSizes() {
        Params params = params(Map.of());
        assertThatThrownBy(() -> new MultilayerPerceptronClassificationModel(
                        params, new int[] {2, 3, 2}, Vectors.dense(new double[16])))
                .hasMessage("16 weights, layers [2, 3, 2] have another number");
        assertThatThrownBy(() -> new MultilayerPerceptronClassificationModel(
                        params, new int[] {1 << 30, 1 << 30, 1 << 30}, Vectors.dense(new double[16])))
                .hasMessageContaining("have another number");
        assertThatThrownBy(() -> new MultilayerPerceptronClassificationModel(
                        params, new int[] {2, 0}, Vectors.dense(new double[0])))
                .hasMessageContaining("each must be above 0");
        assertThatThrownBy(() -> new MultilayerPerceptronClassificationModel(
                        params, new int[] {2}, Vectors.dense(new double[0])))
                .hasMessageContaining("at least 2");
    }

    @Test
    void picksTheModelThatIsSurest() {
        OneVsRestModel model = oneVsRest(1, 3, 3);
        assertThat(model.predict(Vectors.dense(0.0))).isEqualTo(1);
        assertThat(model.predictRaw(Vectors.dense(0.0)).values()).containsExactly(1, 3, 3);
        Table scored = model.transform(table(Vectors.dense(0.0)));
        assertThat(scored.schema().names()).containsExactly("features", "rawPrediction", "prediction");
        assertThat(scored.schema().field("prediction").attribute().valueCount()).isEqualTo(3);
    }

    @Test
    void picksNoModelIfNoneSaysANumber() {
        assertThat(oneVsRest(Double.NaN, Double.NEGATIVE_INFINITY, Double.NaN).predict(Vectors.dense(0.0)))
                .isEqualTo(-1);
        assertThat(oneVsRest(Double.NaN, 2, Double.NaN).predict(Vectors.dense(0.0)))
                .isEqualTo(1);
        assertThatThrownBy(ClassifiersTest::oneVsRest).hasMessage("no models, there must be one per class");
    }

    @Test
    void sparseCoefficientsGiveTheBitsOfBlas() {
        Random random = new Random(5);
        for (int i = 0; i < 500; i++) {
            SparseVector coefficients = sparse(random, 40, false);
            SparseMatrix matrix = new SparseMatrix(
                    1,
                    40,
                    new int[] {0, coefficients.indices().length},
                    coefficients.indices(),
                    coefficients.values(),
                    true);
            LogisticRegressionModel model = new LogisticRegressionModel(
                    Params.of("lr", Map.of()), matrix, Vectors.dense(0.25, new double[0]), 2, false);
            SparseVector features = sparse(random, 40, true);
            double margin = BLAS.dot(features, coefficients) + 0.25;
            assertThat(model.predictRaw(features).values()).containsExactly(-margin, margin);
        }
    }

    private static SparseVector sparse(Random random, int size, boolean odd) {
        double[] odds = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, 0.0};
        int[] indices =
                IntStream.range(0, size).filter(i -> random.nextInt(4) == 0).toArray();
        double[] values = new double[indices.length];
        for (int i = 0; i < values.length; i++) {
            boolean zeroSometimes = !odd && random.nextInt(40) == 0;
            values[i] = odd && random.nextInt(20) == 0
                    ? odds[random.nextInt(odds.length)]
                    : zeroSometimes ? 0.0 : random.nextGaussian();
        }
        return new SparseVector(size, indices, values);
    }

    @Test
    void givesTwoRawValuesForARegressionOfOneClass() {
        LogisticRegressionModel model = new LogisticRegressionModel(
                params(Map.of()), new DenseMatrix(1, 1, new double[1], true), Vectors.dense(-2.0), 1, false);
        assertThat(model.predictRaw(Vectors.dense(3.0)).values()).containsExactly(2, -2);
        assertThat(only(model.transform(table(Vectors.dense(3.0))))
                        .vector("probability")
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void predictsOneOfManyClassesWithoutAllocatingOneNumberPerClass(boolean thresholds) {
        int classes = 2_000;
        Double[] equal = new Double[classes];
        Arrays.fill(equal, 0.5);
        LogisticRegressionModel model = new LogisticRegressionModel(
                params(thresholds ? Map.of("thresholds", Arrays.asList(equal)) : Map.of()),
                new DenseMatrix(classes, 1, new double[classes], true),
                Vectors.dense(new double[classes]),
                classes,
                true);
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        Vector features = Vectors.dense(3.0);
        model.predict(features);
        long before = threads.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 100; i++) {
            model.predict(features);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100L * classes);
    }

    @Test
    void readsNothingIfNoColumnIsWanted() {
        Table nothing = Table.of(SCHEMA, List.of(Row.of(SCHEMA, (Object) null)));
        Map<String, Object> unwanted = Map.of("rawPredictionCol", "", "probabilityCol", "", "predictionCol", "");
        assertThat(perceptron(unwanted).transform(nothing).schema()).isEqualTo(SCHEMA);
        assertThat(svc(unwanted, 0).transform(nothing).schema()).isEqualTo(SCHEMA);
        assertThatThrownBy(() -> svc(Map.of(), 0).transform(nothing)).isInstanceOf(ScoringException.class);
    }

    private static LinearSVCModel svc(Map<String, ?> params, double intercept) {
        return new LinearSVCModel(params(params), Vectors.dense(1.0), intercept);
    }

    /** Two classes, two features. */
    private static NaiveBayesModel bayes(String kind) {
        DenseMatrix theta =
                new DenseMatrix(2, 2, new double[] {Math.log(0.5), Math.log(0.5), Math.log(0.2), Math.log(0.8)}, true);
        return new NaiveBayesModel(
                params(Map.of("modelType", kind)),
                Vectors.dense(Math.log(0.25), Math.log(0.75)),
                theta,
                new DenseMatrix(2, 2, new double[] {2, 3, 4, 5}, true));
    }

    private static MultilayerPerceptronClassificationModel perceptron(Map<String, ?> params) {
        return new MultilayerPerceptronClassificationModel(
                params(params), new int[] {1, 2}, Vectors.dense(1, -1, 0, 0));
    }

    private static OneVsRestModel oneVsRest(double... margins) {
        List<LinearSVCModel> models =
                Arrays.stream(margins).mapToObj(margin -> svc(Map.of(), margin)).toList();
        return new OneVsRestModel(params(Map.of()), Attribute.nominal(3), models);
    }

    private static Table table(Vector features) {
        return Table.of(SCHEMA, List.of(Row.of(SCHEMA, features)));
    }

    private static Row only(Table table) {
        assertThat(table.size()).isEqualTo(1);
        return table.row(0);
    }

    private static Params params(Map<String, ?> params) {
        return Params.of("uid", new LinkedHashMap<>(params));
    }
}
