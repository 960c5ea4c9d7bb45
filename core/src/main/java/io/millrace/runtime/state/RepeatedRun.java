// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import io.millrace.operator.PartitionTask;
import io.millrace.operator.RepeatedKeys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Goes through {@link RepeatedRows} some rows at a time. Used by one thread at a time. */
public final class RepeatedRun implements RepeatedKeys<Object> {

    /** So many rows fit into the nearest cache beside what a task needs for them. */
    private static final int MOST = 512;

    private final RepeatedRows rows;
    private int @Nullable [] places;
    private final int[] numbers;
    private int from;
    private int size;

    /** A run that has read nothing yet. */
    public RepeatedRun(RepeatedRows rows) {
        this.rows = rows;
        this.numbers = new int[Math.min(MOST, rows.size())];
    }

    /**
     * Reads the next rows.
     *
     * @param newFrom the first row
     * @param to one more than the last row that may be read, more than the first
     * @return one more than the last row that was read
     */
    public int read(int newFrom, int to) {
        from = newFrom;
        size = Math.min(numbers.length, to - newFrom);
        rows.copyNumbers(from, numbers, size);
        return from + size;
    }

    /** Keeps only the first numbers, which may have been changed; only if all rows have the same value. */
    public void keep(int newSize) {
        size = newSize;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int[] numbers() {
        return numbers;
    }

    @Override
    @SuppressWarnings("NullAway") // keys may be null if the user's are
    public Object key(int number) {
        return rows.key(number);
    }

    @Override
    public int hash(int number) {
        return rows.hash(number);
    }

    @Override
    @SuppressWarnings("NullAway") // values may be null if the user's are
    public Object value(int record) {
        return rows.value(from + record);
    }

    @Override
    public int[] places() {
        if (places == null) {
            places = new int[rows.distinct()];
            Arrays.fill(places, PartitionTask.UNKNOWN);
        }
        return places;
    }
}
