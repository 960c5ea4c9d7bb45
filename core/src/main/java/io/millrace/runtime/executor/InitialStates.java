// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.InitialState;
import io.millrace.operator.Pair;
import io.millrace.operator.StableHash;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.KeyedTable;
import io.millrace.runtime.state.Partitions;
import io.millrace.runtime.state.StateDelta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What operators remember before the first batch, by partition. Immutable; every executor of a job has the same. */
final class InitialStates {

    /** No operator remembers anything. */
    static final InitialStates NONE = new InitialStates(Map.of());

    private final Map<Integer, List<StateDelta<Object, Object>>> byNode;

    private InitialStates(Map<Integer, List<StateDelta<Object, Object>>> byNode) {
        this.byNode = byNode;
    }

    /** What the operators of a plan remember, in so many partitions. */
    static InitialStates of(PhysicalPlan plan, int partitions) {
        Map<Integer, List<StateDelta<Object, Object>>> byNode = new HashMap<>();
        for (PlanNode node : plan.nodes()) {
            if (node.isStateful() && !node.partitioned().initialState().isEmpty()) {
                byNode.put(node.id(), deal(node.partitioned().initialState(), partitions));
            }
        }
        return new InitialStates(byNode);
    }

    /** The operators that remember something in some partition. */
    Set<Integer> nodes() {
        return byNode.keySet();
    }

    /** A new table of an operator in a partition, with what it remembers there. */
    KeyedTable<Object, Object> table(int node, int partition) {
        KeyedTable<Object, Object> table = new KeyedTable<>();
        @Nullable List<StateDelta<Object, Object>> initial = byNode.get(node);
        if (initial != null) {
            table.apply(initial.get(partition));
        }
        return table;
    }

    private static List<StateDelta<Object, Object>> deal(InitialState<Object, ?> initial, int partitions) {
        List<KeyedTable<Object, Object>> tables = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            tables.add(new KeyedTable<>());
        }
        tables.forEach(KeyedTable::begin);
        for (Pair<Object, ?> entry : initial.entries()) {
            int hash = StableHash.of(entry.key());
            KeyedTable<Object, Object> table = tables.get(Partitions.of(hash, partitions));
            table.setTimer(table.insert(entry.key(), hash, entry.value()), initial.due());
        }
        tables.forEach(KeyedTable::commit);
        return tables.stream().map(KeyedTable::snapshot).toList();
    }
}
