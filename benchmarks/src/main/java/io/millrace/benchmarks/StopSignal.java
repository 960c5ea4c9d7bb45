// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Duration;

/** The end of a run: a deadline that somebody may bring forward. Thread-safe. */
final class StopSignal {

    private final long deadlineNs;
    private volatile boolean told;

    private StopSignal(long deadlineNs) {
        this.deadlineNs = deadlineNs;
    }

    /** A signal that raises itself after this time. */
    static StopSignal after(Duration time) {
        return new StopSignal(System.nanoTime() + time.toNanos());
    }

    /** Raises the signal now. */
    void raise() {
        told = true;
    }

    /** Whether it is time to stop. */
    boolean raised() {
        return told || System.nanoTime() - deadlineNs >= 0;
    }
}
