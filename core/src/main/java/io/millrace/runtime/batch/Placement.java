// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which executor works on which partition, and which others keep its state.
 *
 * <p>Partition p belongs to executor p modulo their number while that lives, and is kept by those that follow it. When an executor
 * dies, one that keeps the state takes over; a new one gets the state sent and works once it has it.
 */
public final class Placement {

    /** Partitions whose state is to be sent to an executor that lacks it. */
    public record Transfer(ExecutorId from, ExecutorId to, Set<Integer> partitions) {}

    private final int partitions;
    private final int executors;
    private final int copies;
    private final Set<ExecutorId> alive = new TreeSet<>();
    private final List<Set<ExecutorId>> inSync = new ArrayList<>();
    private final List<Map<ExecutorId, Optional<ExecutorId>>> syncing = new ArrayList<>();
    private boolean begun;
    private List<ExecutorId> owners = List.of();
    private List<List<ExecutorId>> standbys = List.of();
    private boolean changed = true;

    /**
     * A placement without executors.
     *
     * @param partitions how many partitions there are
     * @param executors how many executors there are to be
     * @param copies how many executors keep the state of a partition, the one that works on it included; at most {@code executors}
     */
    public Placement(int partitions, int executors, int copies) {
        this.partitions = partitions;
        this.executors = executors;
        this.copies = Math.min(copies, executors);
        for (int i = 0; i < partitions; i++) {
            inSync.add(new TreeSet<>());
            syncing.add(new TreeMap<>());
        }
    }

    /** Batches begin: from here on an executor that joins lacks the state. */
    public void begin() {
        begun = true;
    }

    /** An executor lives. */
    public void up(ExecutorId executor) {
        changed = true;
        alive.add(executor);
        for (int partition = 0; partition < partitions; partition++) {
            if (shouldHold(executor, partition)) {
                if (begun) {
                    syncing.get(partition).put(executor, Optional.empty());
                } else {
                    inSync.get(partition).add(executor);
                }
            }
        }
    }

    /** An executor died with all it kept. */
    public void down(ExecutorId executor) {
        changed = true;
        alive.remove(executor);
        for (int partition = 0; partition < partitions; partition++) {
            inSync.get(partition).remove(executor);
            syncing.get(partition).remove(executor);
            syncing.get(partition).replaceAll((to, from) -> from.filter(sender -> !sender.equals(executor)));
        }
    }

    /** An executor has the state of these partitions. */
    public void installed(ExecutorId executor, Set<Integer> installed) {
        changed = true;
        for (int partition : installed) {
            if (syncing.get(partition).getOrDefault(executor, Optional.empty()).isPresent()) {
                syncing.get(partition).remove(executor);
                inSync.get(partition).add(executor);
            }
        }
    }

    /** What is to be sent now, between two batches; each transfer is answered once. */
    public List<Transfer> transfers() {
        if (isSynced()) {
            return List.of();
        }
        Map<ExecutorId, Map<ExecutorId, Set<Integer>>> wanted = new TreeMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            for (Map.Entry<ExecutorId, Optional<ExecutorId>> entry :
                    syncing.get(partition).entrySet()) {
                if (entry.getValue().isEmpty() && !inSync.get(partition).isEmpty()) {
                    ExecutorId owner = owner(partition);
                    entry.setValue(Optional.of(owner));
                    changed = true;
                    wanted.computeIfAbsent(owner, from -> new TreeMap<>())
                            .computeIfAbsent(entry.getKey(), to -> new TreeSet<>())
                            .add(partition);
                }
            }
        }
        List<Transfer> transfers = new ArrayList<>();
        wanted.forEach((from, byTarget) -> byTarget.forEach((to, set) -> transfers.add(new Transfer(from, to, set))));
        return transfers;
    }

    /** True if no executor waits for a state. */
    public boolean isSynced() {
        for (Map<ExecutorId, Optional<ExecutorId>> waiting : syncing) {
            if (!waiting.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** True if some partition's state is kept by nobody any more. */
    public boolean isLost() {
        return begun && inSync.stream().anyMatch(Set::isEmpty);
    }

    /** How many partitions are kept by nobody. */
    public long lostPartitions() {
        return inSync.stream().filter(Set::isEmpty).count();
    }

    /** True if somebody can work on every partition. */
    public boolean isComplete() {
        for (Set<ExecutorId> holders : inSync) {
            if (holders.isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The executors that live. */
    public Set<ExecutorId> alive() {
        return new TreeSet<>(alive);
    }

    /** Who works on each partition. */
    public List<ExecutorId> owners() {
        refresh();
        return owners;
    }

    /** Who else is to hear of every change in each partition. */
    public List<List<ExecutorId>> standbys() {
        refresh();
        return standbys;
    }

    /** Works out who does what, once for every change: batches come more often than changes. */
    private void refresh() {
        if (changed) {
            List<ExecutorId> newOwners = new ArrayList<>();
            List<List<ExecutorId>> newStandbys = new ArrayList<>();
            for (int partition = 0; partition < partitions; partition++) {
                ExecutorId owner = owner(partition);
                newOwners.add(owner);
                newStandbys.add(standbys(partition, owner));
            }
            owners = List.copyOf(newOwners);
            standbys = List.copyOf(newStandbys);
            changed = false;
        }
    }

    private List<ExecutorId> standbys(int partition, ExecutorId owner) {
        Set<ExecutorId> holders = new TreeSet<>(inSync.get(partition));
        syncing.get(partition).forEach((executor, from) -> {
            if (from.isPresent()) {
                holders.add(executor);
            }
        });
        holders.remove(owner);
        return List.copyOf(holders);
    }

    private ExecutorId owner(int partition) {
        int preferred = partition % executors;
        Map<Integer, ExecutorId> byDistance = new HashMap<>();
        int nearest = executors;
        for (ExecutorId holder : inSync.get(partition)) {
            int distance = Math.floorMod(holder.number() - preferred, executors);
            byDistance.put(distance, holder);
            nearest = Math.min(nearest, distance);
        }
        ExecutorId owner = byDistance.get(nearest);
        if (owner == null) {
            throw new IllegalStateException("partition " + partition + " is kept by nobody");
        }
        return owner;
    }

    private boolean shouldHold(ExecutorId executor, int partition) {
        return Math.floorMod(executor.number() - partition % executors, executors) < copies;
    }
}
