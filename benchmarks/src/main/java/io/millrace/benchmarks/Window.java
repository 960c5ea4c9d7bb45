// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import java.time.Duration;

/**
 * The part of a run that is measured.
 *
 * @param warmup the time from the first word on that does not count
 * @param measured the time after it that does
 */
public record Window(Duration warmup, Duration measured) {

    /** Checks that there is something to measure. */
    public Window {
        if (warmup.isNegative() || measured.isNegative() || measured.isZero()) {
            throw new IllegalArgumentException(
                    "warm-up must be >= 0 and the measured time > 0, but are " + warmup + " and " + measured);
        }
    }
}
