// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows of which many have the same key: each key once, and its number in every row, so that a key is looked up once and not once per
 * row. As long as all rows have the same value, that is kept once too, since many programs pair every record with a one.
 */
public final class RepeatedRows {

    private static final int FIRST_ROOM = 16;

    /** Numbers are kept in chunks, so that many rows need neither be copied as they become more nor take arrays too large for a region. */
    private static final int CHUNK_BITS = 13;

    private static final int CHUNK = 1 << CHUNK_BITS;

    private @Nullable Object[] keys;
    private int[] hashes;
    private int[][] chunks;
    private int[] chunk;
    private final Column values;
    private int distinct;
    private int rows;

    /** The value of all rows, unless they differ. */
    private @Nullable Object only;

    private boolean differ;

    /** No keys, and room for so many rows. */
    RepeatedRows(int room) {
        this(new Object[FIRST_ROOM], new int[FIRST_ROOM], new Column());
        chunk = new int[Math.min(CHUNK, Math.max(FIRST_ROOM, room))];
        chunks = new int[][] {chunk};
    }

    private RepeatedRows(@Nullable Object[] keys, int[] hashes, Column values) {
        this.keys = keys;
        this.hashes = hashes;
        this.values = values;
        this.chunk = new int[0];
        this.chunks = new int[][] {chunk};
    }

    /**
     * Rows of their parts.
     *
     * @param keys every key once
     * @param hashes the stable hash of every key
     * @param numbers the number of its key for every row
     * @param values a value for every row, or a single one for all of them
     */
    static RepeatedRows of(@Nullable Object[] keys, int[] hashes, int[] numbers, Column values) {
        if (keys.length != hashes.length) {
            throw new IllegalArgumentException(
                    "there must be " + keys.length + " hashes, but there are " + hashes.length);
        }
        boolean differ = values.size() != 1;
        if (differ && values.size() != numbers.length) {
            throw new IllegalArgumentException(
                    "there must be 1 or " + numbers.length + " values, but there are " + values.size());
        }
        RepeatedRows repeated = new RepeatedRows(keys, hashes, values);
        for (int number : numbers) {
            if (number < 0 || number >= keys.length) {
                throw new IllegalArgumentException(
                        "the number of a key must be in 0.." + (keys.length - 1) + ", but is " + number);
            }
            repeated.addNumber(number);
        }
        repeated.distinct = keys.length;
        repeated.differ = differ;
        repeated.only = differ ? null : values.get(0);
        return repeated;
    }

    /** How many rows there are. */
    public int size() {
        return rows;
    }

    /** How many keys there are. */
    public int distinct() {
        return distinct;
    }

    /** A key by its number. */
    public @Nullable Object key(int number) {
        return keys[number];
    }

    /** The stable hash of a key by its number. */
    public int hash(int number) {
        return hashes[number];
    }

    /** The number of a row's key. */
    public int number(int row) {
        return chunks[row >> CHUNK_BITS][row & (CHUNK - 1)];
    }

    /** The value of a row. */
    public @Nullable Object value(int row) {
        return differ ? values.get(row) : only;
    }

    /** The array of the keys, of which the first {@link #distinct} count; not a copy. */
    public @Nullable Object[] keys() {
        return keys;
    }

    /** The stable hashes of the keys, a copy. */
    public int[] hashes() {
        return Arrays.copyOf(hashes, distinct);
    }

    /** The numbers of the rows' keys, a copy. */
    public int[] numbers() {
        int[] all = new int[rows];
        for (int from = 0; from < rows; from += CHUNK) {
            copyNumbers(from, all, from, Math.min(CHUNK, rows - from));
        }
        return all;
    }

    /** True if all these rows and all others have the same value, not only an equal one, longs aside. */
    public boolean sameValues(RepeatedRows others) {
        return !differ && !others.differ && Column.same(only, others.only);
    }

    /**
     * Counts rows by the number of their key.
     *
     * @param from the first row
     * @param to one more than the last row
     * @param counts to which the rows are added
     * @return the numbers that had a count of 0 before, in the order in which they came
     */
    public int[] count(int from, int to, int[] counts) {
        IntStack fresh = new IntStack();
        int next = from;
        while (next < to) {
            int[] some = chunks[next >> CHUNK_BITS];
            int first = next & (CHUNK - 1);
            int end = Math.min(CHUNK, first + to - next);
            for (int i = first; i < end; i++) {
                if (counts[some[i]]++ == 0) {
                    fresh.push(some[i]);
                }
            }
            next += end - first;
        }
        return fresh.toArray();
    }

    /** Copies the numbers of the keys of some rows to the beginning of an array. */
    void copyNumbers(int from, int[] to, int count) {
        int done = 0;
        while (done < count) {
            int row = from + done;
            int some = Math.min(count - done, CHUNK - (row & (CHUNK - 1)));
            copyNumbers(row, to, done, some);
            done += some;
        }
    }

    /** Copies numbers that are in one chunk. */
    private void copyNumbers(int from, int[] to, int at, int count) {
        System.arraycopy(chunks[from >> CHUNK_BITS], from & (CHUNK - 1), to, at, count);
    }

    /** A value for every row, or a single one for all of them. */
    public Column values() {
        return values;
    }

    int addKey(@Nullable Object key, int hash) {
        if (distinct == keys.length) {
            keys = Arrays.copyOf(keys, 2 * distinct);
            hashes = Arrays.copyOf(hashes, 2 * distinct);
        }
        keys[distinct] = key;
        hashes[distinct] = hash;
        return distinct++;
    }

    void add(int number, @Nullable Object value) {
        int row = rows;
        addNumber(number);
        if (row == 0 || differ || !Column.same(value, only)) {
            addValue(row, value);
        }
    }

    private void addNumber(int number) {
        int place = rows & (CHUNK - 1);
        if (place == chunk.length || (place == 0 && rows > 0)) {
            makeRoom();
        }
        chunk[place] = number;
        rows++;
    }

    private void makeRoom() {
        int last = rows >> CHUNK_BITS;
        if (chunk.length < CHUNK) {
            chunk = Arrays.copyOf(chunk, Math.min(CHUNK, Math.max(FIRST_ROOM, 2 * chunk.length)));
        } else {
            Math.addExact(rows, 1);
            chunk = new int[CHUNK];
            if (last == chunks.length) {
                chunks = Arrays.copyOf(chunks, 2 * last);
            }
        }
        chunks[last] = chunk;
    }

    /** The first value, or one that differs from those before or comes after such a one. */
    private void addValue(int row, @Nullable Object value) {
        if (row == 0) {
            only = value;
        } else if (!differ) {
            differ = true;
            while (values.size() < row) {
                values.add(only);
            }
            only = null;
        }
        values.add(value);
    }
}
