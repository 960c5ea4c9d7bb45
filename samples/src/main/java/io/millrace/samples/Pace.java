// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import java.time.Duration;
import java.time.Instant;

/**
 * Says when a feeder says its next line: in every interval once, a third of the way into it.
 *
 * <p>Intervals begin at multiples since the epoch, as batches do: so each line falls safely into a batch of its own, on one
 * machine with a job of the same interval.
 */
final class Pace {

    private final long intervalMillis;
    private long lastMillis = Long.MIN_VALUE;

    Pace(Duration interval) {
        this.intervalMillis = interval.toMillis();
    }

    /** The next moment after {@code now}, in a later interval than the last moment it answered. */
    Instant next(Instant now) {
        long offset = intervalMillis / 3;
        long from = Math.max(now.toEpochMilli(), lastMillis);
        lastMillis = (Math.floorDiv(from - offset, intervalMillis) + 1) * intervalMillis + offset;
        return Instant.ofEpochMilli(lastMillis);
    }
}
