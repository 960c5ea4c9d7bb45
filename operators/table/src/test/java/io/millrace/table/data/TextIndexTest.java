// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.type.AtomicType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of strings: those of one column are kept in an index of their own. */
class TextIndexTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void differentTextsAreNumberedAsTheyCome(long seed) {
        Random random = new Random(seed);
        GroupIndex index = new GroupIndex(List.of(AtomicType.STRING));
        Map<@Nullable Object, Integer> expected = new HashMap<>();
        List<@Nullable Utf8> inOrder = new ArrayList<>();
        for (int round = 0; round < 8; round++) {
            ColumnBuilder builder = ColumnBuilder.of(AtomicType.STRING, 4);
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < 3000; i++) {
                Utf8 text = random.nextInt(50) == 0 ? null : text(random);
                builder.append(text);
                if (!expected.containsKey(text)) {
                    expected.put(text, expected.size());
                    inOrder.add(text);
                }
                numbers.add(expected.get(text));
            }
            int[] actual = index.assign(new Column[] {builder.build()}, numbers.size());
            assertThat(actual)
                    .as("seed %d, round %d", seed, round)
                    .containsExactly(numbers.stream().mapToInt(i -> i).toArray());
        }
        GroupIndex.Keys keys = index.keys();
        assertThat(keys.size()).isEqualTo(expected.size());
        for (int number = 0; number < keys.size(); number++) {
            assertThat(keys.columnsOf()[0].get(number)).as("seed %d", seed).isEqualTo(inOrder.get(number));
        }
    }

    @Test
    void textsThatDifferInZerosAtTheirEndAreDifferent() {
        ColumnBuilder builder = ColumnBuilder.of(AtomicType.STRING, 4);
        for (int length = 0; length < 20; length++) {
            builder.append(new Utf8(new byte[length], 0, length));
        }
        int[] numbers = new GroupIndex(List.of(AtomicType.STRING)).assign(new Column[] {builder.build()}, 20);
        assertThat(numbers)
                .containsExactly(java.util.stream.IntStream.range(0, 20).toArray());
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void aHashDependsOnTheBytesAlone(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Utf8 text = text(random);
            int before = random.nextInt(12);
            byte[] larger = new byte[before + text.length() + random.nextInt(12)];
            random.nextBytes(larger);
            System.arraycopy(text.bytes(), text.start(), larger, before, text.length());
            assertThat(ByteHash.of(larger, before, text.length()))
                    .as("seed %d, %s", seed, text)
                    .isEqualTo(text.hashCode());
        }
    }

    /** Mostly short, of few letters, so that many come again and many are alike in their first eight bytes. */
    private static Utf8 text(Random random) {
        int length = random.nextInt(4) == 0 ? 8 + random.nextInt(20) : random.nextInt(7);
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i < 8 && length > 7 ? 'x' : random.nextInt(8) == 0 ? 0 : 'a' + random.nextInt(3));
        }
        return new Utf8(bytes, 0, length);
    }
}
