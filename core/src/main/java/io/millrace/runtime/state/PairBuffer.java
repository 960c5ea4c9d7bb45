// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one task hands to one partition, in columns: keys and their hashes unless the exchange is not by key,
 * and values.
 *
 * <p>Marks tell from which block rows come, by the block's ordinal in the batch, so that the rows of several tasks can be
 * gone through in the order of their blocks. Rows before the first mark belong to ordinal 0. Written by one thread,
 * and read by others only after it was handed over.
 */
public final class PairBuffer {

    private static final int FIRST_ROOM = 16;
    private static final @Nullable Object[] NO_KEYS = {};
    private static final int[] NO_HASHES = {};

    private final boolean keyed;
    private @Nullable Object[] keys;
    private int[] hashes;
    private final Column values;
    private int[] ordinals = new int[1];
    private int[] starts = new int[1];
    private int marks = 1;
    private @Nullable RepeatedRows repeated;

    /**
     * Rows that follow each other in a buffer and come from one block.
     *
     * @param buffer the buffer
     * @param ordinal the block's ordinal in the batch
     * @param from the first row
     * @param to one more than the last row
     */
    public record Segment(PairBuffer buffer, int ordinal, int from, int to) {}

    private PairBuffer(boolean keyed, @Nullable Object[] keys, int[] hashes, Column values) {
        this.keyed = keyed;
        this.keys = keys;
        this.hashes = hashes;
        this.values = values;
    }

    /** An empty buffer of rows with keys. */
    public static PairBuffer keyed() {
        return new PairBuffer(true, NO_KEYS, NO_HASHES, new Column());
    }

    /** An empty buffer of rows without keys. */
    public static PairBuffer keyless() {
        return new PairBuffer(false, NO_KEYS, NO_HASHES, new Column());
    }

    /** An empty buffer of rows of which many have the same key, with room for so many. */
    public static PairBuffer repeatingKeys(int room) {
        PairBuffer buffer = keyed();
        buffer.repeated = new RepeatedRows(room);
        return buffer;
    }

    /** An empty buffer with room for exactly so many rows with keys. */
    static PairBuffer keyed(int rows, boolean longs) {
        Column values = longs ? Column.of(new long[rows], 0) : Column.of(new Object[rows], 0);
        return new PairBuffer(true, new Object[rows], new int[rows], values);
    }

    /**
     * A buffer of its parts, which it takes over.
     *
     * @param keys a key for every value, or null if the rows have none
     * @param hashes the stable hash of every key, or null if the rows have no keys
     * @param values the values
     * @param ordinals the ordinals of the blocks from which segments of rows come
     * @param starts the first row of every segment, ascending, the first 0
     */
    public static PairBuffer of(
            @Nullable Object @Nullable [] keys, int @Nullable [] hashes, Column values, int[] ordinals, int[] starts) {
        int rows = values.size();
        if ((keys == null) != (hashes == null)) {
            throw new IllegalArgumentException("keys and hashes must both be there or both be absent");
        }
        PairBuffer buffer = keys == null || hashes == null
                ? new PairBuffer(false, NO_KEYS, NO_HASHES, values)
                : new PairBuffer(true, keys, hashes, values);
        if (buffer.keyed && (buffer.keys.length < rows || buffer.hashes.length < rows)) {
            throw new IllegalArgumentException("there must be keys and hashes for " + rows + " values, but there are "
                    + buffer.keys.length + " and " + buffer.hashes.length);
        }
        return buffer.withSegments(ordinals, starts);
    }

    /**
     * A buffer of rows of which many have the same key, of its parts, of which it takes over all but the numbers.
     *
     * @param keys every key once
     * @param hashes the stable hash of every key
     * @param numbers the number of its key for every row
     * @param values a value for every row, or a single one for all of them
     * @param ordinals the ordinals of the blocks from which segments of rows come
     * @param starts the first row of every segment, ascending, the first 0
     */
    public static PairBuffer ofRepeatedKeys(
            @Nullable Object[] keys, int[] hashes, int[] numbers, Column values, int[] ordinals, int[] starts) {
        PairBuffer buffer = keyed();
        buffer.repeated = RepeatedRows.of(keys, hashes, numbers, values);
        return buffer.withSegments(ordinals, starts);
    }

    private PairBuffer withSegments(int[] newOrdinals, int[] newStarts) {
        int rows = size();
        if (newOrdinals.length != newStarts.length) {
            throw new IllegalArgumentException("there must be a start for each of " + newOrdinals.length
                    + " ordinals, but there are " + newStarts.length);
        }
        for (int i = 0; i < newStarts.length; i++) {
            if (i == 0 ? newStarts[0] != 0 : newStarts[i] <= newStarts[i - 1] || newStarts[i] >= rows) {
                throw new IllegalArgumentException("segments must start at 0 and ascend within " + rows
                        + " rows, but segment " + i + " starts at " + newStarts[i]);
            }
        }
        if (newStarts.length > 0) {
            ordinals = newOrdinals;
            starts = newStarts;
            marks = newStarts.length;
        }
        return this;
    }

    /** All segments of some buffers, in the order of their blocks; those of one block in the order of the list. */
    public static List<Segment> inOrder(List<PairBuffer> buffers) {
        List<Segment> segments = new ArrayList<>();
        for (PairBuffer buffer : buffers) {
            int count = buffer.segments();
            for (int i = 0; i < count; i++) {
                int to = i + 1 < count ? buffer.starts[i + 1] : buffer.size();
                segments.add(new Segment(buffer, buffer.ordinals[i], buffer.starts[i], to));
            }
        }
        segments.sort(Comparator.comparingInt(Segment::ordinal));
        return segments;
    }

    /** Rows from here on come from the block with this ordinal; a segment that got no row is dropped. */
    public void mark(int ordinal) {
        if (marks > 0 && starts[marks - 1] == size()) {
            marks--;
        }
        if (marks > 0 && ordinals[marks - 1] == ordinal) {
            return;
        }
        if (marks == starts.length) {
            ordinals = Arrays.copyOf(ordinals, 2 * marks);
            starts = Arrays.copyOf(starts, 2 * marks);
        }
        ordinals[marks] = ordinal;
        starts[marks++] = size();
    }

    /** Appends a row to a buffer of rows with keys. */
    public void add(@Nullable Object key, int hash, @Nullable Object value) {
        addRowKey(key, hash);
        values.add(value);
    }

    /** Adds a key to a buffer of rows that repeat keys and answers its number, the next one from 0 on. */
    public int addKey(@Nullable Object key, int hash) {
        return repeating().addKey(key, hash);
    }

    /** Appends a row to a buffer of rows that repeat keys, with the number of its key. */
    public void addRow(int number, @Nullable Object value) {
        repeating().add(number, value);
    }

    /** The rows, if they repeat keys. */
    public @Nullable RepeatedRows repeated() {
        return repeated;
    }

    private RepeatedRows repeating() {
        RepeatedRows rows = repeated;
        if (rows == null) {
            throw new IllegalStateException("the rows of this buffer do not repeat keys");
        }
        return rows;
    }

    /** Appends a row to a buffer of rows without keys. */
    public void add(@Nullable Object value) {
        if (keyed) {
            throw new IllegalStateException("a row of this buffer needs a key");
        }
        values.add(value);
    }

    /** How many rows there are. */
    public int size() {
        return repeated == null ? values.size() : repeated.size();
    }

    /** True if the rows have keys. */
    public boolean isKeyed() {
        return keyed;
    }

    /** The key of a row; null if rows have none. */
    public @Nullable Object key(int row) {
        if (repeated != null) {
            return repeated.key(repeated.number(row));
        }
        return keyed ? keys[row] : null;
    }

    /** The stable hash of the key of a row; 0 if rows have no keys. */
    public int hash(int row) {
        if (repeated != null) {
            return repeated.hash(repeated.number(row));
        }
        return keyed ? hashes[row] : 0;
    }

    /** The value of a row. */
    public @Nullable Object value(int row) {
        return repeated == null ? values.get(row) : repeated.value(row);
    }

    /** The values; not if the rows repeat keys. */
    public Column values() {
        return values;
    }

    /** The array of the keys, of which the first {@link #size} count; not a copy; null if rows have no keys; not if they repeat keys. */
    public @Nullable Object @Nullable [] keys() {
        return keyed ? keys : null;
    }

    /** The array of the hashes, of which the first {@link #size} count; not a copy; null if rows have no keys; not if they repeat keys. */
    public int @Nullable [] hashes() {
        return keyed ? hashes : null;
    }

    /** How many segments there are, none of them empty. */
    public int segments() {
        return starts[marks - 1] == size() ? marks - 1 : marks;
    }

    /** The ordinal of the block a segment comes from. */
    public int ordinal(int segment) {
        return ordinals[segment];
    }

    /** The first row of a segment. */
    public int start(int segment) {
        return starts[segment];
    }

    /** Appends a row whose value is one of a column. */
    void addFrom(@Nullable Object key, int hash, Column from, int i) {
        addRowKey(key, hash);
        values.addFrom(from, i);
    }

    private void addRowKey(@Nullable Object key, int hash) {
        if (repeated != null) {
            throw new IllegalStateException("a row of this buffer needs the number of a key");
        }
        int row = values.size();
        if (row == keys.length) {
            if (!keyed) {
                throw new IllegalStateException("the rows of this buffer have no keys");
            }
            int room = Math.max(FIRST_ROOM, Math.addExact(row, row >> 1));
            keys = Arrays.copyOf(keys, room);
            hashes = Arrays.copyOf(hashes, room);
        }
        keys[row] = key;
        hashes[row] = hash;
    }
}
