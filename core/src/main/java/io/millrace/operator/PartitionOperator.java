// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import org.jspecify.annotations.Nullable;

/**
 * An operator that needs records together: they are exchanged first, then each partition is worked on by itself, with
 * state of its own if the operator asks for it.
 *
 * @param <I> records in
 * @param <K> keys; of no meaning unless the exchange is by key
 * @param <V> values that travel with the keys, or the records themselves
 * @param <O> records out
 */
public interface PartitionOperator<I, K, V, O> extends Operator {

    /** How the records come together. */
    Exchange exchange();

    /** The key of a record; asked only if the exchange is by key. Default: the key of a {@link Pair}. */
    @SuppressWarnings("unchecked")
    default K key(I record) {
        return ((Pair<K, V>) record).key();
    }

    /** What travels of a record. Default: the value of a {@link Pair}; the record itself unless the exchange is by key. */
    @SuppressWarnings("unchecked")
    default V value(I record) {
        return exchange() == Exchange.BY_KEY ? ((Pair<K, V>) record).value() : (V) record;
    }

    /** To how many partitions records are dealt out; asked only if the exchange is {@link Exchange#EVENLY}. */
    default int partitions() {
        return 1;
    }

    /** Folds values of one key before they travel; null if every value must arrive. */
    default @Nullable Combiner<V, ?> combiner() {
        return null;
    }

    /**
     * True if the keys that come together in a batch are few in comparison with the records, so that it is worth to send each only once
     * per task; of no meaning unless the exchange is by key and there is no combiner.
     */
    default boolean repeatsKeys() {
        return false;
    }

    /** True if the records out are pairs whose keys came in, so that they need not be exchanged by key again. */
    default boolean keepsKeys() {
        return false;
    }

    /** True if a partition remembers something from batch to batch. */
    default boolean stateful() {
        return false;
    }

    /**
     * What each partition remembers before the first batch; only for an operator that is stateful and exchanged by key. A batch without
     * records is worked on from the first one on if there is something.
     */
    default InitialState<K, ?> initialState() {
        return InitialState.none();
    }

    /** True if it emits something even when nothing arrived and nothing is remembered, as a count of zero. */
    default boolean worksOnNothing() {
        return false;
    }

    /** How many batch intervals lie between two batches that this operator emits, as a multiple of its parent's. */
    default int slide() {
        return 1;
    }

    /**
     * Of how many batches of its parent one of its own is made: more than 1 for a window. If one of them is lost to a failure, whatever
     * takes the records of the window fails until that batch has left it.
     */
    default int reach() {
        return 1;
    }

    /**
     * True if it counts in batch intervals what its user gave as a time, as a window does; the batch interval of a job with such an
     * operator cannot be changed while it runs. An operator with a slide of several intervals need not say so. Default: true if it reaches over several batches.
     */
    default boolean needsFixedInterval() {
        return reach() > 1;
    }

    /** The running form for one partition; reused from batch to batch. */
    PartitionTask<K, V> open(PartitionContext context, Step<O> out);
}
