// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Duration;

/** The ends of batches of equal length on the grid of the start time; batches that nobody saw pass are skipped. */
final class Ticks {

    private final long intervalNs;
    private long nextNs;

    Ticks(Duration interval, long startNs) {
        this.intervalNs = interval.toNanos();
        this.nextNs = startNs + intervalNs;
    }

    /** Whether a batch has ended by now; then the next end is awaited. */
    boolean passed(long nowNs) {
        if (nowNs - nextNs < 0) {
            return false;
        }
        nextNs += ((nowNs - nextNs) / intervalNs + 1) * intervalNs;
        return true;
    }

    /** When the running batch ends. */
    long nextNs() {
        return nextNs;
    }
}
