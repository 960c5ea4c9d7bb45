// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.state.StateDelta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The state of one operator as all executors keep it, compared copy by copy. */
final class StateCopies {

    private final Map<Integer, Map<ExecutorId, Map<Object, Object>>> byPartition = new TreeMap<>();

    StateCopies(int node, Map<ExecutorId, List<NodeState>> states) {
        states.forEach((executor, all) -> {
            for (NodeState state : all) {
                if (state.node() == node && !state.delta().isEmpty()) {
                    byPartition
                            .computeIfAbsent(state.partition(), partition -> new TreeMap<>())
                            .put(executor, entries(state.delta()));
                }
            }
        });
    }

    /**
     * All of the state.
     *
     * @throws AssertionError if it is not kept {@code copies} times everywhere, or if copies differ
     */
    Map<Object, Object> merged(int copies) {
        Map<Object, Object> merged = new HashMap<>();
        byPartition.forEach((partition, kept) -> {
            if (kept.size() != copies) {
                throw new AssertionError("partition " + partition + " should be kept by " + copies
                        + " executors, but is by " + kept.keySet());
            }
            Map<Object, Object> one = kept.values().iterator().next();
            kept.forEach((executor, other) -> {
                if (!other.equals(one)) {
                    throw new AssertionError("the copies of partition " + partition + " differ: " + kept);
                }
            });
            merged.putAll(one);
        });
        return merged;
    }

    private static Map<Object, Object> entries(StateDelta<Object, Object> all) {
        Map<Object, Object> entries = new HashMap<>();
        for (int row = 0; row < all.size(); row++) {
            entries.put(all.key(row), all.value(row));
        }
        return entries;
    }
}
