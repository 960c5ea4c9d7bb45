// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.storage.ModelFormatException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesBuilderTest {

    @Test
    void refusesWhatIsNoTree() {
        refuses("a tree without nodes", List.of());
        refuses("a tree of 1 nodes with the node 1", List.of(SavedNode.leaf(1, 0)));
        refuses("a tree with two nodes 0", List.of(SavedNode.leaf(0, 0), SavedNode.leaf(0, 0)));
        refuses("node 0 with the child 3", tree(inner(0, 1, 3)));
        refuses("node 0 with the child 0", tree(inner(0, 0, 1)));
        refuses("node 0 with the child -7", tree(inner(0, 1, -7)));
        refuses("a tree with two ways to node 1", tree(inner(0, 1, 1)));
        refuses("3 nodes that are no tree, leaves among them: 3", tree(SavedNode.leaf(0, 0)));
        refuses("node 1 with the child 1", List.of(inner(0, 1, 2), inner(1, 1, 2), SavedNode.leaf(2, 0)));
    }

    @Test
    void refusesSplitsThatCannotBe() {
        refuses("a model of 2 features with a split at feature 2", tree(split(2, -1, 0.0)));
        refuses("a model of 2 features with a split at feature -1", tree(split(-1, -1, 0.0)));
        refuses("a split with other than one threshold: 0", tree(split(0, -1)));
        refuses("a split with other than one threshold: 2", tree(split(0, -1, 1.0, 2.0)));
        refuses("a split of categories whose number is 0", tree(split(0, 0)));
        refuses("a split of categories whose number is -2", tree(split(0, -2)));
        refuses("a split of 3 categories with the category 3.0", tree(split(0, 3, 3.0)));
        refuses("a split of 3 categories with the category -1.0", tree(split(0, 3, -1.0)));
        refuses("a split of 3 categories with the category 0.5", tree(split(0, 3, 0.5)));
        refuses("a split of 3 categories with the category NaN", tree(split(0, 3, Double.NaN)));
    }

    @Test
    void takesNoMemoryForCategoriesThatAreNotListed() {
        TreesBuilder builder = new TreesBuilder(1, 0, 1, 3);
        builder.add(tree(split(0, Integer.MAX_VALUE, 5.0)));
        assertThat(builder.build().ranked()).isNotNull();
    }

    @Test
    void boundsTheDepth() {
        assertThat(chain(TreesBuilder.MAX_DEPTH).depth(0)).isEqualTo(TreesBuilder.MAX_DEPTH);
        assertThatThrownBy(() -> chain(TreesBuilder.MAX_DEPTH + 1)).hasMessage("a tree deeper than 256");
    }

    @Test
    void refusesLeavesWithOtherStatistics() {
        TreesBuilder builder = new TreesBuilder(1, 2, 1, 1);
        assertThatThrownBy(() -> builder.add(List.of(SavedNode.leaf(0, 0, 1, 2, 3))))
                .hasMessage("a leaf with 3 statistics instead of 2");
    }

    @Test
    void holdsMetadataAgainstTheTrees(@TempDir Path folder) throws IOException {
        refusesForest(folder.resolve("1"), "\"numTrees\":8", "\"numTrees\":7", "numTrees is 7, 8 trees");
        refusesForest(folder.resolve("2"), "\"numTrees\":8", "\"numTrees\":2000000000", "numTrees is 2000000000");
        refusesForest(
                folder.resolve("3"), "\"numFeatures\":6", "\"numFeatures\":2", "a model of 2 features with a split");
        refusesForest(
                folder.resolve("4"), "\"numClasses\":2", "\"numClasses\":3", "a leaf with 2 statistics instead of 3");
        refusesForest(folder.resolve("5"), "\"numClasses\":2", "\"numClasses\":0", "numClasses is 0");
        refusesForest(
                folder.resolve("6"),
                "classification.RandomForestClassificationModel",
                "regression.RandomForestRegressionModel",
                "tree 0 is a org.apache.spark.ml.classification.DecisionTreeClassificationModel, must be");
    }

    private static void refusesForest(Path copy, String text, String changed, String reason) throws IOException {
        Path model =
                Path.of(URI.create(String.valueOf(TreesBuilderTest.class.getResource("/mllib-cases/rf-class/model"))));
        try (Stream<Path> files = Files.walk(model)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(model.relativize(file).toString());
                Files.createDirectories(target.getParent());
                if (Files.isRegularFile(file)) {
                    Files.copy(file, target);
                }
            }
        }
        try (Stream<Path> parts = Files.list(copy.resolve("metadata"))) {
            Path part = parts.filter(file -> String.valueOf(file.getFileName()).startsWith("part-"))
                    .findFirst()
                    .orElseThrow();
            String before = Files.readString(part);
            assertThat(before).contains(text);
            Files.writeString(part, before.replace(text, changed));
        }
        assertThatThrownBy(() -> MllibModels.load(copy))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining(reason);
    }

    private static Trees chain(int depth) {
        List<SavedNode> nodes = new ArrayList<>();
        for (int i = 0; i < depth; i++) {
            nodes.add(inner(2 * i, 2 * i + 1, 2 * i + 2));
            nodes.add(SavedNode.leaf(2 * i + 1, i));
        }
        nodes.add(SavedNode.leaf(2 * depth, depth));
        TreesBuilder builder = new TreesBuilder(1, 0, 1, nodes.size());
        builder.add(nodes);
        return builder.build();
    }

    private static void refuses(String reason, List<SavedNode> nodes) {
        TreesBuilder builder = new TreesBuilder(2, 0, 1, Math.max(nodes.size(), 1));
        assertThatThrownBy(() -> builder.add(nodes))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(reason);
    }

    private static List<SavedNode> tree(SavedNode root) {
        return List.of(root, SavedNode.leaf(1, 0), SavedNode.leaf(2, 0));
    }

    private static SavedNode inner(int id, int left, int right) {
        return new SavedNode(id, 0, new double[0], left, right, 0, new double[] {id}, -1);
    }

    private static SavedNode split(int feature, int categories, double... test) {
        return new SavedNode(0, 0, new double[0], 1, 2, feature, test, categories);
    }
}
