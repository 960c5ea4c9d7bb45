// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import java.time.Duration;
import java.util.Optional;

/**
 * Chooses the batch interval by how long batches take, so that a record is done within a target after it came: it waits for an
 * interval at most and is then processed. Used by one thread.
 *
 * <p>The <em>load</em> of a batch is its processing time as a share of the time in which its records came. What is wanted is the
 * longer of two intervals: {@code 0.9 * target / (1 + load)}, with which interval and processing together are nine tenths of the
 * target; and {@code interval * load / 0.9}, with which batches take nine tenths of their interval, because a job that cannot keep
 * up holds no target. A batch that was late and took the records of several intervals wants one in which it would not have been late.
 * That is rounded to whole milliseconds and kept within the bounds.
 *
 * <p>The interval stays as it is while it is within a tenth of what is wanted. Interval and processing then take no longer than the
 * target, unless the job must keep up. It changes when two batches in a row want that in the same direction, and then to the nearer of
 * the two intervals: one batch that takes long by chance changes nothing.
 *
 * <p>It does not swing. If a batch takes a fixed time and a time per record, both intervals grow with the present one or stay
 * as they are. So at a constant load every change has the direction of the one before, and there is a last one. As each is by more
 * than a tenth before it is rounded, unless a bound cuts it short, there are about {@code ln(max / min) / ln(1.1)} at the most.
 */
public final class IntervalController {

    private static final double AIM = 0.9;
    private static final double UTILISATION = 0.9;
    private static final double DEAD_BAND = 0.1;

    private final double aimMillis;
    private final long minMillis;
    private final long maxMillis;
    private long intervalMillis;
    private long wantedBefore;

    /** A controller that has seen no batch. */
    public IntervalController(LatencyTarget target) {
        this.aimMillis = AIM * target.target().toMillis();
        this.minMillis = target.minInterval().toMillis();
        this.maxMillis = target.maxInterval().toMillis();
    }

    /**
     * A batch is done.
     *
     * @param interval the batch interval: whole milliseconds
     * @param span the time in which the records of the batch came: longer than the interval if the batch was late and took those of
     *     several. A batch of a shorter one, as there may be when the interval has just changed, is left out: what a batch costs
     *     without records would be taken for load
     * @param processing how long it was processed
     * @return the interval to go on with, if it is to change
     */
    public Optional<Duration> completed(Duration interval, Duration span, Duration processing) {
        if (span.compareTo(interval) < 0) {
            return Optional.empty();
        }
        long current = interval.toMillis();
        if (current != intervalMillis) {
            intervalMillis = current;
            wantedBefore = current;
        }
        double load = Math.max(0, processing.toNanos()) / (double) span.toNanos();
        boolean late = span.compareTo(interval) > 0;
        long wanted = wanted(current, load, late ? processing.toNanos() / 1e6 : 0);
        long before = wantedBefore;
        wantedBefore = wanted;
        if (wanted > current && before > current) {
            return Optional.of(Duration.ofMillis(Math.min(wanted, before)));
        }
        if (wanted < current && before < current) {
            return Optional.of(Duration.ofMillis(Math.max(wanted, before)));
        }
        return Optional.empty();
    }

    /** The interval that a batch of this load asks for; the current one, if it is good enough. */
    private long wanted(long current, double load, double lateMillis) {
        double exact = Math.max(aimMillis / (1 + load), Math.max(current * load, lateMillis) / UTILISATION);
        boolean allowed = minMillis <= current && current <= maxMillis;
        if (allowed && Math.abs(exact - current) <= DEAD_BAND * current) {
            return current;
        }
        return Math.min(maxMillis, Math.max(minMillis, Math.round(exact)));
    }
}
