// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked
class CategoryStagesTest {

    private static Params params(Object... namesAndValues) {
        Map<String, Object> set = new HashMap<>(Map.of("inputCol", "in", "outputCol", "out"));
        for (int i = 0; i < namesAndValues.length; i += 2) {
            set.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return Params.of("stage", set);
    }

    private static Table score(Transformer stage, Field field, Object... values) {
        Schema schema = Schema.of(field);
        return stage.transform(Table.of(
                schema,
                Arrays.stream(values).map(value -> Row.of(schema, value)).toList()));
    }

    private static List<Object> column(Table table) {
        return table.rows().stream().map(row -> row.get("out")).toList();
    }

    @Test
    void indexesNumbersByTheTextOfTheirCast() {
        List<List<String>> labels = List.of(List.of("1.0E10", "-0.0", "7", "NaN", "12.50"));
        StringIndexerModel model = new StringIndexerModel(params("handleInvalid", "keep"), labels);
        Field in = Field.of("in", DataType.DOUBLE);
        assertThat(column(score(model, in, 1e10, -0.0, 0.0, 7.0, Double.NaN, null)))
                .containsExactly(0.0, 1.0, 5.0, 5.0, 3.0, 5.0);
        assertThat(model.index(0, new BigDecimal("12.50"))).isEqualTo(4.0);
        assertThat(model.index(0, 7L)).isEqualTo(2.0);
        StringIndexerModel skip = new StringIndexerModel(params("handleInvalid", "skip"), labels);
        assertThat(column(score(skip, in, 1e10, Double.NaN, 3.0, null))).containsExactly(0.0);
    }

    @Test
    void leavesOutColumnsThatAreNotThere() {
        StringIndexerModel model = new StringIndexerModel(
                Params.of("si", Map.of("inputCols", List.of("in", "gone"), "outputCols", List.of("out", "o2"))),
                List.of(List.of("a"), List.of("b")));
        assertThat(score(model, Field.of("in", DataType.STRING), "a").schema().names())
                .containsExactly("in", "out");
    }

    @Test
    void refusesLabelsThatDoNotFit() {
        assertThatThrownBy(() -> new StringIndexerModel(params(), List.of(List.of("a", "a"))))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new StringIndexerModel(params(), List.of())).hasMessageContaining("0 columns");
        assertThatThrownBy(() -> new StringIndexerModel(params("handleInvalid", "ignore"), List.of(List.of("a"))))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageContaining("ignore");
        StringIndexerModel model = new StringIndexerModel(params(), List.of(List.of("a")));
        assertThatThrownBy(() -> score(model, Field.of("in", DataType.BOOLEAN), true))
                .hasMessageContaining("must be either string type or numeric type");
    }

    @Test
    void takesLabelsOfTheMetadata() {
        IndexToString stage = new IndexToString(params());
        Field in = Field.of("in", DataType.DOUBLE);
        Field named = in.withAttributes(Attribute.nominal(List.of("x", "y")));
        assertThat(column(score(stage, named, 1.9, -0.5, 0.0))).containsExactly("y", "x", "x");
        assertThatThrownBy(() -> score(stage, in, 1.0)).hasMessageContaining("no labels");
        assertThatThrownBy(() -> score(stage, named, Double.NaN))
                .isInstanceOf(ScoringException.class)
                .hasMessageStartingWith(
                        "[CAST_OVERFLOW] The value NaN of the type \"DOUBLE\" cannot be cast to \"INT\"");
        assertThatThrownBy(() -> score(stage, named, 2.0)).hasMessageContaining("Unseen index: 2 ??");
    }

    @Test
    void encodesVeryManyCategoriesWithoutMakingThemAll() {
        int many = 1 << 24;
        OneHotEncoderModel drop = new OneHotEncoderModel(params(), new int[] {many});
        assertThat(drop.encode(0, 70_000)).isEqualTo(Vectors.sparse(many - 1, new int[] {70_000}, new double[] {1}));
        assertThat(drop.encode(0, many - 1).numActives()).isZero();
        assertThatThrownBy(() -> drop.encode(0, many)).hasMessageStartingWith("Unseen value");
        assertThat(column(score(drop, Field.of("in", DataType.DOUBLE), 3.0)))
                .containsExactly(Vectors.sparse(many - 1, new int[] {3}, new double[] {1}));
    }

    @Test
    void encodesOneHot() {
        OneHotEncoderModel drop = new OneHotEncoderModel(params(), new int[] {3});
        assertThat(drop.encode(0, 1.9)).isEqualTo(Vectors.sparse(2, new int[] {1}, new double[] {1}));
        assertThat(drop.encode(0, 2).numActives()).isZero();
        assertThatThrownBy(() -> drop.encode(0, 3)).hasMessageStartingWith("Unseen value: 3.0");
        assertThatThrownBy(() -> drop.encode(0, -1)).hasMessageStartingWith("Negative value: -1.0");
        assertThatThrownBy(() -> drop.encode(0, Double.NaN)).hasMessageStartingWith("Unseen value: NaN");
        OneHotEncoderModel keep =
                new OneHotEncoderModel(params("handleInvalid", "keep", "dropLast", false), new int[] {3});
        assertThat(keep.encode(0, Double.NaN)).isEqualTo(Vectors.sparse(4, new int[] {3}, new double[] {1}));
        assertThat(column(score(keep, Field.of("in", DataType.DOUBLE), (Object) null)))
                .containsExactly((Object) null);
    }

    @Test
    void refusesCategoriesThatDoNotFit() {
        assertThatThrownBy(() -> new OneHotEncoderModel(params(), new int[] {0}))
                .hasMessageContaining("0 categories");
        assertThatThrownBy(() -> new OneHotEncoderModel(params(), new int[] {1 << 30}))
                .hasMessageContaining("categories");
        assertThatThrownBy(() -> new OneHotEncoderModel(params(), new int[2])).hasMessageContaining("2 columns");
        Field three = Field.of("in", DataType.DOUBLE).withAttributes(Attribute.nominal(List.of("a", "b", "c")));
        assertThatThrownBy(() -> score(new OneHotEncoderModel(params(), new int[] {5}), three, 0.0))
                .hasMessageContaining("expected 4 categorical values for input column in")
                .hasMessageContaining("specifying 2 values");
        Field numeric = Field.of("in", DataType.DOUBLE).withAttributes(Attribute.numeric());
        assertThatThrownBy(() -> score(new OneHotEncoderModel(params(), new int[] {5}), numeric, 0.0))
                .hasMessageContaining("cannot be continuous-value");
    }

    @Test
    void encodesTargets() {
        TargetEncoderModel.Statistics statistics = new TargetEncoderModel.Statistics(
                new double[] {0, 1, -1, Integer.MAX_VALUE}, new double[] {4, 1, 1, 6}, new double[] {2, 1, 0, 3});
        TargetEncoderModel keep =
                new TargetEncoderModel(params("handleInvalid", "keep", "smoothing", 1.0), List.of(statistics));
        assertThat(keep.encode(0, 1)).isEqualTo(0.5 * 1 + 0.5 * 0.5);
        assertThat(keep.encode(0, -0.0)).isEqualTo(0.8 * 0.5 + (1 - 0.8) * 0.5);
        assertThat(keep.encode(0, null)).isEqualTo(0.25);
        assertThat(keep.encode(0, -1.0)).isEqualTo(keep.encode(0, 99));
        TargetEncoderModel error = new TargetEncoderModel(params(), List.of(statistics));
        assertThatThrownBy(() -> error.encode(0, 9))
                .hasMessage("[USER_RAISED_EXCEPTION] Unseen value 9 in feature in. To handle unseen values, set Param"
                        + " handleInvalid to keep. SQLSTATE: P0001");
    }

    @Test
    void refusesStatisticsThatDoNotFit() {
        TargetEncoderModel.Statistics shorter =
                new TargetEncoderModel.Statistics(new double[] {0, Integer.MAX_VALUE}, new double[1], new double[2]);
        assertThatThrownBy(() -> new TargetEncoderModel(params(), List.of(shorter)))
                .hasMessageContaining("1 counts");
        TargetEncoderModel.Statistics without =
                new TargetEncoderModel.Statistics(new double[] {0}, new double[] {1}, new double[] {1});
        assertThatThrownBy(() -> new TargetEncoderModel(params(), List.of(without)))
                .hasMessageContaining("all categories together");
        assertThatThrownBy(() -> new TargetEncoderModel(params("smoothing", -1.0), List.of(without)))
                .isInstanceOf(ModelFormatException.class);
    }
}
