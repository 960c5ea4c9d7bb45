// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Combiner;
import io.millrace.operator.Counting;
import io.millrace.operator.StableHash;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldTableTest {

    private static final Combiner<Long, Long> SUM = new Combiner<>() {
        @Override
        public Long create(Long value) {
            return value;
        }

        @Override
        public Long merge(Long folded, Long value) {
            return folded + value;
        }

        @Override
        public Long combine(Long left, Long right) {
            return left + right;
        }
    };

    private static final Combiner<Object, Object> FIRST_OR_TEXT = new Combiner<>() {
        @Override
        public Object create(Object value) {
            return value;
        }

        @Override
        public Object merge(Object folded, Object value) throws Exception {
            if (value.equals("bad")) {
                throw new Exception("bad value");
            }
            return folded + "+" + value;
        }

        @Override
        public Object combine(Object left, Object right) {
            return left + "&" + right;
        }
    };

    @Test
    void entersAKeyOnce() throws Exception {
        FoldTable<Object, String, Long> table = new FoldTable<>(Counting.of());

        assertThat(table.enter("a", StableHash.of("a"), 5L)).isZero();
        assertThat(table.enter(7L, StableHash.of(7L), 6L)).isEqualTo(1);
        assertThat(table.enter("a", StableHash.of("a"), 9L)).isZero();
        table.add("a", StableHash.of("a"), "once more");

        assertThat(table.size()).isEqualTo(2);
        assertThat(table.value(0)).isEqualTo(6L);
        assertThat(table.value(1)).isEqualTo(6L);
    }

    @Test
    void countsWithoutBoxing() throws Exception {
        FoldTable<String, String, Long> table = new FoldTable<>(Counting.of());

        for (String word : List.of("to", "be", "or", "not", "to", "be")) {
            table.add(word, StableHash.of(word), word);
        }
        table.combine("be", StableHash.of("be"), 10L);
        table.combine("that", StableHash.of("that"), 5L);

        assertThat(contents(table)).isEqualTo(Map.of("to", 2L, "be", 12L, "or", 1L, "not", 1L, "that", 5L));
        assertThat(table.values().isLongs()).isTrue();
    }

    @Test
    void keepsKeysInOrderOfFirstAppearance() throws Exception {
        FoldTable<String, String, Long> table = new FoldTable<>(Counting.of());

        for (String word : List.of("b", "a", "b", "c", "a")) {
            table.add(word, StableHash.of(word), word);
        }

        assertThat(contents(table).keySet()).containsExactly("b", "a", "c");
        assertThat(table.hash(1)).isEqualTo(StableHash.of("a"));
    }

    @Test
    void keepsLongFoldsUnboxed() throws Exception {
        FoldTable<String, Long, Long> table = new FoldTable<>(SUM);

        table.add("a", 1, 3L);
        table.add("a", 1, 4L);
        table.combine("a", 1, 5L);

        assertThat(table.value(0)).isEqualTo(12L);
        assertThat(table.values().isLongs()).isTrue();
    }

    @Test
    void foldsLongsIntoSomethingElse() throws Exception {
        FoldTable<String, Object, Object> table = new FoldTable<>(FIRST_OR_TEXT);

        table.add("a", 1, 1L);
        table.add("b", 2, 2L);
        table.add("a", 1, 3L);
        table.combine("b", 2, "x");

        assertThat(contents(table)).isEqualTo(Map.of("a", "1+3", "b", "2&x"));
    }

    @Test
    void isAsBeforeWhenTheCombinerThrows() throws Exception {
        FoldTable<String, Object, Object> table = new FoldTable<>(FIRST_OR_TEXT);
        table.add("a", 1, 1L);

        assertThatThrownBy(() -> table.add("a", 1, "bad")).hasMessage("bad value");

        assertThat(contents(table)).isEqualTo(Map.of("a", 1L));
    }

    @Test
    void doesNotKnowAKeyWhoseFirstValueWasRefused() {
        Combiner<Long, Long> picky = new Combiner<>() {
            @Override
            public Long create(Long value) {
                throw new IllegalArgumentException("refused");
            }

            @Override
            public Long merge(Long folded, Long value) {
                return folded;
            }

            @Override
            public Long combine(Long left, Long right) {
                return left;
            }
        };
        FoldTable<String, Long, Long> table = new FoldTable<>(picky);

        assertThatThrownBy(() -> table.add("a", 1, 1L)).hasMessage("refused");

        assertThat(table.size()).isZero();
    }

    @Test
    void takesANullKey() throws Exception {
        FoldTable<@Nullable String, String, Long> table = new FoldTable<>(Counting.of());

        table.add(null, StableHash.of(null), "x");
        table.add(null, StableHash.of(null), "y");

        assertThat(table.size()).isEqualTo(1);
        assertThat(table.key(0)).isNull();
        assertThat(table.value(0)).isEqualTo(2L);
    }

    @Test
    void forgetsEverythingAndKeepsTheRoom() throws Exception {
        FoldTable<String, String, Long> table = new FoldTable<>(Counting.of());
        addWords(table, 3000);
        int capacity = table.capacity();

        table.clear();

        assertThat(table.size()).isZero();
        assertThat(table.capacity()).isEqualTo(capacity);
        table.add("word7", StableHash.of("word7"), "x");
        assertThat(contents(table)).isEqualTo(Map.of("word7", 1L));
    }

    @Test
    void givesRoomAwayWhenRecentBatchesUsedFarLess() throws Exception {
        FoldTable<String, String, Long> table = new FoldTable<>(Counting.of());
        addWords(table, 100_000);
        table.clear();
        int capacity = table.capacity();
        addWords(table, 100);
        table.clear();
        assertThat(table.capacity()).as("after one small batch").isEqualTo(capacity);

        for (int batch = 0; batch < 50; batch++) {
            addWords(table, 100);
            assertThat(table.size()).isEqualTo(100);
            table.clear();
        }

        assertThat(table.capacity()).isLessThanOrEqualTo(16 * 1024);
        assertThat(table.size()).isZero();
    }

    @Test
    void dealsEntriesToThePartitionsOfTheirHashes() throws Exception {
        FoldTable<String, String, Long> table = new FoldTable<>(Counting.of());
        addWords(table, 1000);
        addWords(table, 500);

        List<PairBuffer> buffers = table.partition(7);

        assertThat(buffers).hasSize(7);
        Map<Object, Object> all = new LinkedHashMap<>();
        for (int partition = 0; partition < 7; partition++) {
            PairBuffer buffer = buffers.get(partition);
            @Nullable Object[] keys = buffer.keys();
            assertThat(keys).hasSize(buffer.size());
            assertThat(buffer.values().longs()).hasSize(buffer.size());
            for (int row = 0; row < buffer.size(); row++) {
                assertThat(buffer.hash(row)).isEqualTo(StableHash.of(buffer.key(row)));
                assertThat(Partitions.of(buffer.hash(row), 7)).isEqualTo(partition);
                all.put(String.valueOf(buffer.key(row)), String.valueOf(buffer.value(row)));
            }
        }
        assertThat(all).hasSize(1000).containsEntry("word499", "2").containsEntry("word500", "1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void foldsAsAMapDoesThroughManyBatches(long seed) throws Exception {
        Random random = new Random(seed);
        FoldTable<@Nullable Long, Long, Long> tasks = new FoldTable<>(SUM);
        FoldTable<@Nullable Long, Long, Long> target = new FoldTable<>(SUM);
        FoldTable<@Nullable Long, Long, Long> counts = new FoldTable<>(Counting.of());

        for (int batch = 0; batch < 60; batch++) {
            Map<@Nullable Long, Long> sums = new LinkedHashMap<>();
            Map<@Nullable Long, Long> numbers = new LinkedHashMap<>();
            List<PairBuffer> sent = new ArrayList<>();
            List<PairBuffer> sentCounts = new ArrayList<>();
            for (int task = 0; task < 3; task++) {
                FoldTable<@Nullable Long, Long, Long> counted = new FoldTable<>(Counting.of());
                int records = 1 << random.nextInt(13);
                for (int i = 0; i < records; i++) {
                    Long key = random.nextInt(50) == 0 ? null : (Long) (long) random.nextInt(2000);
                    int hash = key == null ? 0 : (int) (key % 700);
                    Long value = random.nextLong();
                    tasks.add(key, hash, value);
                    counted.add(key, hash, value);
                    sums.merge(key, value, Long::sum);
                    numbers.merge(key, 1L, Long::sum);
                }
                sent.addAll(tasks.partition(1));
                sentCounts.addAll(counted.partition(1));
                tasks.clear();
            }

            for (PairBuffer buffer : sent) {
                target.combineAll(buffer);
            }
            for (PairBuffer buffer : sentCounts) {
                counts.combineAll(buffer);
            }

            assertThat(contents(target)).as("seed %d, batch %d", seed, batch).isEqualTo(sums);
            assertThat(contents(counts)).as("seed %d, batch %d", seed, batch).isEqualTo(numbers);
            assertThat(contents(target).keySet()).containsExactlyElementsOf(sums.keySet());
            target.clear();
            counts.clear();
        }
    }

    private static void addWords(FoldTable<String, String, Long> table, int words) throws Exception {
        for (int i = 0; i < words; i++) {
            table.add("word" + i, StableHash.of("word" + i), "x");
        }
    }

    private static <K, A> Map<K, A> contents(FoldTable<K, ?, A> table) {
        Map<K, A> contents = new LinkedHashMap<>();
        for (int entry = 0; entry < table.size(); entry++) {
            assertThat(contents.put(table.key(entry), table.value(entry)))
                    .as("key %s twice", table.key(entry))
                    .isNull();
        }
        return contents;
    }
}
