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

    private @Nullable Object[] keys;
    private int[] hashes;
    private final RowNumbers numbers;
    private final Column values;
    private int distinct;

    /** The value of all rows, unless they differ. */
    private @Nullable Object only;

    private boolean differ;

    /** No keys, and room for so many rows. */
    RepeatedRows(int room) {
        this(new Object[FIRST_ROOM], new int[FIRST_ROOM], new RowNumbers(room), new Column());
    }

    private RepeatedRows(@Nullable Object[] keys, int[] hashes, RowNumbers numbers, Column values) {
        this.keys = keys;
        this.hashes = hashes;
        this.numbers = numbers;
        this.values = values;
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
        RepeatedRows repeated = new RepeatedRows(keys, hashes, new RowNumbers(numbers.length), values);
        for (int number : numbers) {
            if (number < 0 || number >= keys.length) {
                throw new IllegalArgumentException(
                        "the number of a key must be in 0.." + (keys.length - 1) + ", but is " + number);
            }
            repeated.numbers.add(number);
        }
        repeated.distinct = keys.length;
        repeated.differ = differ;
        repeated.only = differ ? null : values.get(0);
        return repeated;
    }

    /** How many rows there are. */
    public int size() {
        return numbers.size();
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
        return numbers.get(row);
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
        int[] all = new int[numbers.size()];
        numbers.copy(0, all, all.length);
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
        numbers.count(from, to, counts, fresh);
        return fresh.toArray();
    }

    /** Copies the numbers of the keys of some rows to the beginning of an array. */
    void copyNumbers(int from, int[] to, int count) {
        numbers.copy(from, to, count);
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
        int row = numbers.size();
        numbers.add(number);
        if (row == 0 || differ || !Column.same(value, only)) {
            addValue(row, value);
        }
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
