// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import java.math.BigInteger;

/**
 * When which record is due: record {@code i} at {@code i / rate} seconds after the start. With a ramp the rate grows evenly from 0 to
 * the full rate, and in that time half as many records are due.
 *
 * <p>Counts in whole numbers, so that nothing drifts however long it runs.
 *
 * @param perSecond how many records are due in a second
 * @param rampMillis how long the rate grows; 0 for not at all
 */
record RateSchedule(long perSecond, long rampMillis) {

    /** Half milliseconds, since half of the ramp counts. */
    private static final long HALVES_PER_SECOND = 2_000;

    private static final double MICROS_PER_SECOND = 1e6;

    /** How many records are due before so many milliseconds have passed. */
    long dueBefore(long millis) {
        if (millis <= 0) {
            return 0;
        }
        if (millis < rampMillis) {
            BigInteger numerator = BigInteger.valueOf(perSecond)
                    .multiply(BigInteger.valueOf(millis))
                    .multiply(BigInteger.valueOf(millis));
            BigInteger denominator = BigInteger.valueOf(rampMillis).multiply(BigInteger.valueOf(HALVES_PER_SECOND));
            return numerator
                    .add(denominator.subtract(BigInteger.ONE))
                    .divide(denominator)
                    .longValueExact();
        }
        long halves = 2 * millis - rampMillis;
        long wholeSeconds = halves / HALVES_PER_SECOND;
        long rest = halves % HALVES_PER_SECOND;
        return wholeSeconds * perSecond + (rest * perSecond + HALVES_PER_SECOND - 1) / HALVES_PER_SECOND;
    }

    /** When a record is due, in microseconds after the start, rounded down. */
    long dueMicros(long index) {
        double rampSeconds = rampMillis / 1e3;
        if (index < perSecond * rampSeconds / 2) {
            return (long) (Math.sqrt(2 * rampSeconds * index / perSecond) * MICROS_PER_SECOND);
        }
        long micros = 1_000_000;
        return rampMillis * 500 + index / perSecond * micros + index % perSecond * micros / perSecond;
    }
}
