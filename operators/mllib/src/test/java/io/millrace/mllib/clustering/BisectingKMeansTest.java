// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.clustering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.SavedCopy;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.LoadLimits;
import io.millrace.mllib.storage.ModelDirectory;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.ModelSource;
import io.millrace.mllib.storage.ParquetRow;
import io.millrace.mllib.storage.TestRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BisectingKMeansTest {

    @TempDir
    private Path directory;

    @Test
    void walksToTheNearerChildWhichIsNotAlwaysTheNearestLeaf() {
        ClusterTree tree =
                tree(false, node(-1, 0, -2, 2), node(-2, -10, 0, 1), node(0, -20), node(1, 0.5), node(2, 10));
        assertThat(tree.predict(Vectors.dense(new double[] {-19}))).isEqualTo(0);
        assertThat(tree.predict(Vectors.dense(new double[] {9}))).isEqualTo(2);
        // leaf 1 would be nearer, but the way to it is not
        assertThat(tree.predict(Vectors.dense(new double[] {0.6}))).isEqualTo(2);
        assertThat(tree.predict(Vectors.dense(new double[] {0}))).as("a tie").isEqualTo(1);
        assertThat(tree.leafCenters()).hasSize(3);
    }

    @Test
    void refusesWhatIsNoTree() {
        refused("there is no node 7, which is a child", node(-1, 0, 7, 0), node(0, 1));
        refused("is 0: the node is the child of two, or of itself", node(-1, 0, 0, 0), node(0, 1));
        refused("is -1: the node is the child of two, or of itself", node(-1, 0, -1, 0), node(0, 1));
        refused("is 0 in two rows", node(-1, 0, 0, 1), node(0, 1), node(0, 1), node(1, 1));
        refused("is 0 for a node with 1 children", node(-1, 0, 0), node(0, 1, 1), node(1, 1));
        refused("is -2 for a node with 0 children", node(-1, 0, -2), node(-2, 1));
        refused("rootId is -1, there is no such node", node(0, 1));
        refused("is NaN, or the center holds NaN", node(-1, 0, 0), node(0, Double.NaN));
    }

    @Test
    void standsADeepTree() {
        List<ParquetRow> nodes = new ArrayList<>();
        int depth = 100_000;
        for (int i = 1; i < depth; i++) {
            nodes.add(node(-i, i, -i - 1, i));
            nodes.add(node(i, -i));
        }
        nodes.add(node(-depth, depth, 0));
        nodes.add(node(0, depth));
        assertThat(tree(false, nodes.toArray(new ParquetRow[0])).predict(Vectors.dense(new double[] {depth})))
                .isEqualTo(0);
    }

    @Test
    void measuresByCosineIfTrainedSo() throws IOException {
        SavedCopy copy = SavedCopy.of("bisecting", directory)
                .with("data/metadata", "\"distanceMeasure\":\"euclidean\"", "\"distanceMeasure\":\"cosine\"");
        BisectingKMeansModel model = MllibModels.load(copy.path(), BisectingKMeansModel.class);
        assertThat(model.distanceMeasure()).isEqualTo("cosine");
        assertThat(model.k()).isEqualTo(5);
        assertThatThrownBy(() -> model.predict(Vectors.zeros(model.numFeatures())))
                .isInstanceOf(ScoringException.class)
                .hasMessage("assertion failed: Cosine distance is not defined for zero-length vectors.");
    }

    @Test
    void loadsTheFirstFormatWhichHadNoMeasure() throws IOException {
        SavedCopy copy = SavedCopy.of("bisecting", directory)
                .with("data/metadata", "\"distanceMeasure\":\"euclidean\",", "")
                .with("data/metadata", "\"version\":\"3.0\"", "\"version\":\"1.0\"");
        assertThat(MllibModels.load(copy.path(), BisectingKMeansModel.class).distanceMeasure())
                .isEqualTo("euclidean");
    }

    @Test
    void refusesMetadataOfSomethingElse() throws IOException {
        SavedCopy copy = SavedCopy.of("bisecting", directory).with("data/metadata", "\"rootId\":-1", "\"rootId\":-99");
        assertThatThrownBy(() -> MllibModels.load(copy.path()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("bisecting/data/metadata: rootId is -99, there is no such node");
        copy.with("data/metadata", "\"version\":\"3.0\"", "\"version\":\"9\"");
        assertThatThrownBy(() -> MllibModels.load(copy.path())).hasMessageContaining("version is 9, must be");
        copy.with("data/metadata", "BisectingKMeansModel", "Other");
        assertThatThrownBy(() -> MllibModels.load(copy.path())).hasMessageContaining("class is ");
        copy.with("data/metadata", "{", "");
        assertThatThrownBy(() -> MllibModels.load(copy.path())).hasMessageContaining("not JSON");
    }

    private void refused(String reason, ParquetRow... nodes) {
        assertThatThrownBy(() -> tree(false, nodes))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(reason);
    }

    private ClusterTree tree(boolean cosine, ParquetRow... nodes) {
        ModelDirectory model = ModelSource.at(directory).directory(LoadLimits.defaults());
        return ClusterTree.of(model, List.of(nodes), -1, cosine);
    }

    private static ParquetRow node(int index, double center, int... children) {
        return TestRows.row(Map.of(
                "index", index, "center", TestRows.vector(center), "norm", Math.abs(center), "children", children));
    }
}
