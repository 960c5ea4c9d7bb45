// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Decides which snapshots a job keeps: the newest ones, at least two, so that a damaged one is no loss. Each can be
 * restored, because the log is kept from the oldest of them on; until there are enough, from the beginning. Not
 * thread-safe.
 */
public final class RetainedSnapshots {

    private final int count;
    private final Deque<SnapshotRef> newestLast = new ArrayDeque<>();

    /** Keeps {@code count}, at least 2. */
    public RetainedSnapshots(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("at least 2 snapshots are kept, so that one may be damaged: " + count);
        }
        this.count = count;
    }

    /** Notes a snapshot that a committed record tells of. */
    public void add(SnapshotRef snapshot) {
        SnapshotRef newest = newestLast.peekLast();
        if (newest != null && snapshot.through() < newest.through()) {
            throw new IllegalArgumentException("a snapshot through record " + snapshot.through()
                    + " cannot follow one through " + newest.through());
        }
        newestLast.addLast(snapshot);
        if (newestLast.size() > count) {
            newestLast.removeFirst();
        }
    }

    /** Notes that a snapshot is damaged: it counts no more, and another has to come before anything is forgotten. */
    public void damaged(SnapshotRef snapshot) {
        newestLast.remove(snapshot);
    }

    /** What is kept, the newest first: the order in which to try them. */
    public List<SnapshotRef> newestFirst() {
        List<SnapshotRef> all = new java.util.ArrayList<>(newestLast);
        java.util.Collections.reverse(all);
        return all;
    }

    /** The first record of the log that is needed, for {@link LogWriter#truncateBefore}; 1 if all of them are. */
    public long firstNeeded() {
        SnapshotRef oldest = newestLast.peekFirst();
        return oldest == null || newestLast.size() < count ? 1 : oldest.through() + 1;
    }
}
