// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowProgram;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.SchemaJson;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class InteractionTest {

    private static final Schema SCHEMA = SchemaJson.parse("{\"fields\":["
            + "{\"name\":\"c\",\"type\":\"integer\",\"metadata\":{\"ml_attr\":{\"type\":\"nominal\",\"vals\":[\"u\",\"w\"]}}},"
            + "{\"name\":\"v\",\"type\":\"vector\",\"metadata\":{\"ml_attr\":{\"num_attrs\":2,\"attrs\":{"
            + "\"numeric\":[{\"idx\":0,\"name\":\"a\"}],\"nominal\":[{\"idx\":1,\"num_vals\":2}]}}}}]}");

    @Test
    void multipliesWhatSchemaJsonDescribes() {
        RowProgram program = interaction("c", "v").program(SCHEMA);
        assertThat(program.outputSchema().field("o").attributeGroup().attributes())
                .extracting(Attribute::name)
                .containsExactly("c_u:v_a", "c_u:v_1_0", "c_u:v_1_1", "c_w:v_a", "c_w:v_1_0", "c_w:v_1_1");
        assertThat(program.run(new Object[] {1, Vectors.dense(new double[] {-2.5, 1})}))
                .endsWith(Vectors.dense(new double[] {0, 0, 0, -2.5, 0, 1}).compressed());
    }

    @Test
    void leavesOneColumnAsItIsEncoded() {
        RowProgram program = interaction("c").program(SCHEMA);
        assertThat(program.outputSchema().field("o").attributeGroup().attributes())
                .containsExactly(
                        Attribute.binary().withName("c_u").withIndex(0),
                        Attribute.binary().withName("c_w").withIndex(1));
    }

    @Test
    void refusesRows() {
        RowProgram program = interaction("c", "v").program(SCHEMA);
        refuses(program, "org.apache.spark.SparkException", "Values to interact cannot be null.", null, null);
        refuses(
                program,
                "java.lang.AssertionError",
                "assertion failed: Vector column size was 1, expected 2",
                0,
                Vectors.dense(new double[] {1}));
        refuses(
                program,
                "java.lang.AssertionError",
                "assertion failed: Values from column must be indices, but got 2.0.",
                0,
                Vectors.dense(new double[] {1, 2}));
        refuses(
                program,
                "java.lang.AssertionError",
                "assertion failed: Values from column must be indices, but got -1.0.",
                -1,
                Vectors.dense(new double[] {1, 1}));
    }

    @Test
    void refusesColumnsWithoutMetadata() {
        Schema schema = Schema.of(Field.of("v", DataType.VECTOR), Field.of("f", DataType.BOOLEAN));
        assertThatThrownBy(() -> interaction("v").program(schema))
                .isInstanceOf(ScoringException.class)
                .hasMessage("Vector attributes must be defined for interaction.");
        assertThatThrownBy(() -> interaction("f").program(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("requirement failed");
        Schema unknown = Schema.of(Field.of("n", DataType.DOUBLE).withAttributes(Attribute.nominal()));
        assertThatThrownBy(() -> interaction("n").program(unknown))
                .isInstanceOf(ScoringException.class)
                .hasMessage("Nominal features must have attr numValues defined.");
    }

    @Test
    void namesOnlySoManyEntries() {
        Schema schema = Schema.of(many("a", 1 << 15), many("b", 1 << 15), many("c", 2));
        assertThat(interaction("a", "b").transformSchema(schema).field("o").attributes())
                .isEqualTo(AttributeGroup.ofSize("o", 1 << 30));
        assertThat(interaction("a", "b").program(schema).run(new Object[] {5.0, 7.0, 0.0}))
                .endsWith(Vectors.sparse(1 << 30, new int[] {(5 << 15) + 7}, new double[] {1}));
        assertThatThrownBy(() -> interaction("a", "b", "c").program(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the interaction of [a, b, c] has more than 2147483647 entries");
    }

    private static Field many(String name, int values) {
        return Field.of(name, DataType.DOUBLE).withAttributes(Attribute.nominal(values));
    }

    private static void refuses(RowProgram program, String sparkClass, String message, @Nullable Object... row) {
        assertThatThrownBy(() -> program.run(row))
                .isInstanceOfSatisfying(
                        ScoringException.class, e -> assertThat(e.sparkClass()).isEqualTo(sparkClass))
                .hasMessage(message);
    }

    private static Interaction interaction(String... columns) {
        return new Interaction(Params.of("uid", Map.of("inputCols", List.of(columns), "outputCol", "o")));
    }
}
