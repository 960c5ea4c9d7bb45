// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.table.type.DataType;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Field;
import io.millrace.table.type.Schema;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ColumnsTest {

    private static final Schema SCHEMA = DataTypes.parseSchema("a boolean, b int, c bigint, d float, e double, "
            + "f string, g binary, h decimal(20,3), i array<int>, j map<string,bigint>, "
            + "k struct<x:timestamp,y:struct<z:string>>, l void");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void batchesComeBackFromTheirBytes(long seed) {
        ColumnBatch batch = random(new Random(seed), 100);
        ColumnBatch back = BatchBytes.decode(BatchBytes.encode(batch));
        assertThat(back.schema()).isEqualTo(SCHEMA);
        same(batch, back, "seed " + seed);
        ColumnBatch half = batch.select(new int[] {99, -1, 0, 0}, 4);
        same(half, BatchBytes.decode(BatchBytes.encode(half)), "selected of seed " + seed);
        assertThat(half.row(1)).containsOnlyNulls();
    }

    @Test
    void bytesThatAreCutAreRefused() {
        byte[] bytes = BatchBytes.encode(random(new Random(7), 20));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> BatchBytes.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void rowsComeBackFromTheirBytes(long seed) {
        ColumnBatch batch = random(new Random(seed), 50);
        List<DataType> types = SCHEMA.fields().stream().map(Field::type).toList();
        RowBytes values = RowBytes.ofValues(types);
        RowEncoder encoder = new RowEncoder(values);
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (int row = 0; row < batch.rows(); row++) {
            byte[] bytes = encoder.encode(batch.columns(), row);
            assertThat(values.encode(batch.row(row))).as("seed %d", seed).isEqualTo(bytes);
            assertThat(values.encode(values.decode(bytes))).as("seed %d", seed).isEqualTo(bytes);
            values.decode(bytes, builder, 0);
            builder.rowDone();
        }
        same(batch, builder.build(), "seed " + seed);
    }

    @Test
    void equalKeysHaveEqualBytesAndHashes() {
        Schema schema = DataTypes.parseSchema("d double, s struct<f:float>, m decimal(5,2)");
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
        builder.append(new Object[] {0.0, new Object[] {Float.NaN}, new BigDecimal("1.50")});
        builder.append(new Object[] {-0.0, new Object[] {Float.intBitsToFloat(0x7fc00001)}, new BigDecimal("1.50")});
        ColumnBatch batch = builder.build();
        RowBytes keys =
                RowBytes.ofKeys(schema.fields().stream().map(Field::type).toList());
        RowEncoder encoder = new RowEncoder(keys);
        byte[] first = encoder.encode(batch.columns(), 0);
        byte[] second = encoder.encode(batch, new int[] {0, 1, 2}, 1);
        assertThat(first).isEqualTo(second);
        int[] hashes = ValueHash.hashes(batch.columns(), 2);
        assertThat(hashes[0]).isEqualTo(hashes[1]);
        assertThat(keys.decode(second)[0]).isEqualTo(0.0);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void groupsAreNumberedAsTheyCome(long seed) {
        Random random = new Random(seed);
        Schema schema = DataTypes.parseSchema("s string, n int");
        GroupIndex index =
                new GroupIndex(schema.fields().stream().map(Field::type).toList());
        Map<List<@Nullable Object>, Integer> expected = new HashMap<>();
        for (int round = 0; round < 5; round++) {
            ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
            List<Integer> groups = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                Object text = random.nextInt(9) == 0 ? null : Utf8.of("k" + random.nextInt(30));
                Object number = random.nextInt(4) == 0 ? null : random.nextInt(4);
                builder.append(new @Nullable Object[] {text, number});
                groups.add(expected.computeIfAbsent(Arrays.asList(text, number), key -> expected.size()));
            }
            int[] actual = index.assign(builder.build(), new int[] {0, 1});
            assertThat(actual)
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(groups.stream().mapToInt(i -> i).toArray());
        }
        assertThat(index.size()).isEqualTo(expected.size());
    }

    @Test
    void orderIsSparks() {
        assertThat(ValueOrder.compare(Double.NaN, Double.POSITIVE_INFINITY)).isPositive();
        assertThat(ValueOrder.compare(0.0, -0.0)).isZero();
        assertThat(ValueOrder.compare(null, (Object) 1)).isNegative();
        assertThat(ValueOrder.compare(new Object[] {1, null}, (Object) new Object[] {1, 0}))
                .isNegative();
        assertThat(ValueOrder.compare(new Object[] {1}, (Object) new Object[] {1, 0}))
                .isNegative();
        assertThat(ValueOrder.compare(Utf8.of("\u00e4"), (Object) Utf8.of("z"))).isPositive();
    }

    @Test
    void rowsAreSortedByDirectionAndPlaceOfNulls() {
        Schema schema = DataTypes.parseSchema("a int, b string");
        ColumnBatchBuilder builder = new ColumnBatchBuilder(schema);
        builder.append(new @Nullable Object[] {1, Utf8.of("x")});
        builder.append(new @Nullable Object[] {null, Utf8.of("y")});
        builder.append(new @Nullable Object[] {2, null});
        builder.append(new @Nullable Object[] {2, Utf8.of("z")});
        RowOrder order = new RowOrder(List.of(new RowOrder.Key(0, true, false), new RowOrder.Key(1, false, true)));
        assertThat(order.sorted(builder.build())).containsExactly(2, 3, 0, 1);
    }

    private static void same(ColumnBatch expected, ColumnBatch actual, String what) {
        assertThat(actual.rows()).isEqualTo(expected.rows());
        for (int row = 0; row < expected.rows(); row++) {
            for (int i = 0; i < SCHEMA.size(); i++) {
                assertThat(ValueOrder.equal(
                                expected.column(i).get(row), actual.column(i).get(row)))
                        .as("%s, row %d, column %d", what, row, i)
                        .isTrue();
            }
        }
    }

    private static ColumnBatch random(Random random, int rows) {
        ColumnBatchBuilder builder = new ColumnBatchBuilder(SCHEMA);
        for (int i = 0; i < rows; i++) {
            Utf8 text = Utf8.of("t".repeat(random.nextInt(5)));
            Object[] row = {
                random.nextBoolean(),
                random.nextInt(),
                random.nextLong() >> random.nextInt(60),
                random.nextFloat(),
                random.nextGaussian(),
                text,
                new byte[random.nextInt(4)],
                BigDecimal.valueOf(random.nextLong(), 3),
                new Object[] {1, null, random.nextInt()},
                new MapValue(new Object[] {text}, new Object[] {random.nextLong()}),
                new Object[] {random.nextLong(), random.nextInt(3) == 0 ? null : new Object[] {text}},
                null
            };
            for (int k = 0; k < row.length; k++) {
                row[k] = random.nextInt(5) == 0 ? null : row[k];
            }
            builder.append(row);
        }
        return builder.build();
    }
}
