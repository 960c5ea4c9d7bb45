// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution.join;

import io.millrace.table.execution.GroupKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of one batch by their keys, and what waits under each key. Groups have numbers from 0; the rows of a side in a group stay in their order. For one thread. */
final class KeyGroups {

    /** Stands for a row that is not there. */
    static final int NONE = -1;

    private final List<GroupKey> keys = new ArrayList<>();
    private final List<WaitingRows> waiting = new ArrayList<>();
    private int[] entries = new int[16];
    private int[] hashes = new int[16];
    private boolean[] nullKeys = new boolean[16];
    private final Side[] sides;

    /** The rows of a side. */
    private static final class Side {
        private int[] first = new int[16];
        private int[] last = new int[16];
        private int[] counts = new int[16];
        private final int[] next;

        Side(int rows) {
            next = new int[rows];
        }

        void room(int group) {
            if (group == first.length) {
                first = Arrays.copyOf(first, 2 * group);
                last = Arrays.copyOf(last, 2 * group);
                counts = Arrays.copyOf(counts, 2 * group);
            }
            first[group] = NONE;
        }

        void add(int group, int row) {
            next[row] = NONE;
            if (first[group] == NONE) {
                first[group] = row;
            } else {
                next[last[group]] = row;
            }
            last[group] = row;
            counts[group]++;
        }
    }

    /** No groups yet, of so many rows on the left and on the right. */
    KeyGroups(int leftRows, int rightRows) {
        sides = new Side[] {new Side(leftRows), new Side(rightRows)};
    }

    /**
     * A further key.
     *
     * @param entry that of the state; negative if there is none
     * @param rows what waits under it
     * @param nullKey whether there is a null in it, so that it meets nothing
     */
    void add(GroupKey key, int entry, WaitingRows rows, boolean nullKey) {
        int group = keys.size();
        if (group == entries.length) {
            entries = Arrays.copyOf(entries, 2 * group);
            hashes = Arrays.copyOf(hashes, 2 * group);
            nullKeys = Arrays.copyOf(nullKeys, 2 * group);
        }
        keys.add(key);
        waiting.add(rows);
        entries[group] = entry;
        hashes[group] = key.stableHash();
        nullKeys[group] = nullKey;
        sides[0].room(group);
        sides[1].room(group);
    }

    /** A row came. */
    void addRow(int group, int side, int row) {
        sides[side].add(group, row);
    }

    int size() {
        return keys.size();
    }

    GroupKey key(int group) {
        return keys.get(group);
    }

    /** The stable hashes of the keys, and what stands behind them. */
    int[] hashes() {
        return hashes;
    }

    int entry(int group) {
        return entries[group];
    }

    WaitingRows waiting(int group) {
        return waiting.get(group);
    }

    boolean hasNull(int group) {
        return nullKeys[group];
    }

    /** The first row that came on a side, or {@link #NONE}. */
    int first(int group, int side) {
        return sides[side].first[group];
    }

    /** The row of the same side and group that came after another, or {@link #NONE}. */
    int next(int side, int row) {
        return sides[side].next[row];
    }

    /** How many rows came on a side. */
    int count(int group, int side) {
        return sides[side].counts[group];
    }
}
