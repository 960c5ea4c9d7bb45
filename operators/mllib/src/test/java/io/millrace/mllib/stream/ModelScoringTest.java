// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.VersionInfo;
import io.millrace.mllib.MllibModels;
import io.millrace.mllib.classification.LogisticRegressionModel;
import io.millrace.mllib.model.RowPlan;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.operator.Versioned;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ModelScoringTest {

    private final BatchHarness harness = BatchHarness.create("scoring");

    @AfterEach
    void close() {
        harness.close();
    }

    private static Vector features(double value) {
        if (value < 0) {
            throw new IllegalStateException("no features for " + value);
        }
        return value == 13 ? Vectors.zeros(2) : Times.vector(value);
    }

    private static Vector six(double first) {
        return Vectors.dense(new double[] {first, 2, 3, 4, 5, 6});
    }

    private static Pair<Double, Double> pair(double record, double prediction) {
        return Pair.of(record, prediction);
    }

    @Test
    void aFixedModelScoresEveryBatch() {
        ScriptedInput<Double> input = harness.input();
        CollectedOutput<Pair<Double, Double>> out =
                harness.collect(ModelScoring.of(new Times(2)).score(harness.stream(input), ModelScoringTest::features));
        harness.start();
        input.add(1.0, 2.0);
        harness.runBatch();

        assertThat(out.all()).containsExactly(pair(1, 2), pair(2, 4));
    }

    @Test
    void aVersionedModelScoresFromBatchToBatch() {
        ScriptedInput<Double> input = harness.input();
        Versioned<Times> model = harness.context().versioned("model", new Times(2), "two");
        DStream<Double> numbers = harness.stream(input);
        CollectedOutput<Pair<Double, Double>> single =
                harness.collect(ModelScoring.of(model).score(numbers, ModelScoringTest::features));
        CollectedOutput<Pair<Double, Double>> blocks =
                harness.collect(ModelScoring.of(model).scoreInBlocks(numbers, ModelScoringTest::features));
        CollectedOutput<Pair<String, Double>> values = harness.collect(ModelScoring.of(model)
                .scoreValues(numbers.mapToPair(number -> Pair.of("k" + number, features(number)))));
        harness.start();
        input.add(1.0);
        harness.runBatch();
        model.set(new Times(3), "three");
        input.add(1.0, 2.0);
        harness.runBatch();

        assertThat(single.all()).containsExactly(pair(1, 2), pair(1, 3), pair(2, 6));
        assertThat(blocks.at(1000)).containsExactly(pair(1, 2));
        assertThat(blocks.at(2000)).containsExactlyInAnyOrder(pair(1, 3), pair(2, 6));
        assertThat(values.all()).containsExactly(Pair.of("k1.0", 2.0), Pair.of("k1.0", 3.0), Pair.of("k2.0", 6.0));
        assertThat(harness.batches().get(1).versions()).containsExactly(new VersionInfo("model", 2, "three"));
    }

    @Test
    void recordsThatCannotBeScoredGoByTheErrorPolicyEachForItself() {
        ScriptedInput<Double> input = harness.input();
        DStream<Double> numbers = harness.stream(input);
        PairDStream<Double, Double> single = ModelScoring.of(new Times(2)).score(numbers, ModelScoringTest::features);
        single.onError(ErrorPolicy.SKIP);
        PairDStream<Double, Double> blocks =
                ModelScoring.of(new Times(2)).scoreInBlocks(numbers, ModelScoringTest::features);
        blocks.onError(ErrorPolicy.DEAD_LETTER);
        CollectedOutput<Pair<Double, Double>> out = harness.collect(single);
        CollectedOutput<Pair<Double, Double>> inBlocks = harness.collect(blocks);
        CollectedOutput<DeadLetter> letters = harness.collect(harness.context().deadLetters());
        harness.start();
        input.add(1.0, -1.0, 13.0, 4.0);
        var info = harness.runBatch();

        assertThat(out.all()).containsExactly(pair(1, 2), pair(4, 8));
        assertThat(inBlocks.all()).containsExactlyInAnyOrder(pair(1, 2), pair(4, 8));
        assertThat(info.skipped()).isEqualTo(2);
        assertThat(letters.all()).extracting(DeadLetter::record).containsExactlyInAnyOrder(-1.0, 13.0);
        assertThat(letters.all())
                .extracting(letter -> letter.failed().cause())
                .anyMatch(cause -> cause.contains("a vector of size 2"));
    }

    @Test
    void manyBlocksHaveTheSamePredictionsAsOneByOne() {
        ScriptedInput<Double> input = harness.input();
        CollectedOutput<Pair<Double, Double>> out = harness.collect(
                ModelScoring.of(new Times(2)).scoreInBlocks(harness.stream(input), ModelScoringTest::features));
        harness.start();
        Double[] many = IntStream.range(0, 5000).mapToObj(i -> 20.0 + i).toArray(Double[]::new);
        input.add(many);
        harness.runBatch();

        assertThat(out.all()).hasSize(5000).allMatch(scored -> scored.value() == 2 * scored.key());
    }

    @Test
    void aClassifierTellsAllItKnows() {
        LogisticRegressionModel model = MllibModels.load(
                ModelSource.resource(getClass().getClassLoader(), "mllib-cases/lr-binomial/model"),
                LogisticRegressionModel.class);
        ScriptedInput<Double> input = harness.input();
        DStream<Vector> vectors = harness.stream(input).map(ModelScoringTest::six);
        CollectedOutput<Scored<Vector>> out =
                harness.collect(ModelScoring.of(model).scoreFully(vectors, vector -> vector));
        CollectedOutput<Scored<Double>> number = harness.collect(
                ModelScoring.of(new Times(2)).scoreFully(vectors.map(vector -> 4.0), ModelScoringTest::features));
        harness.start();
        Vector vector = six(1);
        input.add(1.0);
        harness.runBatch();

        Scored<Vector> scored = out.all().get(0);
        assertThat(scored.prediction()).isEqualTo(model.predict(vector));
        assertThat(scored.raw()).contains(model.predictRaw(vector));
        assertThat(scored.probability()).contains(model.predictProbability(vector));
        assertThat(number.all().get(0).prediction()).isEqualTo(8.0);
        assertThat(number.all().get(0).raw()).isEmpty();
    }

    // ---- rows ----

    private static final Schema COLUMNS = Schema.of(Field.of("x", DataType.DOUBLE));

    /** Adds y, which is x times a factor; drops rows with a negative x, and refuses those with a zero. */
    private record Factor(String uid, double factor, String input) implements Transformer {
        @Override
        public void plan(RowPlan plan) {
            int in = plan.slot(input);
            int out = plan.add(Field.of("y", DataType.DOUBLE));
            plan.step(slots -> {
                double x = (Double) java.util.Objects.requireNonNull(slots[in]);
                if (x == 0) {
                    throw ScoringException.spark("zero");
                }
                slots[out] = x * factor;
                return x > 0;
            });
        }
    }

    private static Row row(double x) {
        return Row.of(x == 99 ? Schema.of(Field.of("z", DataType.DOUBLE)) : COLUMNS, x);
    }

    @Test
    void rowsGoThroughAPipelineWhichDropsAndRefuses() {
        Versioned<Transformer> model = harness.context().versioned("model", new Factor("a", 2, "x"), "a");
        RowScoring<Transformer> scoring = RowScoring.of(model, COLUMNS);
        ScriptedInput<Double> input = harness.input();
        DStream<Row> scored =
                scoring.score(harness.stream(input).map(ModelScoringTest::row)).onError(ErrorPolicy.SKIP);
        CollectedOutput<Row> out = harness.collect(scored);
        harness.start();
        input.add(1.0, -1.0, 0.0, 99.0);
        var first = harness.runBatch();
        model.set(new Factor("b", 3, "x"), "b");
        input.add(1.0, 2.0);
        harness.runBatch();

        assertThat(scoring.outputSchema().names()).containsExactly("x", "y");
        assertThat(out.all()).extracting(row -> row.getDouble("y")).containsExactly(2.0, 3.0, 6.0);
        assertThat(first.skipped())
                .as("the refused row, and that of another schema")
                .isEqualTo(2);
    }

    @Test
    void aModelThatDoesNotFitTheColumnsIsRefusedWhereItIsDefinedAndLaterRowByRow() {
        assertThatThrownBy(() -> RowScoring.of(new Factor("a", 2, "w"), COLUMNS))
                .isInstanceOf(IllegalArgumentException.class);
        Versioned<Factor> model = harness.context().versioned("model", new Factor("a", 2, "x"), "a");
        ScriptedInput<Double> input = harness.input();
        CollectedOutput<Row> out = harness.collect(RowScoring.of(model, COLUMNS)
                .score(harness.stream(input).map(ModelScoringTest::row))
                .onError(ErrorPolicy.DEAD_LETTER));
        CollectedOutput<DeadLetter> letters = harness.collect(harness.context().deadLetters());
        harness.start();
        model.set(new Factor("b", 2, "w"), "b");
        input.add(1.0, 2.0);
        harness.runBatch();

        assertThat(out.all()).isEmpty();
        assertThat(letters.all())
                .hasSize(2)
                .allMatch(letter -> letter.failed().cause().contains("does not fit the columns of the stream"));
    }

    @Test
    void aPipelineOfSparkScoresRows() {
        Transformer model =
                MllibModels.load(ModelSource.resource(getClass().getClassLoader(), "mllib-cases/lr-binomial/model"));
        Schema columns = Schema.of(Field.of("features", DataType.VECTOR));
        ScriptedInput<Double> input = harness.input();
        CollectedOutput<Row> out = harness.collect(RowScoring.of(model, columns)
                .score(harness.stream(input).map(first -> Row.of(columns, six(first)))));
        harness.start();
        input.add(1.0);
        harness.runBatch();

        assertThat(out.all().get(0).schema().names())
                .isEqualTo(List.of("features", "rawPrediction", "probability", "prediction"));
    }
}
