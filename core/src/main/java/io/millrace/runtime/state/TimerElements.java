// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;

/**
 * Elements (time, entry), given out in the order of time and then of entry; an entry may have several.
 *
 * <p>Timers mostly come many to a time: all groups of a window end with it. Entries that are put in one after the other with one time are a chain, and a chain is one
 * element of a heap; when its time has come its entries are sorted at once and given out as a run. What cannot be in a chain, because its entry is in
 * another or because the run of that time is being given out, lies in a heap of its own. Used by one thread at a time.
 */
final class TimerElements {

    private static final int END = -1;
    private static final int IN_NO_CHAIN = -2;

    /** Times whose chains are known; others begin a new one. A power of two. */
    private static final int KNOWN = 64;

    /** Chains, each by its first entry. */
    private final TimerHeap chains = new TimerHeap();

    private final TimerHeap loose = new TimerHeap();

    /** The entry behind another in its chain. */
    private int[] next = {};

    private final long[] knownTimes = new long[KNOWN];
    private final int[] knownHeads = new int[KNOWN];

    private int[] run = {};
    private int runFrom;
    private int runTo;
    private long runTime;
    private int chained;

    TimerElements() {
        Arrays.fill(knownHeads, END);
    }

    /** How many elements there are. */
    int size() {
        return chained + (runTo - runFrom) + loose.size();
    }

    /** The bytes of the arrays. */
    long bytes() {
        return chains.bytes() + loose.bytes() + 4L * next.length + 4L * run.length + 12L * KNOWN;
    }

    void push(long time, int entry) {
        makeRoom(entry);
        if (next[entry] != IN_NO_CHAIN || (isRunning() && time <= runTime)) {
            loose.push(time, entry);
            return;
        }
        chained++;
        int known = place(time);
        int head = knownHeads[known];
        if (head != END && knownTimes[known] == time) {
            next[entry] = next[head];
            next[head] = entry;
        } else {
            next[entry] = END;
            chains.push(time, entry);
            knownTimes[known] = time;
            knownHeads[known] = entry;
        }
    }

    /** The time of the first element, or {@link TimerQueue#NONE}. */
    long time() {
        long time = TimerQueue.NONE;
        if (isRunning()) {
            time = runTime;
        } else if (chains.size() > 0) {
            time = chains.time(0);
        }
        return loose.size() > 0 ? Math.min(time, loose.time(0)) : time;
    }

    /** The entry of the first element, which must be there. */
    int entry() {
        run();
        return isLooseFirst() ? loose.entry(0) : run[runFrom];
    }

    /** Drops the first element, which must be there. */
    void drop() {
        run();
        if (isLooseFirst()) {
            loose.pop();
        } else {
            runFrom++;
        }
    }

    /** The entries of all elements in any order; there are none afterwards. */
    int[] takeAll() {
        int[] all = new int[size()];
        int count = runTo - runFrom;
        System.arraycopy(run, runFrom, all, 0, count);
        for (int i = 0; i < loose.size(); i++) {
            all[count++] = loose.entry(i);
        }
        for (int i = 0; i < chains.size(); i++) {
            count = unchain(chains.entry(i), all, count);
        }
        chains.truncate(0);
        loose.truncate(0);
        Arrays.fill(knownHeads, END);
        run = new int[0];
        runFrom = 0;
        runTo = 0;
        chained = 0;
        return all;
    }

    private boolean isRunning() {
        return runFrom < runTo;
    }

    private boolean isLooseFirst() {
        if (loose.size() == 0 || !isRunning()) {
            return loose.size() > 0;
        }
        long time = loose.time(0);
        return time < runTime || (time == runTime && loose.entry(0) < run[runFrom]);
    }

    /** Begins the run of the first time, if none is being given out and no loose element is before it. */
    private void run() {
        if (isRunning() || chains.size() == 0 || (loose.size() > 0 && loose.time(0) < chains.time(0))) {
            return;
        }
        runTime = chains.time(0);
        runFrom = 0;
        runTo = 0;
        while (chains.size() > 0 && chains.time(0) == runTime) {
            int head = chains.entry(0);
            int length = 0;
            for (int entry = head; entry != END; entry = next[entry]) {
                length++;
            }
            if (runTo + length > run.length) {
                run = Arrays.copyOf(run, Math.max(runTo + length, run.length + (run.length >> 1)));
            }
            runTo = unchain(head, run, runTo);
            chains.pop();
        }
        chained -= runTo;
        int known = place(runTime);
        if (knownTimes[known] == runTime) {
            knownHeads[known] = END;
        }
        Arrays.sort(run, 0, runTo);
    }

    private int unchain(int head, int[] into, int from) {
        int to = from;
        for (int entry = head; entry != END; ) {
            int following = next[entry];
            next[entry] = IN_NO_CHAIN;
            into[to++] = entry;
            entry = following;
        }
        return to;
    }

    private static int place(long time) {
        return (int) ((time * 0x9E37_79B9_7F4A_7C15L) >>> 58);
    }

    private void makeRoom(int entry) {
        int room = next.length;
        if (entry >= room) {
            next = Arrays.copyOf(next, Math.max(entry + 1, Math.max(16, 2 * room)));
            Arrays.fill(next, room, next.length, IN_NO_CHAIN);
        }
    }
}
