// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * At most one timer per entry, given out in the order of time and then of entry number.
 *
 * <p>It holds elements (time, entry); an entry with a timer has an element whose time is at or before the timer.
 * Moving a timer to later or clearing it leaves them alone: the element is found out when it is the first, and goes back
 * with the true time or is dropped. A timer that is put off with every record thus costs nothing until it would have
 * fired. When fewer than half of the elements stand for a timer, they are made anew. Used by one thread at a time.
 */
final class TimerQueue {

    /** The time of an entry without a timer. */
    static final long NONE = Long.MAX_VALUE;

    private static final int STALE_ALLOWED = 64;

    /** When the timer of an entry fires. */
    private long[] due = {};

    /** The time of the element that counts for an entry; others of that entry are stale. */
    private long[] queued = {};

    private int live;
    private final TimerElements elements = new TimerElements();

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
            elements.push(time, entry);
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
        for (long time = elements.time(); time <= now && time != NONE; time = elements.time()) {
            int entry = elements.entry();
            long truth = due[entry];
            boolean counts = queued[entry] == time;
            if (counts && truth == time) {
                return entry;
            }
            elements.drop();
            if (counts) {
                queued[entry] = truth;
                if (truth != NONE) {
                    elements.push(truth, entry);
                }
            }
        }
        return -1;
    }

    /** How many timers there are. */
    int size() {
        return live;
    }

    /** How many elements there are for them. */
    int elements() {
        return elements.size();
    }

    /** The bytes of the arrays. */
    long bytes() {
        return 16L * due.length + elements.bytes();
    }

    private void boundStale() {
        if (elements.size() - STALE_ALLOWED <= 2L * live) {
            return;
        }
        int[] all = elements.takeAll();
        int kept = 0;
        for (int entry : all) {
            if (queued[entry] != NONE && due[entry] != NONE) {
                all[kept++] = entry;
            }
            queued[entry] = NONE;
        }
        for (int i = 0; i < kept; i++) {
            queued[all[i]] = due[all[i]];
            elements.push(due[all[i]], all[i]);
        }
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
