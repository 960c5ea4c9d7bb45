// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.StableHash;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTableTest {

    private final KeyTable table = new KeyTable(0);

    @Test
    void numbersEntriesInOrderOfInsertion() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(table.add("key" + i, StableHash.of("key" + i))).isEqualTo(i);
        }

        assertThat(table.bound()).isEqualTo(10_000);
        for (int i = 0; i < 10_000; i++) {
            assertThat(table.find("key" + i, StableHash.of("key" + i))).isEqualTo(i);
            assertThat(table.key(i)).isEqualTo("key" + i);
        }
        assertThat(table.find("key10000", StableHash.of("key10000"))).isEqualTo(-1);
    }

    @Test
    void tellsKeysWithTheSameHashApart() {
        for (int i = 0; i < 200; i++) {
            table.add((long) i, 42);
        }

        for (int i = 0; i < 200; i++) {
            assertThat(table.find((long) i, 42)).isEqualTo(i);
        }
        assertThat(table.find(200L, 42)).isEqualTo(-1);
    }

    @Test
    void takesNullForAKeyLikeAnyOther() {
        table.add("a", 0);
        assertThat(table.find(null, 0)).isEqualTo(-1);

        table.add(null, 0);

        assertThat(table.find(null, 0)).isEqualTo(1);
        assertThat(table.find("a", 0)).isZero();
    }

    @Test
    void findsTheRestOfARunWhenOneOfItIsRemoved() {
        for (int i = 0; i < 10; i++) {
            table.add(i, -1);
        }

        table.remove(4);

        for (int i = 0; i < 10; i++) {
            assertThat(table.find(i, -1)).isEqualTo(i == 4 ? -1 : i);
        }
        assertThat(table.key(4)).isNull();
    }

    @Test
    void putsAKeyAtAFreeNumber() {
        table.add("a", 1);
        table.add("b", 1);
        table.remove(0);

        table.put(0, "c", 1);

        assertThat(table.find("c", 1)).isZero();
        assertThat(table.find("a", 1)).isEqualTo(-1);
        assertThat(table.bound()).isEqualTo(2);
    }

    @ParameterizedTest(name = "{0} keys in a table that has seen 5000")
    @ValueSource(ints = {0, 1, 100, 1023, 1024, 4000, 5000})
    void isEmptyAfterAClearHoweverMuchWasUsed(int used) {
        Random random = new Random(used);
        for (int i = 0; i < 5000; i++) {
            table.add(i, i);
        }
        table.clear();
        for (int i = 0; i < used; i++) {
            table.add(i, random.nextInt(10) - 5);
        }

        table.clear();

        assertThat(table.bound()).isZero();
        for (int i = 0; i < 5000; i++) {
            assertThat(table.key(i)).isNull();
        }
        for (int hash = -5; hash < 5000; hash++) {
            assertThat(table.find(hash, hash)).as("hash %d", hash).isEqualTo(-1);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void behavesAsAHashMapWithReusedNumbers(long seed) {
        Random random = new Random(seed);
        int hashBits = 1 + random.nextInt(16);
        Map<Integer, Integer> model = new HashMap<>();
        Deque<Integer> free = new ArrayDeque<>();

        for (int step = 0; step < 50_000; step++) {
            int key = random.nextInt(600);
            // Few hashes, some of them at the very end of the slots: runs that wrap around.
            int hash = (key * 0x9E3779B1) >> (32 - hashBits);
            Integer entry = model.get(key);
            assertThat(table.find(key, hash))
                    .as("seed %d, step %d", seed, step)
                    .isEqualTo(entry == null ? -1 : (int) entry);
            if (entry != null && random.nextInt(3) > 0) {
                table.remove(entry);
                model.remove(key);
                free.push(entry);
            } else if (entry == null && !free.isEmpty()) {
                table.put(free.peek(), key, hash);
                model.put(key, free.pop());
            } else if (entry == null) {
                model.put(key, table.add(key, hash));
            }
            if (step % 10_000 == 9_999) {
                table.resize(step % 20_000 == 9_999 ? 4096 : 0);
            }
        }
    }
}
