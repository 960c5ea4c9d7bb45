// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import org.jspecify.annotations.Nullable;

/**
 * What {@link SlicedFoldTask} keeps of a key: a fold for each of the three stretches of time that a window touches. Public only
 * because the state travels; of no use to a program.
 *
 * @param stretch the number of the newest stretch at the time this was written; with later stretches the folds move on by themselves
 * @param parts which folds there are, as bits
 * @param oldest the fold of the oldest stretch, without the slices that have left
 * @param middle the fold of the one after it, without the slices that have left
 * @param newest the fold of the newest stretch so far
 * @param behind the fold of the last slices of the middle stretch, as far as they have been gone through
 */
public record WindowFolds(
        long stretch,
        int parts,
        @Nullable Object oldest,
        @Nullable Object middle,
        @Nullable Object newest,
        @Nullable Object behind) {

    static final int OLDEST = 1;
    static final int MIDDLE = 2;
    static final int NEWEST = 4;
    static final int BEHIND = 8;
    private static final int OF_THE_WINDOW = OLDEST | MIDDLE | NEWEST;

    /** Nothing. */
    static WindowFolds none(long stretch) {
        return new WindowFolds(stretch, 0, null, null, null, null);
    }

    /** The same, seen from a stretch that is not before this one. */
    WindowFolds at(long later) {
        if (later == stretch) {
            return this;
        }
        if (later > stretch + 2) {
            return none(later);
        }
        // One stretch further the bits are one place further down, and so are the folds.
        int moved = (parts & OF_THE_WINDOW) >> (int) (later - stretch);
        boolean byOne = later == stretch + 1;
        return new WindowFolds(
                later,
                moved,
                /* oldest= */ byOne ? middle : newest,
                /* middle= */ byOne ? newest : null,
                /* newest= */ null,
                /* behind= */ null);
    }

    boolean has(int part) {
        return (parts & part) != 0;
    }

    /** True if no slice of the window has the key. */
    boolean isEmpty() {
        return (parts & OF_THE_WINDOW) == 0;
    }

    WindowFolds withNewest(@Nullable Object fold) {
        return new WindowFolds(stretch, parts | NEWEST, oldest, middle, fold, behind);
    }

    WindowFolds withBehind(@Nullable Object fold) {
        return new WindowFolds(stretch, parts | BEHIND, oldest, middle, newest, fold);
    }

    /** With another fold of the oldest stretch, or with none. */
    WindowFolds withOldest(boolean present, @Nullable Object fold) {
        return new WindowFolds(
                stretch, present ? parts | OLDEST : parts & ~OLDEST, present ? fold : null, middle, newest, behind);
    }

    /** With another fold of the middle stretch, or with none. */
    WindowFolds withMiddle(boolean present, @Nullable Object fold) {
        return new WindowFolds(
                stretch, present ? parts | MIDDLE : parts & ~MIDDLE, oldest, present ? fold : null, newest, behind);
    }
}
