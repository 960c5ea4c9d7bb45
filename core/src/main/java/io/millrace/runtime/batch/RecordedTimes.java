// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** The times of batches that ran before, each with the intervals that it absorbed. */
public final class RecordedTimes implements BatchTimes {

    private final BatchTime zero;
    private final Duration interval;
    private final Deque<BatchClock.Due> batches;

    /**
     * These batches and no others.
     *
     * @param zero one interval before the first batch of the job that ran
     * @param batches the batches in order
     */
    public RecordedTimes(BatchTime zero, Duration interval, List<BatchClock.Due> batches) {
        this.zero = zero;
        this.interval = interval;
        this.batches = new ArrayDeque<>(batches);
    }

    @Override
    public BatchTime zero() {
        return zero;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public void interval(Duration newInterval) {
        throw new UnsupportedOperationException(
                "The batches of a replay come when they came, not every " + newInterval);
    }

    @Override
    public Optional<BatchTime> upcoming() {
        return Optional.ofNullable(batches.peek()).map(BatchClock.Due::batch);
    }

    @Override
    public Optional<BatchClock.Due> take(long nowMillis) {
        return upcoming().filter(next -> next.millis() <= nowMillis).map(next -> batches.remove());
    }
}
