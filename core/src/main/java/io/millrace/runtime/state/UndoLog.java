// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * What the entries that a batch touched were before it, in the order in which they were first touched.
 *
 * <p>Keeps its room from batch to batch unless recent ones used far less of it.
 */
final class UndoLog {

    private final RecentUse use = new RecentUse();
    private IntStack entries = new IntStack();
    private Column values = new Column();
    private long[] timers = {};

    /** Takes down an entry that was there before the batch, with its value and timer. */
    void addOld(int entry, Column from, long timer) {
        add(entry, from, entry, timer);
    }

    /** Takes down an entry that the batch inserts; its value is of no meaning. */
    void addInserted(int entry, Column from) {
        add(~entry, from, entry, TimerQueue.NONE);
    }

    int size() {
        return entries.size();
    }

    int entry(int i) {
        int entry = entries.get(i);
        return entry < 0 ? ~entry : entry;
    }

    /** True if the entry was not there before the batch. */
    boolean isInserted(int i) {
        return entries.get(i) < 0;
    }

    Column values() {
        return values;
    }

    long timer(int i) {
        return i < timers.length ? timers[i] : TimerQueue.NONE;
    }

    void clear() {
        if (use.leavesTooMuch(entries.size(), entries.room())) {
            entries = new IntStack();
            values = new Column();
            timers = new long[0];
        } else {
            Arrays.fill(timers, 0, Math.min(entries.size(), timers.length), TimerQueue.NONE);
            entries.clear();
            values.clear();
        }
    }

    /** The bytes of the arrays. */
    long bytes() {
        return 4L * entries.room() + values.bytes() + 8L * timers.length;
    }

    private void add(int logged, Column from, int entry, long timer) {
        if (timer != TimerQueue.NONE) {
            addTimer(timer);
        }
        values.addFrom(from, entry);
        entries.push(logged);
    }

    private void addTimer(long timer) {
        int i = entries.size();
        int room = timers.length;
        if (i >= room) {
            timers = Arrays.copyOf(timers, Math.max(16, Math.addExact(i, i >> 1) + 1));
            Arrays.fill(timers, room, timers.length, TimerQueue.NONE);
        }
        timers[i] = timer;
    }
}
