// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/** What one partition of a {@link PartitionOperator} may ask of the engine. */
public interface PartitionContext extends StepContext {

    /** Which partition this is, from 0. */
    int partition();

    /**
     * How many of the partitions that the program knows of are in this one: with {@code repartition(5)} and two partitions of the
     * engine, 3 and 2; 1 after an exchange by key; 0 if there is none, or if nobody has said yet how many there are.
     */
    int parts();

    /** In which of the {@link #parts()} the record lies that is being added, from 0; of no meaning unless there are several. */
    int part();

    /** Says in which of the {@link #parts()} the records lie that are pushed from now on. */
    void part(int part);

    /**
     * The guard for what is made of the state only to be pushed, after the state is as it is to be. Under a policy to fail, whatever takes
     * the operator's records fails in this batch, but the operator does not: its state keeps what came. Nothing may be pushed after it
     * has thrown.
     */
    Guard emissionGuard();

    /** False in a batch that lies between two slides: records are to be kept, nothing is to be pushed. */
    boolean emits();

    /** The batch time before the first: slides and sweeps are counted from it. */
    BatchTime zero();

    /** The time of this batch if the operator emits in it, otherwise that of the next batch in which it does. */
    BatchTime nextEmission();

    /** The batch interval of the operator's parents, in milliseconds. */
    long parentSlideMillis();

    /** The partition's state; only for an operator that says it is {@link PartitionOperator#stateful()}. */
    <K, S> State<K, S> state();

    /** An empty table that folds values by key; kept and reused by the task. */
    <K, V, A> Fold<K, V, A> fold(Combiner<V, A> combiner);
}
