// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.state.KeyedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The state of all operators in the partitions that an executor holds, be it as the one who works on them or as the one
 * who stands by.
 *
 * <p>Changed by the executor's thread, by the tasks of a batch, each in its own partition, while the batch runs, and by whoever
 * does what a commit left to be done ({@link PartitionState}).
 */
final class PartitionStates {

    /** So many entries are worth another thread. */
    private static final int MUCH = 512;

    private record Key(int node, int partition) {}

    private final InitialStates initial;
    private final Map<Key, PartitionState> states = new HashMap<>();
    private final List<NodeState> staged = new ArrayList<>();

    /** No state but what operators remember before the first batch. */
    PartitionStates(InitialStates initial) {
        this.initial = initial;
    }

    /** The table of an operator in a partition, with what it remembers there at first. */
    KeyedTable<Object, Object> table(int node, int partition) {
        return state(new Key(node, partition)).table();
    }

    private synchronized PartitionState state(Key key) {
        return states.computeIfAbsent(key, k -> new PartitionState(initial.table(k.node(), k.partition())));
    }

    /** Remembers in these partitions what there is before the first batch, so that all who keep a partition have the same. */
    void prepare(List<Integer> partitions) {
        initial.nodes().forEach(node -> partitions.forEach(partition -> state(new Key(node, partition))));
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
        for (PartitionState state : states.values()) {
            keys += state.table().size();
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

    /**
     * The batch counts, but for the operators that failed in it. What that makes of the tables is seen by whoever asks for them from
     * now on; the work itself is done then, or before by {@link PartitionState#catchUp}, on any thread.
     *
     * @return the states that have much work left
     */
    synchronized List<PartitionState> commit(Set<Integer> failedNodes) {
        Map<Key, Integer> left = new LinkedHashMap<>();
        states.forEach((key, state) -> {
            if (failedNodes.contains(key.node())) {
                state.rollback();
            } else {
                left.put(key, state.commit());
            }
        });
        for (NodeState change : staged) {
            if (!failedNodes.contains(change.node())) {
                Key key = new Key(change.node(), change.partition());
                left.merge(key, state(key).commit(change.delta()), Integer::sum);
            }
        }
        staged.clear();
        List<PartitionState> large = new ArrayList<>();
        left.forEach((key, entries) -> {
            if (entries >= MUCH) {
                large.add(state(key));
            } else {
                state(key).catchUp();
            }
        });
        return large;
    }

    /** The batch is given up. */
    synchronized void rollback() {
        states.values().forEach(PartitionState::rollback);
    }

    /** All there is in these partitions. */
    synchronized List<NodeState> snapshot(Set<Integer> partitions) {
        List<NodeState> all = new ArrayList<>();
        states.forEach((key, state) -> {
            if (partitions.contains(key.partition())) {
                all.add(new NodeState(key.node(), key.partition(), state.table().snapshot()));
            }
        });
        return all;
    }

    /** Replaces what there is in these partitions; of several states of one operator in one partition the later ones come on top. */
    synchronized void install(Set<Integer> partitions, List<NodeState> installed) {
        states.keySet().removeIf(key -> partitions.contains(key.partition()));
        for (NodeState state : installed) {
            states.computeIfAbsent(
                            new Key(state.node(), state.partition()), key -> new PartitionState(new KeyedTable<>()))
                    .table()
                    .apply(state.delta());
        }
    }
}
