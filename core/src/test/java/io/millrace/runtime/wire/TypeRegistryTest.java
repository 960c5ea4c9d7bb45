// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.WireForm;
import io.millrace.runtime.wire.RandomValues.Box;
import io.millrace.runtime.wire.RandomValues.Circle;
import io.millrace.runtime.wire.RandomValues.Colour;
import io.millrace.runtime.wire.RandomValues.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class TypeRegistryTest {

    static final class Elsewhere {
        record Circle(int x) {}
    }

    record OfArrayList(ArrayList<String> list) {}

    record OfSortedMap(SortedMap<String, String> map) {}

    record OfThread(Thread thread) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfArray(String[] names) {}

    @SuppressWarnings("ArrayRecordComponent")
    record OfAnything(Object any, Number number, Comparable<?> comparable, List<?> list, byte[] bytes) {}

    @Test
    void aTypeHasItsSimpleNameUnlessAnotherIsGiven() {
        TypeRegistry types = TypeRegistry.builder()
                .register(Circle.class)
                .register("other", Elsewhere.Circle.class)
                .register(OfAnything.class)
                .build();

        assertThat(types.names())
                .containsExactly(
                        "millrace.CutLine",
                        "millrace.DeadLetter",
                        "millrace.FailedRecord",
                        "millrace.SliceTime",
                        "millrace.Slice",
                        "millrace.WindowFolds",
                        "millrace.WindowValue",
                        "millrace.BrokenFold",
                        "Circle",
                        "other",
                        "OfAnything");
    }

    private static final WireForm<int[][]> GRIDS = new WireForm<>() {
        @Override
        public byte[] toBytes(int[][] grid) {
            byte[] bytes = new byte[grid.length];
            for (int i = 0; i < grid.length; i++) {
                bytes[i] = (byte) grid[i].length;
            }
            return bytes;
        }

        @Override
        public int[][] fromBytes(byte[] bytes) {
            int[][] grid = new int[bytes.length][];
            for (int i = 0; i < grid.length; i++) {
                if (bytes[i] < 0) {
                    throw new IllegalArgumentException("a row has at least 0 columns, not " + bytes[i]);
                }
                grid[i] = new int[bytes[i]];
            }
            return grid;
        }
    };

    @SuppressWarnings("ArrayRecordComponent")
    record OfGrid(int[][] grid, String name) {}

    @Test
    void aClassMaySayItselfHowItBecomesBytesAndBePartOfARecord() {
        TypeRegistry types = TypeRegistry.builder()
                .register("OfGrid", OfGrid.class)
                .register("grid", int[][].class, GRIDS)
                .build();
        ValueCodec codec = new ValueCodec(types);

        Object decoded = codec.decode(codec.encode(new OfGrid(new int[][] {{1, 2}, {}, {3}}, "g")));
        OfGrid back = (OfGrid) Objects.requireNonNull(decoded);

        assertThat(back.name()).isEqualTo("g");
        assertThat(back.grid()).isDeepEqualTo(new int[][] {{0, 0}, {}, {0}});
        assertThat(types.components()).containsEntry("grid", List.of());
    }

    @Test
    void bytesThatAreNoValueOfSuchAClassAreRefusedWithItsReason() {
        ValueCodec codec = new ValueCodec(
                TypeRegistry.builder().register("grid", int[][].class, GRIDS).build());
        byte[] bytes = codec.encode(new int[][] {{1}});
        bytes[bytes.length - 1] = -1;

        assertThatThrownBy(() -> codec.decode(bytes))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("grid (int[][])")
                .hasMessageContaining("a row has at least 0 columns, not -1");
    }

    @Test
    void aSealedInterfaceStandsForAllItPermits() {
        TypeRegistry types = TypeRegistry.builder()
                .register(Shape.class)
                .register(Colour.class)
                .build();

        assertThat(types.names()).contains("Box", "Circle", "Colour");
    }

    @Test
    void twoClassesOfOneNameAreRefused() {
        assertThatThrownBy(() -> TypeRegistry.builder().register(Circle.class).register(Elsewhere.Circle.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RandomValues$Circle")
                .hasMessageContaining("TypeRegistryTest$Elsewhere$Circle")
                .hasMessageContaining("another name");
    }

    @Test
    void oneClassOfTwoNamesIsRefused() {
        assertThatThrownBy(() -> TypeRegistry.builder().register(Circle.class).register("Disc", Circle.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("already registered as 'Circle'");
    }

    @Test
    void theSameClassTwiceIsFine() {
        TypeRegistry once = TypeRegistry.builder()
                .register(Circle.class)
                .register(Circle.class)
                .build();

        assertThat(once.with(once).names()).isEqualTo(once.names());
    }

    @Test
    void twoListsThatDisagreeCannotBeJoined() {
        TypeRegistry one = TypeRegistry.builder().register(Circle.class).build();
        TypeRegistry other =
                TypeRegistry.builder().register(Elsewhere.Circle.class).build();

        assertThatThrownBy(() -> one.with(other)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatIsNoRecordOrEnumIsRefused() {
        assertThatThrownBy(() -> TypeRegistry.builder().register(Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("java.lang.Thread")
                .hasMessageContaining("make it a record");
        assertThatThrownBy(() -> TypeRegistry.builder().register(" ", Circle.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1..100 characters");
    }

    @Test
    void aComponentThatIsNotRegisteredIsFoundAtOnce() {
        TypeRegistry.Builder builder = TypeRegistry.builder().register(Box.class);

        assertThatThrownBy(builder::build)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("component 'colour'")
                .hasMessageContaining("add register(Colour.class)");
    }

    @Test
    void aComponentThatCouldNotBePutBackIsFoundAtOnce() {
        for (Class<?> type : List.of(OfArrayList.class, OfSortedMap.class, OfThread.class, OfArray.class)) {
            TypeRegistry.Builder builder = TypeRegistry.builder().register(type);

            assertThatThrownBy(builder::build)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("of " + type.getTypeName())
                    .hasMessageContaining("cannot be sent");
        }
    }
}
