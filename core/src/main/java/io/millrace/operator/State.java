// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * The keyed state of one partition of one operator: an open-addressing table whose entries are numbered.
 *
 * <p>Changes belong to the running batch: they are seen at once by the operator and become lasting when the batch is
 * committed; if the batch is given up, or the operator fails in any partition, every change is taken back. Keys and
 * values must not be changed in place.
 *
 * <p>An entry's number stays the same from its insertion to the commit of its removal. {@code Long} values are kept
 * unboxed. Used by one task thread at a time.
 *
 * @param <K> keys
 * @param <S> what is kept per key
 */
public interface State<K, S> {

    /** How many keys there are. */
    int size();

    /** The number of the key's entry, or -1. {@code hash} is the key's stable hash. */
    int find(K key, int hash);

    /**
     * Says that keys with some of these stable hashes are looked for or inserted next. It changes nothing but the time that takes where the state is larger than the
     * caches of the processor: what has to come from memory comes for all of them at once. Some dozen keys at a time are best.
     *
     * @param from the first of the hashes
     * @param to one more than the last
     */
    default void fetch(int[] hashes, int from, int to) {}

    /** One more than the greatest entry number; not every number below it is live. */
    int bound();

    /** True if the entry holds a key. */
    boolean isLive(int entry);

    /** The key of a live entry. */
    K key(int entry);

    /** The stable hash of the key of a live entry. */
    int hash(int entry);

    /** The value of a live entry. */
    S value(int entry);

    /** Gives a live entry another value; the same value (equal longs, or the same object) makes no change. */
    void set(int entry, S value);

    /** As {@link #set} with a {@code Long}, of which no object need then be made; only where {@code S} may be {@code Long}. */
    void setLong(int entry, long value);

    /** Adds a key that is not there and answers its entry number. */
    int insert(K key, int hash, S value);

    /** Removes a live entry; its timer goes with it. If its key is inserted again in the same batch, it gets its old number back. */
    void remove(int entry);

    /** Sets, or moves, the one timer of a live entry; milliseconds since the epoch, as batch times are. */
    void setTimer(int entry, long atMillis);

    /** Takes the timer of a live entry away, if it has one. */
    void clearTimer(int entry);

    /** When the timer of a live entry fires, or {@link Long#MAX_VALUE}. */
    long timer(int entry);

    /**
     * A live entry whose timer is at or before {@code nowMillis}, the earliest first (by entry number among equals), or
     * -1. The entry's timer is cleared.
     */
    int nextDue(long nowMillis);
}
