// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** What one partition of a {@link PartitionOperator} may ask of the engine. */
public interface PartitionContext extends StepContext {

    /** Which partition this is, from 0. */
    int partition();

    /** False in a batch that lies between two slides: records are to be kept, nothing is to be pushed. */
    boolean emits();

    /** The batch time before the first: slides and sweeps are counted from it. */
    BatchTime zero();

    /** The batch interval of the operator's parents, in milliseconds. */
    long parentSlideMillis();

    /** The partition's state; only for an operator that says it is {@link PartitionOperator#stateful()}. */
    <K, S> State<K, S> state();

    /** An empty table that folds values by key; kept and reused by the task. */
    <K, V, A> Fold<K, V, A> fold(Combiner<V, A> combiner);
}
