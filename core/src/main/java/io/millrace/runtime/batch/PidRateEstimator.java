// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import java.time.Duration;
import java.util.OptionalDouble;

/**
 * Estimates from each completed batch how many records per second a stream may bring: Spark's estimator of that name, formula by
 * formula, but for the resolution of time, which is a microsecond instead of a millisecond.
 *
 * <pre>
 * processingRate  = elements / processingDelay
 * error           = latestRate - processingRate
 * historicalError = schedulingDelay * processingRate / batchInterval
 * dError          = (error - latestError) / time since the last batch that counted
 * newRate         = max(minRate, latestRate - proportional * error - integral * historicalError - derived * dError)
 * </pre>
 *
 * <p>The first batch only sets {@code latestRate} to its processing rate and answers nothing. A batch without records or without
 * processing time, and one that is not later than the last, changes nothing.
 */
public final class PidRateEstimator {

    private static final double MICROS = 1_000_000;

    private final PidSettings settings;
    private double intervalMicros;
    private boolean first = true;
    private long latestMicros = -1;
    private double latestRate = -1;
    private double latestError = -1;

    /**
     * An estimator that knows nothing yet.
     *
     * @throws IllegalArgumentException if a weight is negative, or the interval or the lowest rate is not positive
     */
    public PidRateEstimator(PidSettings settings, Duration batchInterval) {
        if (!(settings.proportional() >= 0 && settings.integral() >= 0 && settings.derived() >= 0)) {
            throw new IllegalArgumentException("The weights of a PID rate estimator must be >= 0, but are "
                    + settings.proportional() + ", " + settings.integral() + " and " + settings.derived());
        }
        if (!(settings.minRate() > 0)) {
            throw new IllegalArgumentException("The lowest rate must be > 0, but is " + settings.minRate());
        }
        this.settings = settings;
        batchInterval(batchInterval);
    }

    /** From now on batches come so often. */
    public void batchInterval(Duration batchInterval) {
        if (batchInterval.isZero() || batchInterval.isNegative()) {
            throw new IllegalArgumentException("The batch interval must be > 0, but is " + batchInterval);
        }
        intervalMicros = batchInterval.toNanos() / 1_000.0;
    }

    /**
     * A batch is done.
     *
     * @param timeMicros when its processing ended
     * @param elements how many records of the stream were in it
     * @param processingMicros how long it was processed
     * @param schedulingMicros how long it had waited before
     * @return the new rate in records per second, if there is one
     */
    public OptionalDouble compute(long timeMicros, long elements, long processingMicros, long schedulingMicros) {
        if (timeMicros <= latestMicros || elements <= 0 || processingMicros <= 0) {
            return OptionalDouble.empty();
        }
        double secondsSinceUpdate = (timeMicros - latestMicros) / MICROS;
        double processingRate = elements / (processingMicros / MICROS);
        double error = latestRate - processingRate;
        double historicalError = schedulingMicros * processingRate / intervalMicros;
        double dError = (error - latestError) / secondsSinceUpdate;
        double newRate = Math.max(
                settings.minRate(),
                latestRate
                        - settings.proportional() * error
                        - settings.integral() * historicalError
                        - settings.derived() * dError);
        latestMicros = timeMicros;
        if (first) {
            first = false;
            latestRate = processingRate;
            latestError = 0;
            return OptionalDouble.empty();
        }
        latestRate = newRate;
        latestError = error;
        return OptionalDouble.of(newRate);
    }
}
