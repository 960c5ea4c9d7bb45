// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.table.execution.join.TestState;
import org.junit.jupiter.api.Test;

class RowCountTest {

    private final TestState<GroupKey> state = new TestState<>();
    private final RowCount count = new RowCount(state, bytes -> bytes.length);

    @Test
    void standsInTheStateAndIsNoRow() {
        count.begin();
        count.add(3);
        count.end();

        assertThat(count.rows()).isEqualTo(3);
        assertThat(state.size()).isEqualTo(1);
        assertThat(RowCount.isRows(state, 0)).isFalse();

        RowCount restored = new RowCount(state, bytes -> bytes.length);
        restored.begin();
        restored.add(-1);
        restored.end();
        assertThat(restored.rows()).isEqualTo(2);
        assertThat(state.size()).isEqualTo(1);
    }

    @Test
    void countsTheRowsOfAStateThatHasNoNumberYet() {
        insert(1, new byte[4]);
        insert(2, new byte[5]);

        count.begin();
        count.end();

        assertThat(count.rows()).isEqualTo(9);
        assertThat(state.size()).isEqualTo(3);
    }

    @Test
    void isNotWrittenWhereThereIsNothing() {
        count.begin();
        count.end();

        assertThat(count.rows()).isZero();
        assertThat(state.size()).isZero();
    }

    private void insert(int key, byte[] rows) {
        GroupKey group = new GroupKey(key, new byte[] {1, (byte) key});
        state.insert(group, group.stableHash(), rows);
    }
}
