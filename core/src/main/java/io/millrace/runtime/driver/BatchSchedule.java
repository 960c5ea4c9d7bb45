// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When batches are due: the clock, and the timer that wakes the driver for the next one. Used by the driver's thread only. */
final class BatchSchedule {

    private final BatchClock clock;
    private final TimeSource time;
    private final Runnable wake;
    private Instant nextWake = Instant.MIN;

    /**
     * A schedule whose first batch is at the next multiple of the interval.
     *
     * @param wake called on the timer's thread when a batch may be due
     */
    BatchSchedule(Duration interval, PhysicalPlan plan, TimeSource time, Runnable wake) {
        this.clock = new BatchClock(interval, time.now(), batch -> mayBeSkipped(plan, batch));
        this.time = time;
        this.wake = wake;
    }

    private boolean mayBeSkipped(PhysicalPlan plan, BatchTime batch) {
        return plan.mayBeSkipped(batch, clock.zero());
    }

    /** One interval before the first batch. */
    BatchTime zero() {
        return clock.zero();
    }

    /** How often batches come now. */
    Duration interval() {
        return clock.interval();
    }

    /** Batches come so often after the next one. */
    void interval(Duration newInterval) {
        clock.interval(newInterval);
    }

    /** The batch that is due now, if one is; if not, the driver will be woken. */
    Optional<BatchClock.Due> take() {
        Optional<BatchClock.Due> due = clock.take(time.millis());
        if (due.isEmpty()) {
            arm();
        }
        return due;
    }

    /** Sees to it that the driver is woken for the next batch. */
    void arm() {
        Instant at = clock.next().instant();
        if (!at.equals(nextWake)) {
            nextWake = at;
            time.timer().at(at, wake);
        }
    }

    /** The driver was woken. */
    void woken() {
        nextWake = Instant.MIN;
    }
}
