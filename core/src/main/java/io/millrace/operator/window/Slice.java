// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.Fold;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of keys and values that enter and leave a window together: what arrived in a batch, or in some batches between two slides.
 * Public only because the state travels; of no use to a program. Not changed once made.
 *
 * @param stage what the values are
 * @param keys the keys
 * @param hashes the stable hash of each key
 * @param values the values: a {@code long[]} if all are {@code Long}, otherwise a list
 * @param absent the rows without a value
 */
public record Slice(int stage, List<@Nullable Object> keys, int[] hashes, Object values, BitSet absent) {

    /** What arrived in one batch; not yet part of a window. */
    static final int OPEN = 0;

    /** The fold of each key in the slice. */
    static final int FOLDS = 1;

    /** The fold of each key in the later slices of the same stretch, if they have the key. */
    static final int LATER = 2;

    /**
     * Checks that the parts fit together.
     *
     * @throws IllegalArgumentException if there is not a hash and a value for each key
     */
    public Slice {
        int rows = keys.size();
        int count = values instanceof long[] longs ? longs.length : values instanceof List<?> list ? list.size() : -1;
        if (hashes.length != rows || count != rows) {
            throw new IllegalArgumentException("A slice must have a hash and a value for each of its " + rows
                    + " keys, but has " + hashes.length + " and " + count);
        }
    }

    /** What a table of folds holds. */
    static <K> Slice of(int stage, Fold<K, ?, ?> folds) {
        Builder rows = new Builder();
        for (int entry = 0; entry < folds.size(); entry++) {
            rows.add(folds.key(entry), folds.hash(entry), folds.value(entry));
        }
        return rows.build(stage);
    }

    int size() {
        return hashes.length;
    }

    @Nullable
    Object key(int row) {
        return keys.get(row);
    }

    int hash(int row) {
        return hashes[row];
    }

    @Nullable
    Object value(int row) {
        return values instanceof long[] longs ? (Object) longs[row] : ((List<?>) values).get(row);
    }

    boolean hasValue(int row) {
        return !absent.get(row);
    }

    /** The same rows at another stage. */
    Slice at(int newStage) {
        return newStage == stage ? this : new Slice(newStage, keys, hashes, values, absent);
    }

    /** The rows that are not in {@code rows}. */
    Slice without(BitSet rows) {
        if (rows.isEmpty()) {
            return this;
        }
        Builder rest = new Builder();
        for (int row = rows.nextClearBit(0); row < size(); row = rows.nextClearBit(row + 1)) {
            rest.add(key(row), hash(row), value(row));
        }
        return rest.build(stage);
    }

    /** The same keys with other values, of which some may be absent. */
    Slice with(int newStage, Builder others) {
        return new Slice(newStage, keys, hashes, others.values(), others.absent);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Slice slice
                && stage == slice.stage
                && keys.equals(slice.keys)
                && Arrays.equals(hashes, slice.hashes)
                && absent.equals(slice.absent)
                && sameValues(slice);
    }

    private boolean sameValues(Slice other) {
        return values instanceof long[] longs
                ? other.values instanceof long[] others && Arrays.equals(longs, others)
                : values.equals(other.values);
    }

    @Override
    public int hashCode() {
        return 31 * stage + Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "Slice[" + size() + " rows at stage " + stage + "]";
    }

    /** Collects rows, or values for the rows of another slice. */
    static final class Builder {

        private static final int FIRST_ROOM = 16;

        private final BitSet absent = new BitSet();
        private @Nullable Object[] keys = new @Nullable Object[FIRST_ROOM];
        private int[] hashes = new int[FIRST_ROOM];
        private long[] longs = new long[FIRST_ROOM];
        private @Nullable Object @Nullable [] objects;
        private int rows;
        private int count;

        /** Appends a row. */
        void add(@Nullable Object key, int hash, @Nullable Object value) {
            if (rows == keys.length) {
                keys = Arrays.copyOf(keys, 2 * rows);
                hashes = Arrays.copyOf(hashes, 2 * rows);
            }
            keys[rows] = key;
            hashes[rows++] = hash;
            add(value);
        }

        /** Appends a value for the next row. */
        void add(@Nullable Object value) {
            if (objects == null && value instanceof Long number) {
                addLong(number);
            } else {
                addObject(value);
            }
        }

        /** Leaves the next row without a value. */
        void addAbsent() {
            absent.set(count);
            if (objects == null) {
                addLong(0);
            } else {
                addObject(null);
            }
        }

        private void addLong(long value) {
            if (count == longs.length) {
                longs = Arrays.copyOf(longs, 2 * count);
            }
            longs[count++] = value;
        }

        private void addObject(@Nullable Object value) {
            @Nullable Object[] into = objects;
            if (into == null) {
                into = new @Nullable Object[Math.max(FIRST_ROOM, 2 * count)];
                for (int i = 0; i < count; i++) {
                    into[i] = absent.get(i) ? null : (Object) longs[i];
                }
            } else if (count == into.length) {
                into = Arrays.copyOf(into, 2 * count);
            }
            into[count++] = value;
            objects = into;
        }

        /** All rows. */
        Slice build(int stage) {
            return new Slice(stage, list(Arrays.copyOf(keys, rows)), Arrays.copyOf(hashes, rows), values(), absent);
        }

        private Object values() {
            return objects == null ? Arrays.copyOf(longs, count) : list(Arrays.copyOf(objects, count));
        }

        private static List<@Nullable Object> list(@Nullable Object[] elements) {
            return Collections.unmodifiableList(Arrays.asList(elements));
        }
    }
}
