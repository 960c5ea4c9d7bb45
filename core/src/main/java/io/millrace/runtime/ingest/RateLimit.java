// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

/**
 * A token bucket: so many units per second, with bursts of at most a tenth of a second's worth after a pause. It begins empty.
 *
 * <p>What is taken at once may be more than there is: the bucket is then overdrawn, and closed until that is made good. So the rate
 * is kept over time, and exceeded by one chunk at most. Thread-safe: the stream takes, the supervisor changes the rate.
 */
final class RateLimit {

    private static final double BURST_SECONDS = 0.1;

    /** A shorter wait is not worth a timer: what comes meanwhile is saved in the bucket. */
    private static final long SHORTEST_WAIT_MICROS = 1_000;

    /** What rounding may leave of a debt that is paid. */
    private static final double PAID = -1e-6;

    private double perSecond;
    private double saved;
    private long lastMicros;

    /**
     * A bucket with nothing in it.
     *
     * @param perSecond units per second; infinite = no limit
     */
    RateLimit(double perSecond, long nowMicros) {
        this.perSecond = checked(perSecond);
        this.lastMicros = nowMicros;
    }

    /** Changes the rate from now on; debts stay. */
    synchronized void rate(double newPerSecond, long nowMicros) {
        refill(nowMicros);
        perSecond = checked(newPerSecond);
        if (Double.isInfinite(perSecond)) {
            saved = 0;
        } else {
            saved = Math.min(saved, perSecond * BURST_SECONDS);
        }
    }

    /** So many units came. */
    synchronized void take(long units, long nowMicros) {
        if (!Double.isInfinite(perSecond)) {
            refill(nowMicros);
            saved -= units;
        }
    }

    /** How long nothing more may be taken; 0 if something may be taken now. */
    synchronized long waitMicros(long nowMicros) {
        refill(nowMicros);
        if (saved >= PAID) {
            return 0;
        }
        return Math.max(SHORTEST_WAIT_MICROS, (long) Math.ceil(-saved / perSecond * 1_000_000));
    }

    private void refill(long nowMicros) {
        if (nowMicros > lastMicros && !Double.isInfinite(perSecond)) {
            double earned = (nowMicros - lastMicros) / 1_000_000.0 * perSecond;
            saved = Math.min(saved + earned, perSecond * BURST_SECONDS);
        }
        lastMicros = Math.max(lastMicros, nowMicros);
    }

    private static double checked(double perSecond) {
        if (!(perSecond > 0)) {
            throw new IllegalArgumentException("A rate must be > 0 per second, but is " + perSecond);
        }
        return perSecond;
    }
}
