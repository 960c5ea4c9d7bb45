// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.mllib.attribute.Attribute;
import io.millrace.mllib.attribute.AttributeGroup;
import io.millrace.mllib.model.RowProgram;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.Params;
import io.millrace.mllib.table.DataType;
import io.millrace.mllib.table.Field;
import io.millrace.mllib.table.Schema;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NumericStagesTest {

    private static final Schema VECTORS = Schema.of(Field.of("a", DataType.VECTOR));
    private static final Vector V = Vectors.dense(new double[] {3, 0, -4});

    @Test
    void scoresAVectorAsItScoresARow() {
        Vector std = Vectors.dense(new double[] {2, 0, 4});
        StandardScalerModel standard = new StandardScalerModel(params("withMean", true), std, V);
        same(standard, standard.scale(V));
        MaxAbsScalerModel maxAbs = new MaxAbsScalerModel(params(), std);
        same(maxAbs, maxAbs.scale(V));
        RobustScalerModel robust = new RobustScalerModel(params(), std, V);
        same(robust, robust.scale(V));
        MinMaxScalerModel minMax = new MinMaxScalerModel(params(), V, std);
        same(minMax, minMax.scale(V));
        Normalizer normalizer = new Normalizer(params());
        same(normalizer, normalizer.normalize(V));
        DCT cosines = new DCT(params());
        same(cosines, cosines.cosines(V));
        PolynomialExpansion polynomial = new PolynomialExpansion(params());
        same(polynomial, polynomial.expand(V));
        Binarizer binarizer = new Binarizer(params());
        same(binarizer, binarizer.binarize(V));
        VectorSlicer slicer = new VectorSlicer(params("indices", List.of(2L, 0L)));
        same(slicer, slicer.slice(V));
        VarianceThresholdSelectorModel selector =
                new VarianceThresholdSelectorModel(params("featuresCol", "a"), new int[] {1});
        same(selector, selector.select(V));
    }

    @Test
    void knowsTheFactorOfWhatDidNotVary() {
        Vector zero = Vectors.zeros(3);
        assertThat(new MaxAbsScalerModel(params(), zero).scale(V)).isEqualTo(V);
        assertThat(new StandardScalerModel(params(), zero, zero).scale(V).toArray())
                .containsExactly(0, 0, -0.0);
        assertThat(new RobustScalerModel(params(), zero, zero).scale(V).toArray())
                .containsExactly(0, 0, -0.0);
        assertThat(new MinMaxScalerModel(params("min", 2.0, "max", 5.0), zero, zero)
                        .scale(V)
                        .toArray())
                .containsExactly(3.5, 3.5, 3.5);
    }

    @Test
    void leavesTheVectorThatItWasGiven() {
        Vector given = V.copy();
        new MinMaxScalerModel(params(), Vectors.zeros(3), V).scale(given);
        new StandardScalerModel(params("withMean", true), V, V).scale(given);
        new DCT(params("inverse", true)).cosines(given);
        new Normalizer(params()).normalize(given);
        assertThat(given).isEqualTo(V);
    }

    @Test
    void transformsAnySizeOnAnyThread() {
        DCT forward = new DCT(params());
        DCT inverse = new DCT(params("inverse", true));
        assertThat(IntStream.range(0, 2_000).parallel().mapToDouble(i -> {
                    double[] values = IntStream.rangeClosed(0, i % 37)
                            .mapToDouble(j -> j * 31 % 17 - 5)
                            .toArray();
                    Vector back = inverse.cosines(forward.cosines(Vectors.dense(values.clone())));
                    return Vectors.sqdist(back, Vectors.dense(values));
                }))
                .allMatch(distance -> distance < 1e-18);
    }

    @Test
    void expandsInSparksOrder() {
        Vector xyz = Vectors.dense(new double[] {2, 3, 5});
        assertThat(new PolynomialExpansion(params()).expand(xyz).toArray())
                .containsExactly(2, 4, 3, 6, 9, 5, 10, 15, 25);
        Vector sparse = Vectors.sparse(3, new int[] {0, 2}, new double[] {2, 5});
        assertThat(new PolynomialExpansion(params()).expand(sparse))
                .isEqualTo(Vectors.sparse(9, new int[] {0, 1, 5, 6, 8}, new double[] {2, 4, 5, 10, 25}));
    }

    @Test
    void expandsWithinBounds() {
        assertThat(PolynomialExpansion.terms(0, Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(PolynomialExpansion.terms(3, 2)).isEqualTo(10);
        assertThat(PolynomialExpansion.terms(65_534, 2)).isEqualTo(2_147_450_880);
        assertThatThrownBy(() -> PolynomialExpansion.terms(65_535, 2)).hasMessage("requirement failed");
        assertThatThrownBy(() -> new PolynomialExpansion(params()).expand(Vectors.zeros(6_000)))
                .isInstanceOf(ScoringException.class)
                .hasMessage(
                        "requirement failed: the expansion of 6000 entries has 18009000 products, it can have 16777216");
        assertThat(new PolynomialExpansion(params()).expand(Vectors.sparse(6_000, new int[] {5_999}, new double[] {2})))
                .isEqualTo(Vectors.sparse(18_009_000, new int[] {18_002_999, 18_008_999}, new double[] {2, 4}));
    }

    @Test
    void saysHowLargeVectorsAre() {
        Schema known = Schema.of(Field.of("a", DataType.VECTOR).withAttributes(AttributeGroup.ofSize("a", 3)));
        for (Transformer stage : List.of(new DCT(params()), new Normalizer(params()), new Binarizer(params()))) {
            assertThat(stage.transformSchema(known).field("o").attributes()).isEqualTo(AttributeGroup.ofSize("o", 3));
            assertThat(stage.transformSchema(VECTORS).field("o").attributes()).isNull();
        }
        assertThat(new PolynomialExpansion(params())
                        .transformSchema(known)
                        .field("o")
                        .attributes())
                .isNull();
    }

    @Test
    void selectsByNamesOfTheMetadata() {
        Field named = Field.of("a", DataType.VECTOR)
                .withAttributes(AttributeGroup.of(
                        "a",
                        List.of(
                                Attribute.numeric().withName("x"),
                                Attribute.nominal(4).withName("y"),
                                Attribute.numeric().withName("z"))));
        VectorSlicer slicer = new VectorSlicer(params("indices", List.of(2L), "names", List.of("y")));
        RowProgram program = slicer.program(Schema.of(named));
        assertThat(program.run(new Object[] {V})).endsWith(Vectors.dense(new double[] {-4, 0}));
        assertThat(program.outputSchema().field("o").attributeGroup().attributes())
                .containsExactly(
                        Attribute.numeric().withName("z").withIndex(0),
                        Attribute.nominal(4).withName("y").withIndex(1));
        assertThatThrownBy(() -> slicer.program(VECTORS))
                .hasMessageStartingWith("requirement failed: getFeatureIndicesFromNames found no feature with name y");
        assertThatThrownBy(() -> slicer.slice(V)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void imputesInTheTypeOfTheColumn() {
        DataType decimal = new DataType.Decimal(4, 1);
        Schema schema = Schema.of(
                Field.notNull("d", DataType.DOUBLE),
                Field.notNull("f", DataType.FLOAT),
                Field.of("l", DataType.LONG),
                Field.of("b", DataType.BYTE),
                Field.of("m", decimal));
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        set.put("inputCols", List.of("d", "f", "l", "b", "m"));
        set.put("outputCols", List.of("d", "f", "l", "b", "o"));
        ImputerModel imputer = new ImputerModel(Params.of("uid", set), new double[] {1.5, 2.5, -3.7, 4.9, 5.25});
        RowProgram program = imputer.program(schema);
        assertThat(program.outputSchema().names()).containsExactly("d", "f", "l", "b", "m", "o");
        assertThat(program.outputSchema().field("f").nullable()).isFalse();
        assertThat(program.run(new @Nullable Object[] {Double.NaN, Float.NaN, null, null, null}))
                .containsExactly(1.5, 2.5f, -3L, (byte) 4, null, new BigDecimal("5.3"));
        assertThat(program.run(new @Nullable Object[] {-0.0, 1f, Long.MAX_VALUE, (byte) 7, new BigDecimal("0.1")}))
                .containsExactly(-0.0, 1f, Long.MAX_VALUE, (byte) 7, new BigDecimal("0.1"), new BigDecimal("0.1"));
    }

    @Test
    void refusesToImputeWhatDoesNotFit() {
        assertThatThrownBy(() -> NumberCast.cast(128, DataType.BYTE))
                .isInstanceOf(ScoringException.class)
                .hasMessageStartingWith(
                        "[CAST_OVERFLOW] The value 128.0D of the type \"DOUBLE\" cannot be cast to \"TINYINT\"");
        assertThat(NumberCast.cast(127.9, DataType.BYTE)).isEqualTo((byte) 127);
        assertThatThrownBy(() -> NumberCast.cast(Double.NaN, DataType.LONG)).isInstanceOf(ScoringException.class);
        assertThatThrownBy(() -> NumberCast.cast(1000, new DataType.Decimal(4, 1)))
                .isInstanceOf(ScoringException.class);
    }

    @Test
    void refusesASizeThatContradictsTheMetadata() {
        Schema known = Schema.of(Field.of("a", DataType.VECTOR).withAttributes(AttributeGroup.ofSize("a", 3)));
        assertThatThrownBy(() -> new VectorSizeHint(params("size", 4L)).program(known))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Trying to set size of vectors in `a` to 4 but size already set to 3.");
        assertThat(new VectorSizeHint(params("size", 3L)).transformSchema(known))
                .isEqualTo(known);
    }

    @Test
    void refusesColumns() {
        Schema numbers = Schema.of(Field.of("a", DataType.LONG), Field.of("o", DataType.DOUBLE));
        Vector one = Vectors.dense(new double[] {1});
        assertThatThrownBy(() -> new MaxAbsScalerModel(params(), one).program(numbers))
                .hasMessage("requirement failed: Column a must be of type class org.apache.spark.ml.linalg.VectorUDT:"
                        + "struct<type:tinyint,size:int,indices:array<int>,values:array<double>> but was actually"
                        + " class org.apache.spark.sql.types.LongType$:bigint.");
        assertThatThrownBy(() -> new Binarizer(params("outputCol", "p")).program(numbers))
                .hasMessage("Data type LongType is not supported.");
        Schema taken = Schema.of(Field.of("a", DataType.VECTOR), Field.of("o", DataType.DOUBLE));
        assertThatThrownBy(() -> new MaxAbsScalerModel(params(), one).program(taken))
                .hasMessage("requirement failed: Output column o already exists.");
        assertThatThrownBy(() -> new Normalizer(params()).program(taken)).hasMessage("Output column o already exists.");
        assertThatThrownBy(() -> new MaxAbsScalerModel(params(), Vectors.zeros(0)).program(VECTORS))
                .hasMessage("requirement failed");
    }

    private static void same(Transformer stage, Vector expected) {
        @Nullable Object[] row = stage.program(VECTORS).run(new Object[] {V});
        assertThat(row).hasSize(2).endsWith(expected);
    }

    private static Params params(Object... keysAndValues) {
        Map<String, @Nullable Object> set = new LinkedHashMap<>();
        set.put("inputCol", "a");
        set.put("outputCol", "o");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            set.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return Params.of("uid", set);
    }
}
