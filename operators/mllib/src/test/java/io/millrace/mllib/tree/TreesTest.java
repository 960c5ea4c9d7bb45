// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ludovic.netlib.blas.JavaBLAS;
import io.millrace.mllib.model.PredictionModel;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreesTest {

    private static final int FEATURES = 7;
    private static final double[] ODD = {
        Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, 6.0, 7.0, -1.0, 0.5, Double.MAX_VALUE
    };

    private final Random random = new Random(4711);

    @ParameterizedTest
    @CsvSource({
        "0, 20, 8, 6",
        "3, 20, 6, 11",
        "7, 20, 5, 4",
        "0, 500, 9, 9",
        "0, 30, 0, 5",
        "0, 10, 1, 1",
        "0, 30, 14, 8"
    })
    void walksAsTheNodesSay(int categorical, int cuts, int depth, int count) {
        RandomTrees made = new RandomTrees(random, FEATURES, categorical, cuts).grow(count, depth);
        Trees trees = made.build(3);
        Vector[] rows = rows(500);
        for (Vector row : rows) {
            double[] plain = trees.plainValues(row);
            for (int tree = 0; tree < count; tree++) {
                SavedNode leaf = RandomTrees.walk(made.saved().get(tree), row);
                int node = trees.find(tree, row);
                assertThat(trees.prediction(node)).as("%s", row).isEqualTo(leaf.prediction());
                assertThat(trees.stats()[3 * trees.leaf(node) + 1]).isEqualTo(leaf.stats()[1]);
                if (plain != null && trees.isGroup(tree & ~3)) {
                    long found = trees.findFour(tree & ~3, plain);
                    assertThat(trees.foundNode(found, tree & ~3, tree & 3)).isEqualTo(node);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 20, 8, 7", "3, 20, 6, 12", "7, 20, 5, 9", "0, 500, 9, 9", "0, 30, 0, 5"})
    void scoresBlocksAsItScoresRows(int categorical, int cuts, int depth, int count) {
        RandomTrees made = new RandomTrees(random, FEATURES, categorical, cuts).grow(count, depth);
        Trees trees = made.build(3);
        double[] weights = random.doubles(count).toArray();
        Params params = Params.of("uid", Map.of());
        List<PredictionModel> models = List.of(
                new RandomForestRegressionModel(params, trees),
                new RandomForestClassificationModel(params, trees),
                new RandomForestClassificationModel(params.with("thresholds", List.of(0.1, 0.7, 0.2)), trees),
                new GBTRegressionModel(params, new BoostedTrees(trees, weights)),
                new GBTClassificationModel(params, new BoostedTrees(trees, weights)));
        Vector[] rows = rows(200);
        for (PredictionModel model : models) {
            double[] blocks = new double[rows.length];
            model.predictAll(rows, 3, blocks);
            for (int i = 3; i < rows.length; i++) {
                assertThat(blocks[i]).as("%s of %s", model, rows[i]).isEqualTo(model.predict(rows[i]));
            }
        }
    }

    @Test
    void ranksWhatTreesTellApart() {
        assertThat(new RandomTrees(random, 7, 2, 60).grow(9, 8).build(0).ranked())
                .isNotNull();
        assertThat(new RandomTrees(random, 7, 0, 5_000).grow(200, 8).build(0).ranked())
                .isNull();
        assertThat(new RandomTrees(random, 5_000, 0, 5).grow(9, 9).build(0).ranked())
                .isNull();
    }

    @Test
    void stopsAtARowThatLacksFeaturesAsRowsDo() {
        PredictionModel model = new RandomForestRegressionModel(
                Params.of("uid", Map.of()),
                new RandomTrees(random, FEATURES, 0, 20).grow(8, 8).build(0));
        Vector[] rows = rows(150);
        rows[70] = Vectors.dense(new double[] {1.0, 2.0});
        double[] predictions = new double[rows.length];
        assertThatThrownBy(() -> model.predictAll(rows, 0, predictions))
                .isInstanceOf(ArrayIndexOutOfBoundsException.class);
        assertThat(predictions[69]).isEqualTo(model.predict(rows[69]));
        assertThatThrownBy(() -> model.predict(Vectors.sparse(1, new int[0], new double[0])))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessageContaining("out of bounds [0, 1)");
    }

    @Test
    void sumsBoostedTreesAsSparksDotProduct() {
        for (int count = 1; count < 14; count++) {
            RandomTrees made = new RandomTrees(random, FEATURES, 1, 20).grow(count, 4);
            double[] weights = random.doubles(count, -1, 1).toArray();
            BoostedTrees boosted = new BoostedTrees(made.build(0), weights);
            for (Vector row : rows(50)) {
                double[] predictions = made.saved().stream()
                        .mapToDouble(tree -> RandomTrees.walk(tree, row).prediction())
                        .toArray();
                double dot = JavaBLAS.getInstance().ddot(count, predictions, 1, weights, 1);
                assertThat(boosted.margin(row)).isEqualTo(dot);
            }
        }
    }

    @Test
    void numbersLeavesFromLeftToRight() {
        List<SavedNode> nodes = new ArrayList<>(List.of(
                new SavedNode(0, 0, new double[0], 3, 1, 0, new double[] {0.0}, -1),
                SavedNode.leaf(1, 10),
                SavedNode.leaf(2, 20),
                new SavedNode(3, 0, new double[0], 4, 2, 1, new double[] {0.0}, -1),
                SavedNode.leaf(4, 30)));
        // node 2 before its parent: refused; then with ids that follow the rule
        assertThatThrownBy(() -> new TreesBuilder(2, 0, 1, 5).add(nodes)).hasMessage("node 3 with the child 2");
        nodes.set(2, new SavedNode(2, 0, new double[0], 4, 3, 1, new double[] {0.0}, -1));
        nodes.set(3, SavedNode.leaf(3, 20));
        nodes.set(0, new SavedNode(0, 0, new double[0], 2, 1, 0, new double[] {0.0}, -1));
        TreesBuilder builder = new TreesBuilder(2, 0, 1, 5);
        builder.add(nodes);
        Trees trees = builder.build();
        assertThat(leaf(trees, -1, -1)).isEqualTo(0);
        assertThat(leaf(trees, -1, 1)).isEqualTo(1);
        assertThat(leaf(trees, 1, 0)).isEqualTo(2);
        assertThat(trees.prediction(trees.find(0, Vectors.dense(new double[] {-1, -1}))))
                .isEqualTo(30);
    }

    @Test
    void knowsThresholdsOnlyWhereSparkDoes() {
        Trees trees = new RandomTrees(random, FEATURES, 0, 20).grow(1, 3).build(3);
        Params params = Params.of("uid", Map.of("thresholds", List.of(0.0, 1.0, 1.0)));
        DecisionTreeClassificationModel tree = new DecisionTreeClassificationModel(params, trees);
        Vector row = rows(1)[0];
        assertThat(tree.predict(row)).isEqualTo(trees.prediction(trees.find(0, row)));
        GBTClassificationModel boosted = new GBTClassificationModel(
                params.with("thresholds", List.of(0.0, 1.0)), new BoostedTrees(trees, new double[] {1e3}));
        assertThat(boosted.predict(row)).isEqualTo(boosted.predictRaw(row).apply(0) > -300 ? 0.0 : 1.0);
    }

    @Test
    void refusesToDivideVotesThatNobodyCast() {
        TreesBuilder builder = new TreesBuilder(1, 2, 1, 1);
        builder.add(List.of(SavedNode.leaf(0, 1.0, 0.0, 0.0)));
        RandomForestClassificationModel model =
                new RandomForestClassificationModel(Params.of("uid", Map.of()), builder.build());
        Vector row = Vectors.dense(new double[] {1.0});
        assertThat(model.predictRaw(row).values()).containsExactly(0.0, 0.0);
        assertThatThrownBy(() -> model.predictProbability(row))
                .isInstanceOf(ScoringException.class)
                .hasMessage("requirement failed: Can't normalize the 0-vector.");
    }

    private static int leaf(Trees trees, double first, double second) {
        return trees.leafIndex(0, trees.find(0, Vectors.dense(new double[] {first, second})));
    }

    /** Dense and sparse rows, a third of them with values that are not usual. */
    private Vector[] rows(int count) {
        Vector[] rows = new Vector[count];
        for (int i = 0; i < count; i++) {
            double[] values = new double[FEATURES];
            for (int feature = 0; feature < FEATURES; feature++) {
                values[feature] = random.nextInt(3) == 0
                        ? random.nextInt(6)
                        : random.nextBoolean() ? random.nextGaussian() * 3 : (random.nextInt(20) - 10) / 4.0;
                if (i % 3 == 0 && random.nextInt(3) == 0) {
                    values[feature] = ODD[random.nextInt(ODD.length)];
                }
                if (i % 2 == 0 && random.nextBoolean()) {
                    values[feature] = 0.0;
                }
            }
            rows[i] = i % 2 == 0 ? Vectors.dense(values).toSparse() : Vectors.dense(values);
        }
        return rows;
    }
}
