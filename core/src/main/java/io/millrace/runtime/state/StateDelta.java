// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a partition's state that changed, each with the value and timer it has now or as removed.
 *
 * <p>A key comes up once at most. Applying a delta twice is the same as applying it once. Immutable: the arrays it was
 * made of, and those it gives away, are not copies and must be left alone.
 *
 * @param <K> keys
 * @param <S> what is kept per key
 */
public final class StateDelta<K, S> {

    private final @Nullable Object[] keys;
    private final int[] hashes;
    private final Column values;
    private final long @Nullable [] timers;
    private final BitSet removed;

    /**
     * A delta of its parts, which it takes over.
     *
     * @param keys one key per row
     * @param hashes the stable hash of each key
     * @param values the value of each key; of no meaning where a key was removed
     * @param timers when the timer of each key fires or {@link Long#MAX_VALUE}; null if no key has a timer
     * @param removed the rows whose keys were removed
     */
    public StateDelta(@Nullable Object[] keys, int[] hashes, Column values, long @Nullable [] timers, BitSet removed) {
        int rows = keys.length;
        checkRows("hashes", hashes.length, rows);
        checkRows("values", values.size(), rows);
        if (timers != null) {
            checkRows("timers", timers.length, rows);
        }
        if (removed.length() > rows) {
            throw new IllegalArgumentException(
                    "removed rows must be below " + rows + ", but one is " + (removed.length() - 1));
        }
        this.keys = keys;
        this.hashes = hashes;
        this.values = values;
        this.timers = timers;
        this.removed = removed;
    }

    /** How many rows there are. */
    public int size() {
        return keys.length;
    }

    /** True if nothing changed. */
    public boolean isEmpty() {
        return keys.length == 0;
    }

    /** True if the row's key was removed. */
    public boolean isRemoved(int row) {
        return removed.get(row);
    }

    /** The row's key. */
    @SuppressWarnings({"unchecked", "NullAway"}) // null if the user's key is
    public K key(int row) {
        return (K) keys[row];
    }

    /** The stable hash of the row's key. */
    public int hash(int row) {
        return hashes[row];
    }

    /** Has a table fetch what it reads of the keys of some rows. */
    void fetch(KeyedTable<K, S> table, int from, int to) {
        table.fetch(hashes, from, to);
    }

    /** The row's value; of no meaning if the key was removed. */
    @SuppressWarnings({"unchecked", "NullAway"}) // null if the user's value is
    public S value(int row) {
        return (S) values.get(row);
    }

    /** When the timer of the row's key fires, or {@link Long#MAX_VALUE}. */
    public long timer(int row) {
        return timers == null ? TimerQueue.NONE : timers[row];
    }

    /** The keys. */
    public @Nullable Object[] keys() {
        return keys;
    }

    /** The stable hashes of the keys. */
    public int[] hashes() {
        return hashes;
    }

    /** The values; of no meaning where a key was removed. */
    public Column values() {
        return values;
    }

    /** When the timers fire; {@link Long#MAX_VALUE} for a key without one, null if no key has one. */
    public long @Nullable [] timers() {
        return timers;
    }

    /** The rows whose keys were removed. */
    public BitSet removed() {
        return removed;
    }

    @Override
    public String toString() {
        return "StateDelta[" + (size() - removed.cardinality()) + " put, " + removed.cardinality() + " removed]";
    }

    private static void checkRows(String what, int actual, int rows) {
        if (actual != rows) {
            throw new IllegalArgumentException("there must be " + rows + " " + what + ", but there are " + actual);
        }
    }
}
