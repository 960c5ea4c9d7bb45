// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Combiner;
import io.millrace.operator.Current;
import io.millrace.operator.Fold;
import io.millrace.operator.Guard;
import io.millrace.operator.PartitionContext;
import io.millrace.operator.RecordPlace;
import io.millrace.operator.State;
import io.millrace.operator.Step;
import io.millrace.operator.Versioned;
import io.millrace.runtime.plan.PlanNode;
import io.millrace.runtime.state.FoldTable;

/** What one operator in one chain may ask of its task. */
final class NodeContext implements PartitionContext {

    private final PlanNode node;
    private final Chain chain;
    private final NodeGuard guard;
    private final EmissionGuard emissionGuard;
    private final StepClasses classes;
    private final PartitionStates states;
    private final long parentSlideMillis;
    private final int parts;
    private final int partitions;

    NodeContext(
            PlanNode node,
            Chain chain,
            StepClasses classes,
            PartitionStates states,
            long parentSlideMillis,
            int parts,
            int partitions) {
        this.node = node;
        this.chain = chain;
        this.guard = new NodeGuard(node.node(), chain);
        this.emissionGuard = new EmissionGuard(node, chain, guard);
        this.classes = classes;
        this.states = states;
        this.parentSlideMillis = parentSlideMillis;
        this.parts = parts;
        this.partitions = partitions;
    }

    @Override
    public Guard guard() {
        return guard;
    }

    @Override
    public Guard emissionGuard() {
        return emissionGuard;
    }

    @Override
    public BatchTime batchTime() {
        return chain.batchTime();
    }

    @Override
    public RecordPlace place() {
        Position position = chain.position();
        return new RecordPlace(position.block(), position.ordinal(), position.source());
    }

    @Override
    public <T> Current<T> current(Versioned<T> value) {
        return chain.current(value, node.node().name());
    }

    @Override
    public int partitions() {
        return partitions;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> Step<T> fresh(Class<?> stepClass, Object... arguments) {
        return (Step<T>) classes.instantiate(node.id(), stepClass, Step.class, arguments);
    }

    @Override
    public int partition() {
        return chain.partition();
    }

    @Override
    public int parts() {
        return parts;
    }

    @Override
    public int part() {
        return chain.part() < parts ? chain.part() : 0;
    }

    @Override
    public void part(int part) {
        chain.part(part);
    }

    @Override
    public boolean emits() {
        return chain.hasBatch(node);
    }

    @Override
    public BatchTime zero() {
        return chain.zero();
    }

    @Override
    public BatchTime nextEmission() {
        return chain.nextBatch(node);
    }

    @Override
    public long parentSlideMillis() {
        return parentSlideMillis;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, S> State<K, S> state() {
        if (!node.isStateful()) {
            throw new IllegalStateException("The operator "
                    + node.node().operator().kind() + " asks for state but does not say it is stateful");
        }
        return (State<K, S>) states.table(node.id(), chain.partition());
    }

    @Override
    public <K, V, A> Fold<K, V, A> fold(Combiner<V, A> combiner) {
        return new FoldTable<>(combiner);
    }
}
