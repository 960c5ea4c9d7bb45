// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * At most one timer per entry, given out in the order of time and then of entry number.
 *
 * <p>A heap holds elements (time, entry); an entry with a timer has an element whose time is at or before the timer.
 * Moving a timer to later or clearing it leaves the heap alone: the element is found out when it surfaces, and goes back
 * with the true time or is dropped. A timer that is put off with every record thus costs nothing until it would have
 * fired. When fewer than half of the elements stand for a timer, the heap is built anew. Used by one thread at a time.
 */
final class TimerQueue {

    /** The time of an entry without a timer. */
    static final long NONE = Long.MAX_VALUE;

    private static final int STALE_ALLOWED = 64;

    /** When the timer of an entry fires. */
    private long[] due = {};

    /** The time of the element in the heap that counts for an entry; others of that entry are stale. */
    private long[] queued = {};

    private int live;
    private final TimerHeap heap = new TimerHeap();

    /** When an entry's timer fires, or {@link #NONE}. */
    long get(int entry) {
        return entry < due.length ? due[entry] : NONE;
    }

    /** Sets, moves or, with {@link #NONE}, clears the timer of an entry. */
    void set(int entry, long time) {
        if (time == NONE) {
            clear(entry);
            return;
        }
        makeRoom(entry);
        if (due[entry] == NONE) {
            live++;
        }
        due[entry] = time;
        if (time < queued[entry]) {
            queued[entry] = time;
            heap.push(time, entry);
            boundStale();
        }
    }

    /** Takes the timer of an entry away, if it has one. */
    void clear(int entry) {
        if (entry < due.length && due[entry] != NONE) {
            due[entry] = NONE;
            live--;
            boundStale();
        }
    }

    /** The entry whose timer is the earliest and at or before {@code now}, or -1; the caller must clear that timer. */
    int due(long now) {
        while (heap.size() > 0 && heap.time(0) <= now) {
            long time = heap.time(0);
            int entry = heap.entry(0);
            long truth = due[entry];
            if (queued[entry] != time || truth == NONE) {
                heap.pop();
                if (queued[entry] == time) {
                    queued[entry] = NONE;
                }
            } else if (truth == time) {
                return entry;
            } else {
                queued[entry] = truth;
                heap.replaceTop(truth, entry);
            }
        }
        return -1;
    }

    /** How many timers there are. */
    int size() {
        return live;
    }

    /** How many elements the heap holds for them. */
    int elements() {
        return heap.size();
    }

    /** The bytes of the arrays. */
    long bytes() {
        return 16L * due.length + heap.bytes();
    }

    private void boundStale() {
        if (heap.size() - STALE_ALLOWED <= 2L * live) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < heap.size(); i++) {
            int entry = heap.entry(i);
            if (queued[entry] != NONE && due[entry] != NONE) {
                heap.put(kept++, due[entry], entry);
            }
            queued[entry] = NONE;
        }
        heap.truncate(kept);
        for (int i = 0; i < kept; i++) {
            queued[heap.entry(i)] = heap.time(i);
        }
        heap.order();
    }

    private void makeRoom(int entry) {
        int room = due.length;
        if (entry >= room) {
            int newRoom = Math.max(entry + 1, Math.max(16, 2 * room));
            due = Arrays.copyOf(due, newRoom);
            queued = Arrays.copyOf(queued, newRoom);
            Arrays.fill(due, room, newRoom, NONE);
            Arrays.fill(queued, room, newRoom, NONE);
        }
    }
}
