// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class StateDeltaTest {

    @Test
    void isMadeOfRawColumns() {
        Object[] keys = {"a", "b"};
        BitSet removed = new BitSet();
        removed.set(1);

        StateDelta<String, Long> delta =
                new StateDelta<>(keys, new int[] {1, 2}, Column.of(new long[] {5, 0}, 2), null, removed);

        assertThat(delta.size()).isEqualTo(2);
        assertThat(delta.key(0)).isEqualTo("a");
        assertThat(delta.hash(1)).isEqualTo(2);
        assertThat(delta.value(0)).isEqualTo(5L);
        assertThat(delta.timer(0)).isEqualTo(Long.MAX_VALUE);
        assertThat(delta.isRemoved(0)).isFalse();
        assertThat(delta.isRemoved(1)).isTrue();
        assertThat(delta).hasToString("StateDelta[1 put, 1 removed]");
    }

    @Test
    void refusesColumnsOfUnequalLength() {
        Object[] keys = {"a", "b"};
        Column values = Column.of(new long[2], 2);
        BitSet removed = new BitSet();
        BitSet third = new BitSet();
        third.set(2);

        assertThatThrownBy(() -> new StateDelta<>(keys, new int[1], values, null, removed))
                .hasMessage("there must be 2 hashes, but there are 1");
        assertThatThrownBy(() -> new StateDelta<>(keys, new int[2], new Column(), null, removed))
                .hasMessage("there must be 2 values, but there are 0");
        assertThatThrownBy(() -> new StateDelta<>(keys, new int[2], values, new long[3], removed))
                .hasMessage("there must be 2 timers, but there are 3");
        assertThatThrownBy(() -> new StateDelta<>(keys, new int[2], values, null, third))
                .hasMessage("removed rows must be below 2, but one is 2");
    }
}
