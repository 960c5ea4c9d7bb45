// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.plan;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import io.millrace.operator.SourceOperator;
import io.millrace.stream.StreamNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * How a graph is run. Made once; the same on every executor.
 *
 * <p>Work is done level by level: at level 0 tasks run over blocks, at every further level over partitions. A level begins with
 * operators whose records were exchanged; everything that needs no exchange is fused to what feeds it.
 */
public final class PhysicalPlan {

    private final List<PlanNode> nodes;
    private final int levels;
    private final long intervalMillis;
    private final List<PlanNode> sources;
    private final List<PlanNode> outputs;
    private final boolean stateful;
    private final boolean worksOnNothing;
    private final boolean remembersNothing;

    PhysicalPlan(List<PlanNode> nodes, int levels, long intervalMillis) {
        this.nodes = List.copyOf(nodes);
        this.levels = levels;
        this.intervalMillis = intervalMillis;
        this.sources = nodes.stream()
                .filter(node -> node.node().operator() instanceof SourceOperator<?>)
                .toList();
        this.outputs = nodes.stream()
                .filter(node -> node.node().operator() instanceof OutputOperator<?>)
                .toList();
        this.stateful = nodes.stream().anyMatch(PlanNode::isStateful);
        List<Integer> active = nodes.stream()
                .filter(node -> node.isPartitioned()
                        && (node.partitioned().worksOnNothing()
                                || !node.partitioned().initialState().isEmpty()))
                .map(PlanNode::id)
                .toList();
        this.worksOnNothing = !active.isEmpty();
        this.remembersNothing =
                withDependants(active).stream().noneMatch(id -> nodes.get(id).isStateful());
    }

    /** The plan of a graph whose batches come every {@code intervalMillis}. */
    public static PhysicalPlan of(List<StreamNode> graph, long intervalMillis) {
        return new Planner(graph, intervalMillis).plan();
    }

    /**
     * This plan with outputs that were attached to the running job: their ids go on from those of its nodes, and nothing else is
     * different.
     */
    public PhysicalPlan with(List<StreamNode> attached) {
        List<PlanNode> all = new ArrayList<>(nodes);
        for (StreamNode output : attached) {
            int parent = output.parents().get(0);
            all.set(parent, all.get(parent).with(new PlanNode.Consumer(output.id(), 0)));
            all.add(all.get(parent).output(output));
        }
        return new PhysicalPlan(all, levels, intervalMillis);
    }

    /** The batch interval that the plan was made for, in milliseconds. */
    public long intervalMillis() {
        return intervalMillis;
    }

    /** All nodes, by id. */
    public List<PlanNode> nodes() {
        return nodes;
    }

    /** The node with this id. */
    public PlanNode node(int id) {
        return nodes.get(id);
    }

    /** How many levels there are; 1 if nothing is exchanged. */
    public int levels() {
        return levels;
    }

    /** The inputs; the n-th is input stream n. */
    public List<PlanNode> sources() {
        return sources;
    }

    /** The numbers of the inputs whose blocks only name what tasks are to read. */
    public Set<Integer> streamsReadByTasks() {
        Set<Integer> streams = new TreeSet<>();
        for (int stream = 0; stream < sources.size(); stream++) {
            if (sources.get(stream).node().operator() instanceof SourceOperator<?> source
                    && source.receiver().isReadByTasks()) {
                streams.add(stream);
            }
        }
        return streams;
    }

    /** The outputs, in the order in which they were registered. */
    public List<PlanNode> outputs() {
        return outputs;
    }

    /** The operators at which a level above 0 begins. */
    public List<PlanNode> rootsOf(int level) {
        return nodes.stream()
                .filter(node -> node.exchanged() && node.levels().contains(level))
                .toList();
    }

    /** True if some operator remembers something. */
    public boolean isStateful() {
        return stateful;
    }

    /** True if a batch in which nothing arrived must be worked on even while there is no state. */
    public boolean worksOnNothing() {
        return worksOnNothing;
    }

    /**
     * True if a batch in which nothing arrived changes no state while there is none: no operator that {@link #worksOnNothing}, and none
     * behind such a one, remembers anything.
     */
    public boolean remembersNothing() {
        return remembersNothing;
    }

    /** True if a node has a batch at this time. */
    public boolean hasBatch(PlanNode node, BatchTime time, BatchTime zero) {
        return node.slide() == 1 || (time.millis() - zero.millis()) % (node.slide() * intervalMillis) == 0;
    }

    /** The first operator that goes by a time that is a number of batch intervals, so that the interval must stay as it is. */
    public Optional<PlanNode> needsFixedInterval() {
        return nodes.stream()
                .filter(node -> node.isPartitioned()
                        && (node.partitioned().slide() > 1 || node.partitioned().needsFixedInterval()))
                .findFirst();
    }

    /** The first time from this one on at which a node has a batch. */
    public BatchTime nextBatch(PlanNode node, BatchTime time, BatchTime zero) {
        long slide = node.slide() * intervalMillis;
        return new BatchTime(time.millis() + Math.floorMod(zero.millis() - time.millis(), slide));
    }

    /** True if the parents of a node have a batch at this time. */
    public boolean parentsHaveBatch(PlanNode node, BatchTime time, BatchTime zero) {
        for (int parent : node.node().parents()) {
            if (!hasBatch(nodes.get(parent), time, zero)) {
                return false;
            }
        }
        return true;
    }

    /** The batch interval of a node's parents. */
    public long parentSlideMillis(PlanNode node) {
        return node.node().parents().isEmpty()
                ? intervalMillis
                : nodes.get(node.node().parents().get(0)).slide() * intervalMillis;
    }

    /** How many of the partitions that the program has made of a node's records are in one of the engine's {@code partitions}. */
    public int parts(PlanNode node, int partition, int partitions) {
        if (node.parts() == PlanNode.AS_ENGINE) {
            return 1;
        }
        return node.parts() <= partition ? 0 : (node.parts() - partition - 1) / partitions + 1;
    }

    /** True if no node needs a batch at this time for the sake of its slide. */
    public boolean mayBeSkipped(BatchTime time, BatchTime zero) {
        return nodes.stream().noneMatch(node -> node.slide() > 1 && hasBatch(node, time, zero));
    }

    /** These nodes and all that depend on them. */
    public Set<Integer> withDependants(Iterable<Integer> failed) {
        Set<Integer> all = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>();
        failed.forEach(open::add);
        while (!open.isEmpty()) {
            int id = open.remove();
            if (id >= 0 && all.add(id)) {
                nodes.get(id).consumers().forEach(consumer -> open.add(consumer.node()));
            } else if (id < 0) {
                nodes.forEach(node -> all.add(node.id()));
            }
        }
        return all;
    }
}
