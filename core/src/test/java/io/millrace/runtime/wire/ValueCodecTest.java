// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.Pair;
import io.millrace.operator.window.BrokenFold;
import io.millrace.operator.window.Slice;
import io.millrace.operator.window.SliceTime;
import io.millrace.operator.window.WindowFolds;
import io.millrace.operator.window.WindowValue;
import io.millrace.runtime.wire.RandomValues.Box;
import io.millrace.runtime.wire.RandomValues.Circle;
import io.millrace.runtime.wire.RandomValues.Colour;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValueCodecTest {

    private final ValueCodec codec = new ValueCodec(RandomValues.TYPES);

    private record Stranger(int number) {}

    private record Temperature(double celsius) {
        Temperature {
            if (celsius < -273.15) {
                throw new IllegalArgumentException("celsius must be at least -273.15, but is " + celsius);
            }
        }
    }

    private record Warm(double celsius) {}

    private enum Strange {
        ONE
    }

    private static final class NoRecord {}

    private record Tree<T>(@Nullable T value, List<Tree<T>> children) {}

    @Test
    void valuesOfEveryKindComeBack() {
        RandomValues values = new RandomValues(Seeded.random("valuesOfEveryKindComeBack"));
        for (int round = 0; round < 20_000; round++) {
            Object value = values.key(4);

            Object back = codec.decode(codec.encode(value));

            assertThat(back).isEqualTo(value);
            assertThat(codec.encode(back)).isEqualTo(codec.encode(value));
        }
    }

    @Test
    void valuesWithArraysComeBack() {
        RandomValues values = new RandomValues(Seeded.random("valuesWithArraysComeBack"));
        for (int round = 0; round < 20_000; round++) {
            Object value = values.value(3);

            Object back = codec.decode(codec.encode(value));

            assertThat(Arrays.deepEquals(new Object[] {unlisted(back)}, new Object[] {unlisted(value)}))
                    .isTrue();
        }
    }

    private Object present(Object value) {
        return Objects.requireNonNull(codec.decode(codec.encode(value)));
    }

    private static @Nullable Object unlisted(@Nullable Object value) {
        return value instanceof List<?> list ? list.toArray() : value;
    }

    @Test
    void theBitsOfANotANumberComeBack() {
        double odd = Double.longBitsToDouble(0x7FF8_0000_0000_1234L);

        Object back = present(odd);

        assertThat(Double.doubleToRawLongBits((Double) back)).isEqualTo(0x7FF8_0000_0000_1234L);
    }

    @Test
    void collectionsComeBackUnmodifiableAndInOrder() {
        List<@Nullable Object> list = new ArrayList<>(Arrays.asList("a", null, 1L));
        Map<Object, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", 2);
        Set<Object> set = new LinkedHashSet<>(List.of(9, 1, 5));

        List<?> listBack = (List<?>) present(list);
        Map<?, ?> mapBack = (Map<?, ?>) present(map);
        Set<?> setBack = (Set<?>) present(set);

        assertThat(listBack).isEqualTo(list);
        assertThat(new ArrayList<Object>(mapBack.keySet())).containsExactly("z", "a");
        assertThat(new ArrayList<Object>(setBack)).containsExactly(9, 1, 5);
        assertThatThrownBy(listBack::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(mapBack::clear).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(setBack::clear).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void anyListSetOrMapIsTakenForWhatItIs() {
        assertThat(codec.decode(codec.encode(Arrays.asList(1, 2).subList(1, 2))))
                .isEqualTo(List.of(2));
        assertThat(codec.decode(codec.encode(new TreeMap<>(Map.of("a", 1))))).isEqualTo(Map.of("a", 1));
        assertThat(codec.decode(codec.encode(new HashMap<>(Map.of("a", 1)).keySet())))
                .isEqualTo(Set.of("a"));
    }

    @Test
    void deadLettersNeedNoRegistration() {
        DeadLetter dead = new DeadLetter(
                new FailedRecord(new BatchTime(1), "0-7", 3, "-", "map", "Job.java:3", "x", "cause"), "x");

        assertThat(new ValueCodec(TypeRegistry.empty())
                        .decode(new ValueCodec(TypeRegistry.empty()).encode(Pair.of(dead, 1L))))
                .isEqualTo(Pair.of(dead, 1L));
    }

    @Test
    void whatWindowsKeepNeedsNoRegistration() {
        ValueCodec plain = new ValueCodec(TypeRegistry.empty());
        BitSet absent = new BitSet();
        absent.set(1);
        for (Object kept : List.of(
                new SliceTime(17_000),
                new Slice(1, Arrays.asList("a", null), new int[] {7, 0}, new long[] {5, -1}, new BitSet()),
                new Slice(2, List.of("a", 3L), new int[] {7, 9}, Arrays.asList("x", null), absent),
                new WindowFolds(4, 5, 1L, null, "x", List.of()),
                new WindowValue(17_000, 0.25),
                new BrokenFold("thirteen"))) {
            Object back = plain.decode(plain.encode(kept));

            assertThat(back).isEqualTo(kept).hasSameHashCodeAs(kept).hasToString(kept.toString());
        }
    }

    @Test
    void aSliceWhosePartsDoNotFitTogetherIsRefused() {
        assertThatThrownBy(() -> new Slice(1, List.of("a"), new int[] {7}, new long[] {5, -1}, new BitSet()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A slice must have a hash and a value for each of its 1 keys, but has 1 and 2");
        assertThatThrownBy(() -> new Slice(1, List.of("a"), new int[] {7}, "a", new BitSet()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void recordsThatHoldThemselvesComeBack() {
        ValueCodec trees =
                new ValueCodec(TypeRegistry.builder().register(Tree.class).build());
        Tree<String> tree = new Tree<>("a", List.of(new Tree<>("b", List.of()), new Tree<>(null, List.of())));

        assertThat(trees.decode(trees.encode(tree))).isEqualTo(tree);
    }

    @Test
    void noClassNameIsOnTheWire() {
        String bytes = new String(
                codec.encode(new Box(new Circle(1), Colour.GREEN, 'x', (byte) 1, (short) 1, 1, 1)),
                java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(bytes)
                .contains("Box")
                .contains("GREEN")
                .doesNotContain("millrace")
                .doesNotContain("RandomValues");
    }

    @Test
    void anUnregisteredClassIsNamedWithTheWayToRegisterIt() {
        assertThatThrownBy(() -> codec.encode(List.of(new Stranger(1))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("ValueCodecTest$Stranger")
                .hasMessageContaining("StreamingContext.builder().register(Stranger.class)");
        assertThatThrownBy(() -> codec.encode(Strange.ONE))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("register(Strange.class)");
        assertThatThrownBy(() -> codec.encode(new NoRecord()))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("ValueCodecTest$NoRecord")
                .hasMessageContaining("make it a record");
    }

    @Test
    void theErrorNamesTheComponent() {
        Object reading = new RandomValues.Reading("s", 1, 1, true, List.of(new Stranger(1)));

        assertThatThrownBy(() -> codec.encode(reading))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("component 'notes' of")
                .hasMessageContaining("Stranger");
    }

    @Test
    void aNameThatIsNotInTheListIsRefused() {
        ValueCodec other = new ValueCodec(
                TypeRegistry.builder().register("java.lang.Runtime", Warm.class).build());

        assertThatThrownBy(() -> codec.decode(other.encode(new Warm(1))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("'java.lang.Runtime'")
                .hasMessageContaining("register the type");
    }

    @Test
    void aValueThatTheConstructorRefusesIsAWireException() {
        ValueCodec warm =
                new ValueCodec(TypeRegistry.builder().register("T", Warm.class).build());
        ValueCodec temperature = new ValueCodec(
                TypeRegistry.builder().register("T", Temperature.class).build());

        assertThat(temperature.decode(warm.encode(new Warm(20)))).isEqualTo(new Temperature(20));
        assertThatThrownBy(() -> temperature.decode(warm.encode(new Warm(-300))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("celsius must be at least -273.15");
    }

    @Test
    void aRecordThatGainedAComponentIsRefusedByTheCount() {
        ValueCodec old =
                new ValueCodec(TypeRegistry.builder().register("T", Warm.class).build());
        ValueCodec changed =
                new ValueCodec(TypeRegistry.builder().register("T", Tree.class).build());

        assertThatThrownBy(() -> changed.decode(old.encode(new Warm(1))))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("has 2 components, but at byte 3 it has 1");
    }

    @Test
    void elementsThatAreThereTwiceAreRefused() {
        byte[] list = codec.encode(Arrays.asList(1, 1));
        byte[] set = list.clone();
        set[0] = codec.encode(Set.of())[0];

        assertThatThrownBy(() -> codec.decode(set))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("twice");
    }

    @Test
    void aNumberWithoutEndIsRefused() {
        BigInteger tooLong = BigInteger.ONE.shiftLeft(8 * Scalars.MOST_BIG_BYTES);

        assertThatThrownBy(() -> codec.encode(tooLong))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("1.." + Scalars.MOST_BIG_BYTES);
    }

    @Test
    void columnsComeBack() {
        Random random = Seeded.random("columnsComeBack");
        RandomValues values = new RandomValues(random);
        for (int round = 0; round < 5_000; round++) {
            int kind = random.nextInt(4);
            int shift = random.nextInt(64);
            int count = random.nextInt(50);
            @Nullable Object[] column = new @Nullable Object[count + 3];
            for (int i = 0; i < count; i++) {
                column[i] = switch (kind) {
                    case 0 -> random.nextLong() >> shift;
                    case 1 -> values.string();
                    case 2 -> random.nextBoolean() ? (Object) values.string() : null;
                    default -> values.key(2);
                };
            }
            WireOutput out = new WireOutput();

            codec.writeColumn(column, count, out);

            WireInput in = new WireInput(out.toByteArray());
            assertThat(codec.readColumn(in)).isEqualTo(Arrays.copyOf(column, count));
            in.expectEnd();
        }
    }

    @Test
    void columnsOfNumbersComeBackUnboxedAndAreCompact() {
        Random random = Seeded.random("columnsOfNumbersComeBackUnboxedAndAreCompact");
        for (int bits = 0; bits < 64; bits++) {
            int shift = bits;
            long[] numbers = random.longs(100).map(n -> n >> shift).toArray();
            numbers[0] = Long.MIN_VALUE >> shift;
            numbers[1] = Long.MAX_VALUE >> shift;
            WireOutput out = new WireOutput();

            codec.writeColumn(numbers, numbers.length, out);

            WireInput in = new WireInput(out.toByteArray());
            assertThat(codec.isLongColumn(in)).isTrue();
            assertThat(codec.readLongColumn(in)).isEqualTo(numbers);
            in.expectEnd();
        }
        WireOutput counts = new WireOutput();
        codec.writeColumn(Collections.nCopies(1000, 1_000_000L).toArray(), 1000, counts);
        assertThat(counts.size()).isLessThan(1010);
    }

    @Test
    void aColumnOfOtherValuesIsNoColumnOfNumbers() {
        WireOutput out = new WireOutput();
        codec.writeColumn(new Object[] {"a"}, 1, out);

        assertThatThrownBy(() -> codec.readLongColumn(new WireInput(out.toByteArray())))
                .isInstanceOf(WireException.class)
                .hasMessageContaining("column of numbers");
    }
}
