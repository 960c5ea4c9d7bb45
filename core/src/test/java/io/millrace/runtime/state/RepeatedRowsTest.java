// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.operator.StableHash;
import io.millrace.runtime.state.PairBuffer.Segment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatedRowsTest {

    @Test
    void keepsAKeyOnceAndAValueOnceAsLongAsAllAreEqual() {
        PairBuffer buffer = PairBuffer.repeatingKeys(0);
        int a = buffer.addKey("a", 7);
        int none = buffer.addKey(null, 0);
        buffer.addRow(a, 1L);
        buffer.addRow(none, 1L);
        buffer.addRow(a, 1L);

        RepeatedRows rows = requireNonNull(buffer.repeated());
        assertThat(rows.distinct()).isEqualTo(2);
        assertThat(rows.values().size()).isEqualTo(1);
        assertThat(buffer.size()).isEqualTo(3);
        assertThat(buffer.key(2)).isEqualTo("a");
        assertThat(buffer.hash(2)).isEqualTo(7);
        assertThat(buffer.key(1)).isNull();
        assertThat(buffer.value(2)).isEqualTo(1L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void keepsWhatIsAddedAndRebuildsItFromItsParts(long seed) {
        Random random = new Random(seed);
        List<@Nullable Object> pool = new ArrayList<>(List.of(1L, 1L, 1L, 1L, 500L));
        if (seed % 2 == 0) {
            pool.add("text");
            pool.add(null);
        }
        PairBuffer buffer = PairBuffer.repeatingKeys(random.nextInt(100));
        List<Object> keys = new ArrayList<>();
        List<@Nullable Object> values = new ArrayList<>();
        for (int row = 0; row < 300; row++) {
            if (row % 100 == 0) {
                buffer.mark(row / 100);
            }
            int number = random.nextInt(40);
            while (requireNonNull(buffer.repeated()).distinct() <= number) {
                int next = requireNonNull(buffer.repeated()).distinct();
                buffer.addKey("key-" + next, next);
            }
            keys.add("key-" + number);
            values.add(pool.get(random.nextInt(row < 50 ? 4 : pool.size())));
            buffer.addRow(number, values.get(row));
        }

        check(buffer, keys, values);
        RepeatedRows rows = requireNonNull(buffer.repeated());
        PairBuffer again = PairBuffer.ofRepeatedKeys(
                rows.keys().clone(),
                Arrays.copyOf(rows.hashes(), rows.keys().length),
                rows.numbers(),
                rows.values(),
                new int[] {0, 1, 2},
                new int[] {0, 100, 200});
        check(again, keys, values);
    }

    @Test
    void keepsMoreRowsThanOneChunkHolds() {
        PairBuffer buffer = PairBuffer.repeatingKeys(3);
        for (int number = 0; number < 100; number++) {
            buffer.addKey("key-" + number, number);
        }
        int rows = 5 * 8192 + 7;
        for (int row = 0; row < rows; row++) {
            buffer.addRow(row * 31 % 100, (long) row);
        }

        assertThat(buffer.size()).isEqualTo(rows);
        int[] numbers = requireNonNull(buffer.repeated()).numbers();
        assertThat(numbers).hasSize(rows);
        for (int row = 0; row < rows; row++) {
            assertThat(numbers[row]).isEqualTo(row * 31 % 100);
            assertThat(buffer.hash(row)).isEqualTo(row * 31 % 100);
            assertThat(buffer.value(row)).isEqualTo((long) row);
        }
    }

    @Test
    void takesNullForTheValueOfTheFirstRow() {
        PairBuffer buffer = PairBuffer.repeatingKeys(0);
        int a = buffer.addKey("a", 1);
        buffer.addRow(a, null);
        buffer.addRow(a, null);
        assertThat(requireNonNull(buffer.repeated()).values().size()).isEqualTo(1);

        buffer.addRow(a, 3L);
        assertThat(buffer.value(0)).isNull();
        assertThat(buffer.value(1)).isNull();
        assertThat(buffer.value(2)).isEqualTo(3L);
    }

    @Test
    void refusesRowsOfAnotherKindAndPartsThatDoNotFit() {
        assertThatIllegalStateException()
                .isThrownBy(() -> PairBuffer.repeatingKeys(0).add("a", 1, 2L))
                .withMessageContaining("the number of a key");
        assertThatIllegalStateException()
                .isThrownBy(() -> PairBuffer.keyed().addRow(0, 2L))
                .withMessageContaining("do not repeat keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts(new int[] {1}, new int[] {0}, 1))
                .withMessageContaining("0..0, but is 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts(new int[] {0, 0, 0}, new int[] {0}, 2))
                .withMessageContaining("1 or 3 values, but there are 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> parts(new int[] {0}, new int[] {0, 0}, 1))
                .withMessageContaining("1 hashes, but there are 2");
    }

    @Test
    void numbersKeysOfAnyKindInOrderOfAppearance() {
        KeyNumbers numbers = new KeyNumbers();
        for (int batch = 0; batch < 3; batch++) {
            List<@Nullable Object> keys = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
                keys.add(i % 3 == 0 ? "short" + i : i % 3 == 1 ? "a text of more than twelve " + i : (Object) (long) i);
            }
            keys.add(null);
            for (int round = 0; round < 2; round++) {
                for (int i = 0; i < keys.size(); i++) {
                    assertThat(numbers.of(keys.get(i))).isEqualTo(i);
                }
            }
            assertThat(numbers.size()).isEqualTo(keys.size());
            assertThat(numbers.key(7)).isEqualTo(keys.get(7));
            assertThat(numbers.hash(7)).isEqualTo(StableHash.of(keys.get(7)));

            numbers.clear();
            assertThat(numbers.size()).isZero();
        }
    }

    private static PairBuffer parts(int[] numbers, int[] hashes, int values) {
        return PairBuffer.ofRepeatedKeys(
                new Object[] {"a"}, hashes, numbers, Column.of(new long[values], values), new int[0], new int[0]);
    }

    private static void check(PairBuffer buffer, List<Object> keys, List<@Nullable Object> values) {
        assertThat(buffer.size()).isEqualTo(keys.size());
        for (int row = 0; row < keys.size(); row++) {
            assertThat(buffer.key(row)).isEqualTo(keys.get(row));
            assertThat(buffer.value(row)).isEqualTo(values.get(row));
        }
        assertThat(PairBuffer.inOrder(List.of(buffer)))
                .extracting(Segment::from)
                .containsExactly(0, 100, 200);
    }
}
