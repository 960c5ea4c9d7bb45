// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * A heap of (time, entry) in columns, the earliest on top and the lesser entry first among equals. Each element has four below it, which lie side by side: a heap of
 * many timers is half as deep as with two, and what is compared comes in one piece from memory.
 */
final class TimerHeap {

    private static final int BELOW_BITS = 2;
    private static final int BELOW = 1 << BELOW_BITS;

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
            int parent = (i - 1) >> BELOW_BITS;
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

    /** Drops the last elements; gives room away if there is far too much. */
    void truncate(int newSize) {
        size = newSize;
        if (times.length > 1024 && times.length / 16 > newSize) {
            times = Arrays.copyOf(times, 2 * newSize);
            entries = Arrays.copyOf(entries, 2 * newSize);
        }
    }

    long bytes() {
        return 12L * times.length;
    }

    private void sink(int from, long time, int entry) {
        int i = from;
        int first = BELOW * i + 1;
        while (first < size) {
            int child = first;
            int end = Math.min(first + BELOW, size);
            for (int other = first + 1; other < end; other++) {
                if (isBefore(times[other], entries[other], child)) {
                    child = other;
                }
            }
            if (isBefore(time, entry, child)) {
                break;
            }
            put(i, times[child], entries[child]);
            i = child;
            first = BELOW * i + 1;
        }
        put(i, time, entry);
    }

    private void put(int i, long time, int entry) {
        times[i] = time;
        entries[i] = entry;
    }

    private boolean isBefore(long time, int entry, int other) {
        return time < times[other] || (time == times[other] && entry < entries[other]);
    }
}
