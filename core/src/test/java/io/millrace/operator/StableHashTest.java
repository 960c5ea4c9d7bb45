// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.SeededRandom;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StableHashTest {

    private enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "verde";
            }
        }
    }

    private record Point(int x, @Nullable String name) {}

    private record Nested(Point point, List<Color> colors) {}

    private record WithArray(byte[] bytes) {}

    private record Empty() {}

    /** A record that says itself when two of it are equal. */
    private record IgnoringCase(String name) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof IgnoringCase that && that.name.equalsIgnoreCase(name);
        }

        @Override
        public int hashCode() {
            return name.toLowerCase(Locale.ROOT).hashCode();
        }
    }

    private static final class ByIdentity {}

    private static class WithHash {
        private final int value;

        WithHash(int value) {
            this.value = value;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof WithHash that && that.value == value;
        }

        @Override
        public int hashCode() {
            return value;
        }
    }

    private static final class Inheriting extends WithHash {
        Inheriting(int value) {
            super(value);
        }
    }

    private static void equalHashes(Object one, Object other) {
        assertThat(one).isEqualTo(other);
        assertThat(StableHash.of(one)).isEqualTo(StableHash.of(other));
    }

    @Test
    void equalKeysHaveEqualHashes() {
        equalHashes("ab", String.valueOf(new char[] {'a', 'b'}));
        equalHashes(1_000L, 999L + 1);
        equalHashes(new Point(1, "a"), new Point(1, "a"));
        equalHashes(new Point(1, null), new Point(1, null));
        equalHashes(
                new Nested(new Point(1, "a"), List.of(Color.RED)),
                new Nested(new Point(1, "a"), new ArrayList<>(List.of(Color.RED))));
        equalHashes(Pair.of("a", 1L), new Pair<>("a", 1L));
        equalHashes(List.of(1, 2), new CopyOnWriteArrayList<>(List.of(1, 2)));
        equalHashes(Set.of("a", "b", "c"), new LinkedHashSet<>(List.of("c", "b", "a")));
        equalHashes(Set.of("a", "b", "c"), new TreeSet<>(List.of("a", "b", "c")));
        equalHashes(Map.of("a", 1, "b", 2), new TreeMap<>(Map.of("b", 2, "a", 1)));
        equalHashes(new BigDecimal("1.50"), new BigDecimal("1.50"));
        equalHashes(Instant.ofEpochSecond(5), Instant.ofEpochSecond(5));
        equalHashes(LocalDate.EPOCH, LocalDate.ofEpochDay(0));
        equalHashes(new UUID(1, 2), new UUID(1, 2));
        equalHashes(new WithHash(3), new Inheriting(3));
        equalHashes(new Empty(), new Empty());
    }

    @Test
    void aRecordThatSaysItselfWhatIsEqualIsAskedForItsHash() {
        equalHashes(new IgnoringCase("Blue"), new IgnoringCase("BLUE"));
        equalHashes(List.of(new IgnoringCase("Blue")), List.of(new IgnoringCase("blue")));
    }

    @Test
    void thatOfAKeyIsItsOwnHashSpread() {
        assertThat(StableHash.of(new WithHash(42))).isEqualTo(StableHash.spread(42));
        assertThat(StableHash.of(new IgnoringCase("Blue")))
                .isEqualTo(StableHash.spread(new IgnoringCase("Blue").hashCode()));
    }

    /** What must never change: state written by one version is read by the next, and every JVM deals keys alike. */
    @Test
    void hashesAreTheSameInEveryJvm() {
        assertThat(StableHash.of(null)).isZero();
        assertThat(StableHash.of("blue")).isEqualTo(spread("blue".hashCode()));
        assertThat(StableHash.of(42L)).isEqualTo(spread(42));
        assertThat(StableHash.of(Color.RED)).isEqualTo(spread("RED".hashCode()));
        assertThat(StableHash.of(Color.GREEN)).isEqualTo(spread("GREEN".hashCode()));
        assertThat(StableHash.of(List.of(Color.RED, "a")))
                .isEqualTo(spread((31 + "RED".hashCode()) * 31 + "a".hashCode()));
        assertThat(StableHash.of(new Point(7, "a"))).isEqualTo(spread((17 * 31 + 7) * 31 + "a".hashCode()));
        assertThat(StableHash.of(Pair.of("a", 1L))).isEqualTo(spread(31 * "a".hashCode() + 1));
    }

    private static int spread(int hash) {
        int h = hash * 0x9E3779B1;
        h ^= h >>> 15;
        h *= 0x85EBCA6B;
        return h ^ (h >>> 13);
    }

    @Test
    void keysWhoseHashIsTheirIdentityAreRefused() {
        for (Object key :
                new Object[] {new ByIdentity(), new Object(), new ArrayDeque<>(List.of("a")), Thread.currentThread()}) {
            assertThatThrownBy(() -> StableHash.of(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("must have a hash that does not depend on the object's identity")
                    .hasMessageContaining(key.getClass().getTypeName());
        }
    }

    @Test
    void arraysAreRefusedWhereverTheyAre() {
        for (Object key : new Object[] {
            new byte[] {1},
            new String[] {"a"},
            List.of(new int[] {1}),
            Pair.of(new long[0], 1),
            new WithArray(new byte[0]),
            Map.of("a", new int[0])
        }) {
            assertThatThrownBy(() -> StableHash.of(key))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("[]");
        }
    }

    @Test
    void partitionsAreUsedEvenly() {
        Random random = SeededRandom.of(StableHashTest.class);
        for (int partitions : new int[] {2, 3, 4, 8, 12}) {
            Map<String, int[]> kinds = new HashMap<>();
            for (int i = 0; i < 24_000; i++) {
                count(kinds, "numbers that follow each other", (long) i, partitions);
                count(kinds, "multiples of 1024", i * 1_024L, partitions);
                count(kinds, "words", "word" + i, partitions);
                count(kinds, "random numbers", random.nextLong(), partitions);
                count(kinds, "pairs", Pair.of(i % 155, i / 155), partitions);
            }
            kinds.forEach((kind, counts) -> {
                for (int count : counts) {
                    assertThat(count)
                            .as("%s over %s", kind, partitions)
                            .isBetween(19_000 / partitions, 29_000 / partitions);
                }
            });
        }
    }

    private static void count(Map<String, int[]> kinds, String kind, Object key, int partitions) {
        kinds.computeIfAbsent(kind, k -> new int[partitions])[(StableHash.of(key) & Integer.MAX_VALUE) % partitions]++;
    }
}
