// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** A delta in the making, with a known greatest number of rows. */
final class DeltaBuilder<K, S> {

    private final @Nullable Object[] keys;
    private final int[] hashes;
    private final Column values;
    private long @Nullable [] timers;
    private final BitSet removed = new BitSet();
    private int rows;

    DeltaBuilder(int mostRows, boolean longs) {
        keys = new Object[mostRows];
        hashes = new int[mostRows];
        values = longs ? Column.of(new long[mostRows], 0) : Column.of(new Object[mostRows], 0);
    }

    void put(@Nullable Object key, int hash, Column from, int entry, long timer) {
        if (timer != TimerQueue.NONE) {
            setTimer(timer);
        }
        values.addFrom(from, entry);
        addKey(key, hash);
    }

    void remove(@Nullable Object key, int hash) {
        removed.set(rows);
        // Of the kind the column has anyway, so that a removal does not box the values of the others.
        values.add(values.isLongs() ? (Object) 0L : null);
        addKey(key, hash);
    }

    StateDelta<K, S> build() {
        boolean full = rows == keys.length;
        values.shrink(rows);
        long[] times = timers;
        return new StateDelta<>(
                full ? keys : Arrays.copyOf(keys, rows),
                full ? hashes : Arrays.copyOf(hashes, rows),
                values,
                times == null || full ? times : Arrays.copyOf(times, rows),
                removed);
    }

    private void addKey(@Nullable Object key, int hash) {
        keys[rows] = key;
        hashes[rows++] = hash;
    }

    private void setTimer(long timer) {
        if (timers == null) {
            timers = new long[keys.length];
            Arrays.fill(timers, TimerQueue.NONE);
        }
        timers[rows] = timer;
    }
}
