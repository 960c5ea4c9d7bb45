// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import io.millrace.operator.PartitionContext;

/**
 * Which times belong together, as one batch sees it: slices, between whose ends no window begins or ends, and stretches of at least
 * half a window, of whole slices. All times are milliseconds since the epoch; every interval is open at its begin and closed at its
 * end.
 *
 * @param emission a time at which there is a window: that of the batch, or the next
 * @param batch how long a batch of the parents is
 * @param window how long a window is
 * @param slide how far windows are apart
 * @param slice how long a slice is
 */
record SliceTimes(long emission, long batch, long window, long slide, long slice) {

    /** The times of windows whose slices may hold several batches: as long as possible. */
    static SliceTimes longest(PartitionContext context, int length, int slide) {
        return of(context, length, slide, greatestDivisor(length, slide));
    }

    /** The times of windows with slices of so many batches. */
    static SliceTimes of(PartitionContext context, int length, int slide, int batches) {
        long batch = context.parentSlideMillis();
        return new SliceTimes(context.nextEmission().millis(), batch, length * batch, slide * batch, batches * batch);
    }

    /** True if the next window reaches back to a batch; if not, none does. */
    boolean isSeen(long time) {
        return time > emission - window;
    }

    /** The end of the slice that a batch belongs to. */
    long endOfSlice(long time) {
        return emission - Math.floorDiv(emission - time, slice) * slice;
    }

    /** The first time from this one on at which there is a window. */
    long emissionFrom(long time) {
        return emission - Math.floorDiv(emission - time, slide) * slide;
    }

    /** The first time at which windows do not reach back to a slice. */
    long leave(long endOfSlice) {
        return endOfSlice + window;
    }

    /** The number of the stretch a time is in. A window touches three of them at most. */
    long stretch(long time) {
        return -Math.floorDiv(phase() - time, stretchLength());
    }

    /**
     * When the slice is gone through in the stretch after its own: as long after the end of its stretch as the slice begins before it.
     * So the newest slices come first, one per slice, and each before it leaves.
     */
    long goThrough(long endOfSlice) {
        long endOfStretch = phase() + stretch(endOfSlice) * stretchLength();
        return 2 * endOfStretch - (endOfSlice - slice);
    }

    private long phase() {
        return Math.floorMod(emission, slice);
    }

    private long stretchLength() {
        return (window + 2 * slice - 1) / (2 * slice) * slice;
    }

    private static int greatestDivisor(int left, int right) {
        return right == 0 ? left : greatestDivisor(right, left % right);
    }
}
