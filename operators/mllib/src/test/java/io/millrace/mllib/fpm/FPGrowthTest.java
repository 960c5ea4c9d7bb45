// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.fpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.MllibModels;
import io.millrace.mllib.SavedCopy;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.storage.TestRows;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FPGrowthTest {

    private static final List<Itemset> ITEMSETS = List.of(
            new Itemset(List.of("a"), 8),
            new Itemset(List.of("b"), 5),
            new Itemset(List.of("c"), 4),
            new Itemset(List.of("b", "a"), 4),
            new Itemset(List.of("c", "b", "a"), 3));

    @TempDir
    private Path directory;

    @Test
    void makesTheRulesThatAreConfidentEnough() {
        // b => a 4/5, a => b 4/8, and of the three only {b, a} => c has its antecedent among the itemsets: 3/4
        assertThat(model(0.5).associationRules())
                .containsExactlyInAnyOrder(
                        new AssociationRule(List.of("b"), "a", 0.8, 0.8 / 0.8, 0.4),
                        new AssociationRule(List.of("a"), "b", 0.5, 0.5 / 0.5, 0.4),
                        new AssociationRule(List.of("b", "a"), "c", 0.75, 0.75 / 0.4, 0.3));
        assertThat(model(0.75).associationRules()).hasSize(2);
        assertThat(model(0.81).associationRules()).isEmpty();
    }

    @Test
    void predictsWhatIsNotInTheBasketYet() {
        FPGrowthModel model = model(0.5);
        assertThat(model.predict(List.of("b"))).containsExactly("a");
        assertThat(model.predict(List.of("a", "b", "b"))).containsExactly("c");
        assertThat(model.predict(List.of("a", "b", "c"))).isEmpty();
        assertThat(model.predict(Arrays.asList(null, "b"))).containsExactly("a");
        assertThat(model.predict(List.of())).isEmpty();
        assertThat(model.predict(List.of("z"))).isEmpty();
    }

    @Test
    void givesNullNothing() {
        Schema schema = Schema.of(Field.of("items", DataType.arrayOf(DataType.STRING)));
        Object[] row = model(0.5).program(schema).run(new Object[] {null});
        assertThat(row).containsExactly(null, List.of());
        assertThatThrownBy(() -> model(0.5).program(Schema.of(Field.of("items", DataType.STRING))))
                .hasMessage("requirement failed: The input column must be array, but got string.");
    }

    @Test
    void refusesNumbersOfAnotherTypeThanInTraining() {
        FPGrowthModel model =
                new FPGrowthModel(params(0.1), List.of(new Itemset(List.of(1), 2), new Itemset(List.of(1, 2), 2)), 0);
        assertThat(model.predict(List.of(1))).containsExactly(2);
        assertThat(model.associationRules().get(0).lift()).isNaN();
        assertThatThrownBy(() -> model.program(Schema.of(Field.of("items", DataType.arrayOf(DataType.LONG)))))
                .hasMessage("the items of column items are of type long, those of training of Integer");
    }

    @Test
    void readsItemsOfEveryType() {
        assertThat(items(new int[] {1, 2})).containsExactly(1, 2);
        assertThat(items(new long[] {1, 2})).containsExactly(1L, 2L);
        assertThat(items(new double[] {1, 2})).containsExactly(1.0, 2.0);
        assertThat(items(new float[] {1, 2})).containsExactly(1f, 2f);
        assertThat(items(List.of("x"))).containsExactly("x");
        assertThatThrownBy(() -> items(List.of())).isInstanceOf(ModelFormatException.class);
        assertThatThrownBy(() -> items("x")).isInstanceOf(ModelFormatException.class);
        Map<String, Object> row = Map.of("items", List.of("x"), "freq", 1L);
        assertThatThrownBy(() -> FPGrowthModel.itemsets(List.of(TestRows.row(row), TestRows.row(row))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("is there twice");
    }

    @Test
    void refusesAConfidenceAboveOne() throws IOException {
        SavedCopy copy =
                SavedCopy.of("fpgrowth", directory).with("metadata", "\"minConfidence\":0.5", "\"minConfidence\":1.5");
        assertThatThrownBy(() -> MllibModels.load(copy.path()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageEndingWith("parameter minConfidence is 1.5, must be 0 to 1");
    }

    private static List<Object> items(Object items) {
        return FPGrowthModel.itemsets(List.of(TestRows.row(Map.of("items", items, "freq", 3L))))
                .get(0)
                .items();
    }

    private static Params params(double minConfidence) {
        return Params.of("fpgrowth", Map.of("minConfidence", minConfidence));
    }

    private static FPGrowthModel model(double minConfidence) {
        return new FPGrowthModel(params(minConfidence), ITEMSETS, 10);
    }
}
