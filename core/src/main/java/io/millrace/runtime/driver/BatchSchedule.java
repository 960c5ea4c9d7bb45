// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.batch.BatchTimes;
import io.millrace.runtime.batch.RecordedTimes;
import io.millrace.runtime.batch.ResumedTimes;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When batches are due: the clock, and the timer that wakes the driver for the next one. Used by the driver's thread only. */
final class BatchSchedule {

    private final BatchTimes clock;
    private final TimeSource time;
    private final Runnable wake;
    private Instant nextWake = Instant.MIN;

    /**
     * A schedule whose first batch is at the next multiple of the interval, or the first of those that are to run again.
     *
     * @param wake called on the timer's thread when a batch may be due
     */
    BatchSchedule(DriverSetup setup, Runnable wake) {
        Duration interval = setup.settings().interval();
        this.time = setup.time();
        this.wake = wake;
        this.clock = setup.rerun()
                .<BatchTimes>map(rerun -> new RecordedTimes(rerun.zero(), interval, rerun.batches()))
                .or(() -> setup.durability()
                        .flatMap(Durability::past)
                        .map(past -> new ResumedTimes(
                                interval, time.now(), past, batch -> mayBeSkipped(setup.plan(), batch))))
                .orElseGet(() -> new BatchClock(interval, time.now(), batch -> mayBeSkipped(setup.plan(), batch)));
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
        clock.upcoming()
                .map(BatchTime::instant)
                .filter(at -> !at.equals(nextWake))
                .ifPresent(at -> {
                    nextWake = at;
                    time.timer().punctuallyAt(at, wake);
                });
    }

    /** The driver was woken. */
    void woken() {
        nextWake = Instant.MIN;
    }
}
