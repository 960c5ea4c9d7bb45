// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.state.PairBuffer.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairBufferTest {

    @Test
    void keepsRowsWithTheirKeysAndHashes() {
        PairBuffer buffer = PairBuffer.keyed();

        buffer.add("a", 1, 10L);
        buffer.add(null, 0, 20L);

        assertThat(buffer.size()).isEqualTo(2);
        assertThat(buffer.isKeyed()).isTrue();
        assertThat(buffer.key(0)).isEqualTo("a");
        assertThat(buffer.hash(0)).isEqualTo(1);
        assertThat(buffer.key(1)).isNull();
        assertThat(buffer.value(1)).isEqualTo(20L);
        assertThat(buffer.values().isLongs()).isTrue();
    }

    @Test
    void keepsRowsWithoutKeys() {
        PairBuffer buffer = PairBuffer.keyless();

        buffer.add("x");

        assertThat(buffer.isKeyed()).isFalse();
        assertThat(buffer.keys()).isNull();
        assertThat(buffer.hashes()).isNull();
        assertThat(buffer.key(0)).isNull();
        assertThat(buffer.value(0)).isEqualTo("x");
    }

    @Test
    void refusesARowOfTheOtherKind() {
        PairBuffer keyed = PairBuffer.keyed();
        PairBuffer keyless = PairBuffer.keyless();

        assertThatThrownBy(() -> keyed.add("x")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> keyless.add("k", 1, "x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void takesRowsBeforeTheFirstMarkForTheFirstBlock() {
        PairBuffer buffer = PairBuffer.keyless();
        buffer.add("x");
        buffer.mark(3);
        buffer.add("y");

        assertThat(PairBuffer.inOrder(List.of(buffer)))
                .containsExactly(new Segment(buffer, 0, 0, 1), new Segment(buffer, 3, 1, 2));
    }

    @Test
    void dropsSegmentsWithoutRows() {
        PairBuffer buffer = PairBuffer.keyless();
        buffer.mark(1);
        buffer.mark(2);
        buffer.add("x");
        buffer.mark(3);
        buffer.mark(2);
        buffer.add("y");
        buffer.mark(4);

        assertThat(buffer.segments()).isEqualTo(1);
        assertThat(PairBuffer.inOrder(List.of(buffer, PairBuffer.keyless())))
                .containsExactly(new Segment(buffer, 2, 0, 2));
    }

    @Test
    void keepsTheOrderOfTheListWithinABlock() {
        PairBuffer left = marked(1, 5);
        PairBuffer right = marked(0, 1, 5);

        assertThat(PairBuffer.inOrder(List.of(left, right)))
                .containsExactly(
                        new Segment(right, 0, 0, 1),
                        new Segment(left, 1, 0, 1),
                        new Segment(right, 1, 1, 2),
                        new Segment(left, 5, 1, 2),
                        new Segment(right, 5, 2, 3));
    }

    @Test
    void isMadeAgainOfItsParts() {
        PairBuffer buffer = PairBuffer.keyed();
        buffer.mark(2);
        buffer.add("a", 1, "x");
        buffer.mark(4);
        buffer.add("b", 2, "y");
        int[] ordinals = {buffer.ordinal(0), buffer.ordinal(1)};
        int[] starts = {buffer.start(0), buffer.start(1)};

        PairBuffer again = PairBuffer.of(buffer.keys(), buffer.hashes(), buffer.values(), ordinals, starts);

        assertThat(again.segments()).isEqualTo(2);
        assertThat(again.key(1)).isEqualTo("b");
        assertThat(PairBuffer.inOrder(List.of(again)))
                .containsExactly(new Segment(again, 2, 0, 1), new Segment(again, 4, 1, 2));
    }

    @Test
    void refusesPartsThatDoNotFit() {
        Column two = Column.of(new long[] {1, 2}, 2);
        int[] zero = {0};

        assertThatThrownBy(() -> PairBuffer.of(new Object[1], new int[2], two, zero, zero))
                .hasMessageContaining("2 values, but there are 1 and 2");
        assertThatThrownBy(() -> PairBuffer.of(null, new int[2], two, zero, zero))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PairBuffer.of(null, null, two, new int[] {1, 2}, zero))
                .hasMessageContaining("2 ordinals, but there are 1");
        assertThatThrownBy(() -> PairBuffer.of(null, null, two, new int[] {1, 2}, new int[] {0, 2}))
                .hasMessageContaining("segment 1 starts at 2");
        assertThatThrownBy(() -> PairBuffer.of(null, null, two, new int[] {1}, new int[] {1}))
                .hasMessageContaining("segment 0 starts at 1");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void givesRowsOfManyTasksInTheOrderOfTheirBlocks(long seed) {
        Random random = new Random(seed);
        int blocks = 200;
        List<PairBuffer> tasks = new ArrayList<>();
        for (int task = 0; task < 4; task++) {
            tasks.add(PairBuffer.keyless());
        }
        List<@Nullable Object> expected = new ArrayList<>();
        for (int block = 0; block < blocks; block++) {
            PairBuffer task = tasks.get(random.nextInt(4));
            task.mark(block);
            int rows = random.nextInt(4);
            for (int row = 0; row < rows; row++) {
                task.add(block + ":" + row);
                expected.add(block + ":" + row);
            }
        }

        List<@Nullable Object> rows = new ArrayList<>();
        for (Segment segment : PairBuffer.inOrder(tasks)) {
            assertThat(segment.from()).isLessThan(segment.to());
            for (int row = segment.from(); row < segment.to(); row++) {
                rows.add(segment.buffer().value(row));
            }
        }

        assertThat(rows).as("seed %d", seed).isEqualTo(expected);
    }

    private static PairBuffer marked(int... ordinals) {
        PairBuffer buffer = PairBuffer.keyless();
        for (int ordinal : ordinals) {
            buffer.mark(ordinal);
            buffer.add("of " + ordinal);
        }
        return buffer;
    }
}
