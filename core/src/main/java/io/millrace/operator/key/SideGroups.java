// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.Counting;
import io.millrace.operator.Fold;
import io.millrace.operator.PartitionContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of two streams by key. The values of a key and side are a chain through arrays that are used again from batch to batch, so
 * that no object is made for a record or a key. Used by one task.
 *
 * @param <K> keys
 */
final class SideGroups<K> {

    /** Ends a chain. */
    static final int NONE = -1;

    private static final int LEFT = 0;
    private static final int RIGHT = 2;
    private static final int ENDS_PER_KEY = 4;
    private static final int LEAST_ROOM = 1024;

    private final Fold<K, Object, Long> keys;
    private @Nullable Object[] values = new Object[LEAST_ROOM];
    private int[] next = new int[LEAST_ROOM];
    /** First and last of the left chain and of the right one, key by key. */
    private int[] ends = new int[LEAST_ROOM];

    private int count;
    private int known;

    SideGroups(PartitionContext context) {
        this.keys = context.fold(Counting.INSTANCE);
    }

    /** A value of the left stream (0) or the right one (1). */
    void add(int side, K key, int hash, @Nullable Object value) {
        int entry = keys.enter(key, hash, 0L);
        if (entry == known) {
            know();
        }
        if (count == values.length) {
            int room = Math.addExact(count, count >> 1);
            values = Arrays.copyOf(values, room);
            next = Arrays.copyOf(next, room);
        }
        values[count] = value;
        next[count] = NONE;
        int chain = ENDS_PER_KEY * entry + (side == 0 ? LEFT : RIGHT);
        if (ends[chain] == NONE) {
            ends[chain] = count;
        } else {
            next[ends[chain + 1]] = count;
        }
        ends[chain + 1] = count++;
    }

    private void know() {
        int from = ENDS_PER_KEY * known++;
        if (from + ENDS_PER_KEY > ends.length) {
            ends = Arrays.copyOf(ends, Math.multiplyExact(2, ends.length));
        }
        Arrays.fill(ends, from, from + ENDS_PER_KEY, NONE);
    }

    /** How many keys there are; entries are numbered from 0. */
    int size() {
        return known;
    }

    K key(int entry) {
        return keys.key(entry);
    }

    /** The first value of a key in the left stream, or {@link #NONE}. */
    int firstLeft(int entry) {
        return ends[ENDS_PER_KEY * entry + LEFT];
    }

    /** The first value of a key in the right stream, or {@link #NONE}. */
    int firstRight(int entry) {
        return ends[ENDS_PER_KEY * entry + RIGHT];
    }

    /** What comes after a value in its chain, in order of arrival, or {@link #NONE}. */
    int next(int place) {
        return next[place];
    }

    @Nullable
    Object value(int place) {
        return values[place];
    }

    /** The values of the chain that begins here, as a list that outlives the batch. */
    @SuppressWarnings("unchecked")
    <V> List<V> list(int first) {
        if (first == NONE) {
            return List.of();
        }
        List<Object> list = new ArrayList<>();
        for (int place = first; place != NONE; place = next[place]) {
            list.add(values[place]);
        }
        return (List<V>) Collections.unmodifiableList(list);
    }

    /** Forgets everything; keeps the room unless the batch used less than a sixteenth of it. */
    void clear() {
        keys.clear();
        if (count == 0) {
            return;
        }
        int room = Math.max(LEAST_ROOM, 2 * Math.max(count, ENDS_PER_KEY * known));
        if (values.length / 8 > room || ends.length / 8 > room) {
            values = new Object[room];
            next = new int[room];
            ends = new int[room];
        } else {
            Arrays.fill(values, 0, count, null);
        }
        count = 0;
        known = 0;
    }
}
