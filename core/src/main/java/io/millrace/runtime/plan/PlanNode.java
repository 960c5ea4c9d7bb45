// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.plan;

import io.millrace.operator.PartitionOperator;
import io.millrace.stream.StreamNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One operator in the physical plan.
 *
 * @param node the operator and its place in the graph
 * @param levels the levels at which its records come into being
 * @param exchanged true if its records are exchanged before it; it then begins a level
 * @param byKey true if its records lie in the partition of their key
 * @param parts into how many partitions its records were divided by the program; {@link #AS_ENGINE} after an exchange by key, 0 if
 *     nobody has said
 * @param slide how many batch intervals lie between two of its batches
 * @param consumers who takes its records, in the order in which they were defined
 */
public record PlanNode(
        StreamNode node,
        Set<Integer> levels,
        boolean exchanged,
        boolean byKey,
        int parts,
        int slide,
        List<Consumer> consumers) {

    /** As many partitions as the engine has. */
    public static final int AS_ENGINE = Integer.MAX_VALUE;

    /**
     * An operator that takes records.
     *
     * @param node its node
     * @param input which of its parents they come from
     */
    public record Consumer(int node, int input) {}

    /** Copies the collections. */
    public PlanNode {
        levels = Set.copyOf(levels);
        consumers = List.copyOf(consumers);
    }

    /** The same with one more who takes its records. */
    PlanNode with(Consumer further) {
        List<Consumer> all = new ArrayList<>(consumers);
        all.add(further);
        return new PlanNode(node, levels, exchanged, byKey, parts, slide, all);
    }

    /** An output of its records: it gets them where they come into being, whenever there is a batch of them. */
    PlanNode output(StreamNode output) {
        return new PlanNode(output, levels, false, false, parts, slide, List.of());
    }

    /** Its number in the graph. */
    public int id() {
        return node.id();
    }

    /** True if it works on partitions. */
    public boolean isPartitioned() {
        return node.operator() instanceof PartitionOperator<?, ?, ?, ?>;
    }

    /** True if it remembers something from batch to batch. */
    public boolean isStateful() {
        return node.operator() instanceof PartitionOperator<?, ?, ?, ?> partitioned && partitioned.stateful();
    }

    /** The operator as one on partitions, whatever its records are. */
    @SuppressWarnings("unchecked")
    public PartitionOperator<Object, Object, Object, Object> partitioned() {
        return (PartitionOperator<Object, Object, Object, Object>) node.operator();
    }
}
