// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The times of a job that goes on where an earlier run was cut off: first the batch that was planned, at its time, then by the clock.
 * The intervals in between have no batch of their own; the first batch by the clock absorbs them.
 */
public final class ResumedTimes implements BatchTimes {

    private final BatchTime zero;
    private final BatchClock clock;
    private Optional<BatchClock.Due> planned;
    private int missed;

    /**
     * What an earlier run has left.
     *
     * @param zero one interval before the first batch of the first run
     * @param last the last batch that is done; {@code zero} if there is none
     * @param planned the batch that was planned
     */
    public record Past(BatchTime zero, BatchTime last, Optional<BatchClock.Due> planned) {}

    /** Times after this past, by a clock that begins at {@code now}. */
    public ResumedTimes(Duration interval, Instant now, Past past, Predicate<BatchTime> mayBeSkipped) {
        this.zero = past.zero();
        this.planned = past.planned();
        BatchTime last = past.planned().map(BatchClock.Due::batch).orElse(past.last());
        long millis = interval.toMillis();
        long before = Math.floorDiv(now.toEpochMilli(), millis) * millis - millis;
        this.clock = new BatchClock(interval, Instant.ofEpochMilli(Math.max(before, last.millis())), mayBeSkipped);
        this.missed = (int) Math.min(Integer.MAX_VALUE, Math.max(0, (before - last.millis()) / millis));
    }

    @Override
    public BatchTime zero() {
        return zero;
    }

    @Override
    public Duration interval() {
        return clock.interval();
    }

    @Override
    public void interval(Duration newInterval) {
        clock.interval(newInterval);
    }

    @Override
    public Optional<BatchTime> upcoming() {
        return planned.isPresent() ? planned.map(BatchClock.Due::batch) : clock.upcoming();
    }

    /** The planned batch is due at once, whatever the clock says: its time has come before. */
    @Override
    public Optional<BatchClock.Due> take(long nowMillis) {
        if (planned.isPresent()) {
            Optional<BatchClock.Due> due = planned;
            planned = Optional.empty();
            return due;
        }
        return clock.take(nowMillis).map(due -> {
            BatchClock.Due absorbing = new BatchClock.Due(due.batch(), due.absorbed() + missed);
            missed = 0;
            return absorbing;
        });
    }
}
