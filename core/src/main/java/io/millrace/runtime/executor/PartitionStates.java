// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.KeyedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state of all operators in the partitions that an executor holds, be it as the one who works on them or as the one
 * who stands by.
 *
 * <p>Changed by the executor's thread, and by the tasks of a batch, each in its own partition, while the batch runs.
 */
final class PartitionStates {

    private record Key(int node, int partition) {}

    private final InitialStates initial;
    private final Map<Key, KeyedTable<Object, Object>> tables = new HashMap<>();
    private final List<NodeState> staged = new ArrayList<>();

    /** No state but what operators remember before the first batch. */
    PartitionStates(InitialStates initial) {
        this.initial = initial;
    }

    /** The table of an operator in a partition, with what it remembers there at first. */
    synchronized KeyedTable<Object, Object> table(int node, int partition) {
        return tables.computeIfAbsent(new Key(node, partition), key -> initial.table(key.node(), key.partition()));
    }

    /** Remembers in these partitions what there is before the first batch, so that all who keep a partition have the same. */
    void prepare(List<Integer> partitions) {
        initial.nodes().forEach(node -> partitions.forEach(partition -> table(node, partition)));
    }

    /** A batch begins in a partition for an operator. */
    void begin(int node, int partition) {
        KeyedTable<Object, Object> table = table(node, partition);
        if (!table.isBegun()) {
            table.begin();
        }
    }

    /** How many keys there are in all. */
    synchronized long keys() {
        long keys = 0;
        for (KeyedTable<?, ?> table : tables.values()) {
            keys += table.size();
        }
        return keys;
    }

    /** Keeps changes made elsewhere until their batch is committed. */
    void stage(List<NodeState> changes) {
        staged.addAll(changes);
    }

    /** Forgets changes made elsewhere, since their attempt is given up. */
    void unstage() {
        staged.clear();
    }

    /** The batch counts, but for the operators that failed in it. */
    synchronized void commit(Set<Integer> failedNodes) {
        tables.forEach((key, table) -> {
            if (table.isBegun()) {
                if (failedNodes.contains(key.node())) {
                    table.rollback();
                } else {
                    table.commit();
                }
            }
        });
        for (NodeState change : staged) {
            if (!failedNodes.contains(change.node())) {
                table(change.node(), change.partition()).apply(change.delta());
            }
        }
        staged.clear();
    }

    /** The batch is given up. */
    synchronized void rollback() {
        tables.values().stream().filter(KeyedTable::isBegun).forEach(KeyedTable::rollback);
    }

    /** All there is in these partitions. */
    synchronized List<NodeState> snapshot(Set<Integer> partitions) {
        List<NodeState> all = new ArrayList<>();
        tables.forEach((key, table) -> {
            if (partitions.contains(key.partition())) {
                all.add(new NodeState(key.node(), key.partition(), table.snapshot()));
            }
        });
        return all;
    }

    /** Replaces what there is in these partitions; of several states of one operator in one partition the later ones come on top. */
    synchronized void install(Set<Integer> partitions, List<NodeState> states) {
        tables.keySet().removeIf(key -> partitions.contains(key.partition()));
        for (NodeState state : states) {
            tables.computeIfAbsent(new Key(state.node(), state.partition()), key -> new KeyedTable<>())
                    .apply(state.delta());
        }
    }
}
