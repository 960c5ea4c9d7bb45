// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.key;

import io.millrace.operator.BatchTime;
import java.time.Duration;

/**
 * When a key of {@code mapWithState} that gets no records times out.
 *
 * @param idleMillis how long it has to get none, in milliseconds; 0 if keys never time out
 * @param spark false: in the first batch that is at least so much later than the last one that had a record for the key; true: as in
 *     Spark, in the first batch of a sweep that is more than so much later
 * @param sweepMillis how often there is a sweep, in milliseconds since the batch time before the first; 0 for every tenth batch
 */
public record Timeouts(long idleMillis, boolean spark, long sweepMillis) {

    /** Keys never time out. */
    public static final Timeouts NEVER = new Timeouts(0, false, 0);

    private static final Duration LONGEST = Duration.ofDays(365_000);
    private static final int SPARK_SWEEP = 10;

    /** The same with another timeout, of 1 ms to 365000 days. */
    public Timeouts withIdle(Duration idle) {
        if (idle.compareTo(Duration.ofMillis(1)) < 0 || idle.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "A timeout must be in 1 ms.." + LONGEST.toDays() + " days, but is " + idle);
        }
        return new Timeouts(idle.toMillis(), spark, sweepMillis);
    }

    /** The same by Spark's rule. */
    public Timeouts asInSpark() {
        return new Timeouts(idleMillis, true, sweepMillis);
    }

    /** The same with another time between two sweeps. */
    public Timeouts withSweepEvery(Duration interval) {
        return new Timeouts(idleMillis, spark, interval.toMillis());
    }

    /** True if keys time out. */
    boolean areSet() {
        return idleMillis > 0;
    }

    /** The time from which on a key times out that got its last record in this batch. */
    long expiry(BatchTime last) {
        return last.millis() + idleMillis + (spark ? 1 : 0);
    }

    /** True if keys time out in this batch. */
    boolean sweepsAt(BatchTime batch, BatchTime zero, long slideMillis) {
        if (!areSet()) {
            return false;
        }
        long every = sweepMillis == 0 ? SPARK_SWEEP * slideMillis : sweepMillis;
        return !spark || (batch.millis() - zero.millis()) % every == 0;
    }
}
