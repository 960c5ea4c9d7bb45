// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * One partition of a {@link PartitionOperator} at work. Called by one thread at a time: {@code begin}, any number of
 * {@code add}, {@code finish}; a batch that is given up ends without {@code finish}.
 *
 * @param <K> keys
 * @param <V> values, or what a {@link Combiner} made of them
 */
public interface PartitionTask<K, V> {

    /** Stands for the key where there is none. */
    String NO_KEY = "";

    /** Says that a task has a key nowhere yet. */
    int UNKNOWN = -1;

    /** A batch begins; whatever is left of one that was given up is forgotten. */
    void begin() throws Exception;

    /**
     * One record of the batch.
     *
     * @param input which of the operator's parents it comes from, from 0
     * @param key its key; {@link #NO_KEY} unless the exchange is by key
     * @param hash the stable hash of the key
     * @param value its value, or a fold of values if the operator has a combiner
     */
    void add(int input, K key, int hash, Object value) throws Exception;

    /**
     * {@link #add} for an operator that {@linkplain PartitionOperator#repeatsKeys() repeats keys}: the task may say where it has the key,
     * so that it need not look for it with every record.
     *
     * @return where it has the key now, from 0, for {@link #addKnown}; or {@link #UNKNOWN}
     */
    default int addFirst(int input, K key, int hash, Object value) throws Exception {
        add(input, key, hash, value);
        return UNKNOWN;
    }

    /**
     * {@link #add} for a key that the task has said where it has.
     *
     * @param known what the task answered for the key in this batch; others of its answers for the same key may be later
     * @return where it has the key now, from 0, for the next record; or {@link #UNKNOWN}
     */
    default int addKnown(int input, K key, Object value, int known) throws Exception {
        throw new UnsupportedOperationException("a task that answers where it has a key must take it from there");
    }

    /** All records of the batch are in; what the partition makes of them is pushed before this returns. */
    void finish() throws Exception;
}
