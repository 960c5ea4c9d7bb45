// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.plan.PhysicalPlan;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** The chains of an executor, made when first needed and used again. Used by the executor's thread. */
final class ChainPool {

    private record Place(int level, int partition) {}

    private final PhysicalPlan plan;
    private final ExecutorSettings settings;
    private final StepClasses classes;
    private final PartitionStates states;
    private final Deque<Chain> overBlocks = new ArrayDeque<>();
    private final Map<Place, Chain> overPartitions = new HashMap<>();

    ChainPool(PhysicalPlan plan, ExecutorSettings settings, StepClasses classes, PartitionStates states) {
        this.plan = plan;
        this.settings = settings;
        this.classes = classes;
        this.states = states;
    }

    /** A chain over blocks, for one task; to be given back. */
    Chain takeOverBlocks() {
        Chain unused = overBlocks.poll();
        return unused != null ? unused : ChainBuilder.overBlocks(plan, settings, classes, states);
    }

    /** Takes a chain back. */
    void give(Chain chain) {
        if (chain.level() == 0) {
            overBlocks.push(chain);
        }
    }

    /** The chain of a level over a partition. */
    Chain overPartition(int level, int partition) {
        return overPartitions.computeIfAbsent(
                new Place(level, partition),
                place -> ChainBuilder.overPartition(plan, settings, classes, states, place.level(), place.partition()));
    }
}
