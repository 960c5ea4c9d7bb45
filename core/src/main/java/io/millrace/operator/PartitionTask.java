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

    /** Says of a key of {@link RepeatedKeys} that the task has it nowhere yet. */
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
     * Some records of the batch, for an operator that {@linkplain PartitionOperator#repeatsKeys() repeats keys}; as good as one call of
     * {@link #add} for each.
     */
    default void addAll(int input, RepeatedKeys<K> records) throws Exception {
        int[] numbers = records.numbers();
        int size = records.size();
        for (int i = 0; i < size; i++) {
            add(input, records.key(numbers[i]), records.hash(numbers[i]), records.value(i));
        }
    }

    /**
     * True if the task would rather be given the equal records of a key at once, by {@link #addEqual}, than all records in order of
     * arrival, by {@link #addAll}; asked when the records of a batch are there.
     */
    default boolean prefersEqual() {
        return false;
    }

    /**
     * Some equal records of one key, ahead of others that arrived before them. What a record leads to besides a change of state, an
     * emission or a failure, must not come ahead: the task keeps it, stops there, and is told by {@link #settle} when it is the record's
     * turn. It is then given no further records by this method in the batch.
     *
     * @param times how many records there are, at least 1
     * @return how many of them were taken: all, unless one before the last led to something
     */
    default int addEqual(int input, K key, int hash, Object value, int times) throws Exception {
        throw new UnsupportedOperationException("a task that prefers equal records at once must take them");
    }

    /** True if the last record that {@link #addEqual} took led to something that waits for its turn. */
    default boolean isUnsettled() {
        return false;
    }

    /** It is the turn of what waits. */
    default void settle() throws Exception {}

    /** All records of the batch are in; what the partition makes of them is pushed before this returns. */
    void finish() throws Exception;
}
