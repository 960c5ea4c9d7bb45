// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.StableHash;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.state.KeyedTable;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StateCopiesTest {

    private static final ExecutorId ONE = new ExecutorId(0, 0);
    private static final ExecutorId TWO = new ExecutorId(1, 0);

    @Test
    void putsThePartitionsTogether() {
        List<NodeState> all = List.of(state(5, 0, "a", 1L), state(5, 1, "b", 2L), state(6, 0, "other", 3L));

        StateCopies copies = new StateCopies(5, Map.of(ONE, all, TWO, all));

        assertThat(copies.merged(2)).isEqualTo(Map.of("a", 1L, "b", 2L));
    }

    @Test
    void refusesAPartitionThatIsKeptByTooFew() {
        StateCopies copies =
                new StateCopies(5, Map.of(ONE, List.of(state(5, 0, "a", 1L)), TWO, List.of(state(5, 0, "a", 0L))));

        assertThat(new StateCopies(5, Map.of(ONE, List.of(state(5, 3, "a", 1L)))).merged(1))
                .containsOnlyKeys("a");
        assertThatThrownBy(() -> new StateCopies(5, Map.of(ONE, List.of(state(5, 3, "a", 1L)))).merged(2))
                .isInstanceOf(AssertionError.class)
                .hasMessage("partition 3 should be kept by 2 executors, but is by [executor-0]");
        assertThatThrownBy(() -> copies.merged(2))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("the copies of partition 0 differ");
    }

    private static NodeState state(int node, int partition, String key, long value) {
        KeyedTable<Object, Object> table = new KeyedTable<>();
        table.begin();
        table.insert(key, StableHash.of(key), value);
        table.commit();
        return new NodeState(node, partition, table.snapshot());
    }
}
