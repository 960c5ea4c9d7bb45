// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * Some records of a {@link PartitionTask} in order of arrival, of which many have the same key. Keys are numbered, so that what is to be
 * done for a key, as looking for it, need be done once and not with every record. Used by one thread at a time and only during the
 * call it is given to.
 *
 * @param <K> keys
 */
public interface RepeatedKeys<K> {

    /** How many records there are. */
    int size();

    /** The numbers of the records' keys, of which the first {@link #size} count; not a copy. */
    int[] numbers();

    /** A key by its number. */
    K key(int number);

    /** The stable hash of a key by its number. */
    int hash(int number);

    /** The value of a record. */
    Object value(int record);

    /**
     * By number, what the task has put there for the key earlier in the same batch, as the place at which it has the key; {@link
     * PartitionTask#UNKNOWN} at first. The same key may come with other numbers, too. Not a copy: the task writes into it.
     */
    int[] places();
}
