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
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VectorAssemblerTest {

    private static final Schema SCHEMA = Schema.of(Field.of("x", DataType.DOUBLE), Field.of("v", DataType.VECTOR));
    private static final Vector V = Vectors.dense(new double[] {0, 3});

    @Test
    void assemblesWithoutKnowingSizesWhereThereAreNoRowsYet() {
        RowProgram program = assembler("error").program(SCHEMA);
        assertThat(program.outputSchema().field("out")).isEqualTo(Field.of("out", DataType.VECTOR));
        @Nullable Object[] row = program.run(new Object[] {-0.0, V});
        assertThat(row).endsWith(Vectors.dense(new double[] {0, 0, 3}));
    }

    @Test
    void takesSizesAndNamesFromMetadata() {
        Field v = SCHEMA.field("v")
                .withAttributes(
                        AttributeGroup.of("v", List.of(Attribute.nominal(3).withName("n"), Attribute.numeric())));
        Field x = SCHEMA.field("x")
                .withAttributes(Attribute.nominal(List.of("a", "b")).withName("other"));
        Schema out = assembler("keep").transformSchema(Schema.of(x, v));
        assertThat(out.field("out").attributeGroup().attributes())
                .containsExactly(
                        Attribute.nominal(List.of("a", "b")).withName("x").withIndex(0),
                        Attribute.nominal(3).withName("v_n").withIndex(1),
                        Attribute.numeric().withName("v_1").withIndex(2));
    }

    @Test
    void keepsNullsAsNaN() {
        Schema schema = Schema.of(SCHEMA.field("x"), SCHEMA.field("v").withAttributes(AttributeGroup.ofSize("v", 20)));
        RowProgram program = assembler("keep").program(schema);
        Vector kept = lastOf(program.run(new @Nullable Object[] {null, null}));
        assertThat(kept.size()).isEqualTo(21);
        assertThat(kept.toArray()).containsOnly(Double.NaN);
        Vector sparse = lastOf(program.run(new @Nullable Object[] {
            null, Vectors.sparse(20, new int[] {4, 7}, new double[] {1, 0})
        }));
        assertThat(sparse).hasToString("(21,[0,5],[NaN,1.0])");
    }

    @Test
    void seesSizesInTheFirstRowThatIsNotSkipped() {
        Table table = Table.of(SCHEMA, List.of(row(null, null), row(1.0, null), row(Double.NaN, V), row(2.0, V)));
        Table out = assembler("skip").transform(table);
        assertThat(out.size()).isEqualTo(1);
        assertThat(out.schema().field("out").attributeGroup().size()).isEqualTo(3);
    }

    @Test
    void saysThatThereIsNoFirstRow() {
        assertThatThrownBy(() -> assembler("skip").transform(Table.of(SCHEMA, List.of(row(1.0, null)))))
                .isInstanceOfSatisfying(
                        ScoringException.class,
                        e -> assertThat(e.sparkClass()).isEqualTo("java.util.NoSuchElementException"))
                .hasMessageStartingWith("Encountered empty dataframe while inferring lengths from the first row."
                        + " Consider using VectorSizeHint to add metadata for columns: [v]. ");
    }

    @Test
    void refusesNullsAndNaN() {
        RowProgram program = assembler("error").program(SCHEMA);
        assertThatThrownBy(() -> program.run(new @Nullable Object[] {1.0, null}))
                .hasMessageStartingWith(
                        "Encountered null while assembling a row with handleInvalid = \"error\". Consider\n");
        assertThatThrownBy(() -> program.run(new Object[] {Double.NaN, V}))
                .hasMessageStartingWith(
                        "Encountered NaN while assembling a row with handleInvalid = \"error\". Consider\n");
        assertThat(program.run(new Object[] {1.0, Vectors.dense(new double[] {Double.NaN})}))
                .isNotNull();
    }

    @Test
    void refusesColumnsOfOtherTypes() {
        Schema schema = Schema.of(Field.of("x", DataType.STRING), Field.of("v", DataType.arrayOf(DataType.LONG)));
        assertThatThrownBy(() -> assembler("error").program(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Data type string of column x is not supported.\n"
                        + "Data type array<bigint> of column v is not supported.");
    }

    @Test
    void namesOnlySoManyEntries() {
        int size = AttributeGroup.MOST + 5;
        Schema schema =
                Schema.of(SCHEMA.field("x"), SCHEMA.field("v").withAttributes(AttributeGroup.ofSize("v", size)));
        assertThat(assembler("error").transformSchema(schema).field("out").attributes())
                .isEqualTo(AttributeGroup.ofSize("out", size + 1));
    }

    @Test
    void keepsNoVectorsWithoutBounds() {
        Schema schema =
                Schema.of(SCHEMA.field("x"), SCHEMA.field("v").withAttributes(AttributeGroup.ofSize("v", 1 << 24)));
        assertThatThrownBy(() -> assembler("keep").program(schema))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the columns [x, v] have 16777217 entries, the vector can have 16777216");
    }

    @Test
    void assemblesValuesOfAnyNumericType() {
        List<String> columns = List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j");
        VectorAssembler ten = new VectorAssembler(
                Params.of("uid", Map.of("inputCols", columns, "outputCol", "out", "handleInvalid", "keep")));
        Vector assembled = ten.assemble(true, (byte) 2, (short) 3, 4, 5L, 6.5f, new BigDecimal("7.25"), V, false, null);
        assertThatThrownBy(() -> ten.assemble(1.0)).hasMessage("1 values for 10 columns");
        assertThat(assembled.toArray()).containsExactly(1, 2, 3, 4, 5, 6.5, 7.25, 0, 3, 0, Double.NaN);
    }

    private static VectorAssembler assembler(String handleInvalid) {
        return new VectorAssembler(Params.of(
                "uid", Map.of("inputCols", List.of("x", "v"), "outputCol", "out", "handleInvalid", handleInvalid)));
    }

    private static Row row(@Nullable Object... values) {
        return Row.of(SCHEMA, values);
    }

    private static Vector lastOf(@Nullable Object @Nullable [] row) {
        if (row == null || !(row[row.length - 1] instanceof Vector vector)) {
            throw new AssertionError("no vector");
        }
        return vector;
    }
}
