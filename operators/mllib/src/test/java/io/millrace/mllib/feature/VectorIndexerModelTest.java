// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.Test;

class VectorIndexerModelTest {

    /** Sorted, so that the first feature is the first that is looked at. */
    private static final Map<Integer, Map<Double, Integer>> CATEGORIES =
            new TreeMap<>(Map.of(0, Map.of(-1.0, 1, 0.0, 0, 4.0, 2), 2, Map.of(0.0, 0, 9.0, 1)));

    @Test
    void findsZeroWhateverItsSignAndNeverFindsNaN() {
        VectorIndexerModel model = model("keep");
        assertThat(model.index(Vectors.dense(new double[] {-0.0, -0.0, 9.0})))
                .isEqualTo(Vectors.dense(new double[] {0.0, -0.0, 1.0}));
        assertThat(model.index(Vectors.dense(new double[] {Double.NaN, 7.5, 8.0})))
                .isEqualTo(Vectors.dense(new double[] {3.0, 7.5, 2.0}));
        Vector sparse = Vectors.sparse(3, new int[] {0, 2}, new double[] {4.0, -3.0});
        assertThat(model.index(sparse)).isEqualTo(Vectors.sparse(3, new int[] {0, 2}, new double[] {2.0, 2.0}));
        assertThat(sparse.apply(2)).isEqualTo(-3.0);
    }

    @Test
    void dropsOrRefuses() {
        Vector unknown = Vectors.dense(new double[] {5.0, 0.0, 1.0});
        assertThat(model("skip").index(unknown)).isNull();
        assertThatThrownBy(() -> model("error").index(unknown))
                .isInstanceOf(ScoringException.class)
                .hasMessageContaining("invalid value 5.0 on feature index 0.");
        assertThatThrownBy(() -> model("none")).isInstanceOf(ModelFormatException.class);
        Schema schema = Schema.of(Field.of("in", DataType.Simple.VECTOR));
        Table scored = model("skip")
                .transform(Table.of(schema, List.of(Row.of(schema, unknown), Row.of(schema, Vectors.dense(new double[] {
                    4.0, 0.0, 9.0
                })))));
        assertThat(scored.size()).isEqualTo(1);
    }

    @Test
    void keepsTheNamesOfFeatures() {
        AttributeGroup before = AttributeGroup.of(
                "in",
                List.of(Attribute.numeric().withName("a"), Attribute.binary().withName("b"), Attribute.numeric()));
        Schema schema = Schema.of(Field.of("in", DataType.Simple.VECTOR).withAttributes(before));
        Field out = model("keep").transformSchema(schema).field("out");
        assertThat(out.attributeGroup().attributes())
                .containsExactly(
                        Attribute.nominal(List.of("-1.0", "0.0", "4.0"))
                                .withOrdinal(false)
                                .withName("a")
                                .withIndex(0),
                        Attribute.binary().withName("b").withIndex(1),
                        new Attribute(Attribute.Kind.BINARY, null, 2, List.of("0.0", "9.0"), null, null, null));
        Schema wrong = Schema.of(Field.of("in", DataType.Simple.VECTOR).withAttributes(AttributeGroup.ofSize("in", 4)));
        assertThatThrownBy(() -> model("keep").transformSchema(wrong))
                .hasMessage(
                        "requirement failed: VectorIndexerModel expected 3 features, but input column in had metadata"
                                + " specifying 4 features.");
    }

    @Test
    void refusesCategoriesOfFeaturesThatAreNotThere() {
        Params params = Params.of("uid", Map.of("inputCol", "in"));
        assertThatThrownBy(() -> new VectorIndexerModel(params, 2, CATEGORIES))
                .hasMessage("categories of feature 2 in a model of 2 features");
    }

    private static VectorIndexerModel model(String handleInvalid) {
        Params params = Params.of("uid", Map.of("inputCol", "in", "outputCol", "out", "handleInvalid", handleInvalid));
        return new VectorIndexerModel(params, 3, CATEGORIES);
    }
}
