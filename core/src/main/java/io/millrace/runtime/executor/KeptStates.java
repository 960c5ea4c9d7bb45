// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The state of all operators in all partitions as it was at some batch, which is moved on by the changes of the batches after it: a
 * stand-by copy that stays behind. Used by one thread.
 */
public final class KeptStates {

    private final ExecutorSettings settings;
    private final PartitionStates states;

    private KeptStates(ExecutorSettings settings, PartitionStates states) {
        this.settings = settings;
        this.states = states;
    }

    /** The state of a job before its first batch. */
    public static KeptStates of(PlannedJob job, ExecutorSettings settings) {
        PartitionStates states = new PartitionStates(job.initialStates(settings));
        states.prepare(IntStream.range(0, settings.partitions()).boxed().toList());
        return new KeptStates(settings, states);
    }

    /** How the executors work that the state is of. */
    public ExecutorSettings settings() {
        return settings;
    }

    /** Moves on by a batch: what changed in it, but for the operators that failed. */
    public void apply(List<NodeState> changes, Set<Integer> failedNodes) {
        states.stage(changes);
        states.commit(failedNodes).forEach(PartitionState::catchUp);
    }

    /** All of it. */
    public List<NodeState> all() {
        return states.snapshot(partitions());
    }

    /** A copy that moves on by itself. */
    public KeptStates copy() {
        PartitionStates copy = new PartitionStates(InitialStates.NONE);
        copy.install(partitions(), all());
        return new KeptStates(settings, copy);
    }

    private Set<Integer> partitions() {
        return IntStream.range(0, settings.partitions()).boxed().collect(Collectors.toSet());
    }
}
