// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How soon after it came a record should be done, and how far the batch interval may move for that; see {@link IntervalController}.
 *
 * @param target the longest time from a record to the end of its batch, more than zero
 * @param minInterval the shortest interval: whole milliseconds, at least 1, and shorter than the target
 * @param maxInterval the longest interval: whole milliseconds, no shorter than the shortest
 */
public record LatencyTarget(Duration target, Duration minInterval, Duration maxInterval) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if a value is out of bounds; the message names both
     */
    public LatencyTarget {
        if (target.isNegative() || target.isZero()) {
            throw new IllegalArgumentException("The latency target must be more than zero, but is " + target);
        }
        checkMillis("shortest", minInterval);
        checkMillis("longest", maxInterval);
        if (minInterval.compareTo(maxInterval) > 0) {
            throw new IllegalArgumentException("The shortest interval must be no longer than the longest, which is "
                    + maxInterval + ", but is " + minInterval);
        }
        if (minInterval.compareTo(target) >= 0) {
            throw new IllegalArgumentException(
                    "The shortest interval must be shorter than the latency target, which is " + target + ", but is "
                            + minInterval);
        }
    }

    private static void checkMillis(String which, Duration interval) {
        if (interval.isNegative()
                || interval.isZero()
                || !interval.truncatedTo(ChronoUnit.MILLIS).equals(interval)) {
            throw new IllegalArgumentException(
                    "The " + which + " interval must be a whole number of milliseconds >= 1, but is " + interval);
        }
    }
}
