// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

/**
 * How much too early a thread asks to be woken, so that it is awake when something is due: a sleeping thread wakes 60 to 200 µs late, which
 * is half of what an empty batch takes.
 *
 * <p>It follows how late the thread has woken: each time it was late, it asks for a little more, and each time it was early, for a little
 * less, such that it is early three times of four. Early it spins, for some ten µs; never for more than {@link #MOST_NANOS}. Not thread-safe.
 */
final class EarlyWake {

    /** The longest that is asked for, so that an overloaded machine is not loaded more. */
    static final long MOST_NANOS = 250_000;

    private static final long STEP_NANOS = 2_000;
    private static final int EARLY_PER_LATE = 3;

    private long nanos;

    /** How much earlier to wake than at the time that something is due. */
    long nanos() {
        return nanos;
    }

    /**
     * The thread has woken.
     *
     * @param lateNanos how long after the due time; negative if before
     */
    void woke(long lateNanos) {
        long next = lateNanos > 0 ? nanos + EARLY_PER_LATE * STEP_NANOS : nanos - STEP_NANOS;
        nanos = Math.max(0, Math.min(MOST_NANOS, next));
    }
}
