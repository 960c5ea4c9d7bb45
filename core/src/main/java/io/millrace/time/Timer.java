// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.time;

import java.time.Instant;

/** Runs things later. The only way in which the engine waits, so that a test decides what time it is. */
public interface Timer {

    /**
     * Runs {@code task} once, at or soon after {@code at}; at once if that is past.
     *
     * @param task must be short and must not throw: it runs on the timer's thread, and only passes a message on
     */
    Scheduled at(Instant at, Runnable task);

    /** As {@link #at}, but punctually, for what people wait for: a timer may spend some of a processor's time on it. */
    default Scheduled punctuallyAt(Instant at, Runnable task) {
        return at(at, task);
    }

    /** Something that is to run. */
    interface Scheduled {

        /** Takes it back, unless it has begun. Cancelling twice does nothing. */
        void cancel();
    }
}
