// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/** A binary heap of (time, entry) in columns, the earliest on top and the lesser entry first among equals. */
final class TimerHeap {

    private long[] times = {};
    private int[] entries = {};
    private int size;

    int size() {
        return size;
    }

    long time(int i) {
        return times[i];
    }

    int entry(int i) {
        return entries[i];
    }

    void push(long time, int entry) {
        if (size == times.length) {
            int room = Math.max(16, Math.addExact(size, size >> 1));
            times = Arrays.copyOf(times, room);
            entries = Arrays.copyOf(entries, room);
        }
        int i = size++;
        while (i > 0) {
            int parent = (i - 1) >> 1;
            if (!isBefore(time, entry, parent)) {
                break;
            }
            put(i, times[parent], entries[parent]);
            i = parent;
        }
        put(i, time, entry);
    }

    void pop() {
        size--;
        if (size > 0) {
            sink(0, times[size], entries[size]);
        }
    }

    /** Puts another element in the place of the top one. */
    void replaceTop(long time, int entry) {
        sink(0, time, entry);
    }

    /** Overwrites an element, whatever the order; {@link #order} must follow. */
    void put(int i, long time, int entry) {
        times[i] = time;
        entries[i] = entry;
    }

    /** Drops the last elements; gives room away if there is far too much. */
    void truncate(int newSize) {
        size = newSize;
        if (times.length > 1024 && times.length / 16 > newSize) {
            times = Arrays.copyOf(times, 2 * newSize);
            entries = Arrays.copyOf(entries, 2 * newSize);
        }
    }

    /** Makes a heap of elements in any order. */
    void order() {
        for (int i = (size >> 1) - 1; i >= 0; i--) {
            sink(i, times[i], entries[i]);
        }
    }

    long bytes() {
        return 12L * times.length;
    }

    private void sink(int from, long time, int entry) {
        int i = from;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isBefore(times[child + 1], entries[child + 1], child)) {
                child++;
            }
            if (isBefore(time, entry, child)) {
                break;
            }
            put(i, times[child], entries[child]);
            i = child;
        }
        put(i, time, entry);
    }

    private boolean isBefore(long time, int entry, int other) {
        return time < times[other] || (time == times[other] && entry < entries[other]);
    }
}
