// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says which batch is due. Batch times are multiples of the interval since the epoch; each batch is named by its end.
 *
 * <p>Batches follow each other without a gap, until one is late by more than an interval: then those that are due already are
 * skipped, and the next one takes all blocks that came meanwhile. A batch time at which a window with a slide of several intervals emits
 * is never skipped.
 */
public final class BatchClock implements BatchTimes {

    private final BatchTime zero;
    private final Predicate<BatchTime> mayBeSkipped;
    private long intervalMillis;
    private long nextIntervalMillis;
    private BatchTime last;

    /**
     * A clock whose first batch is at the next multiple of the interval after {@code start}.
     *
     * @param mayBeSkipped whether no operator needs a batch at this time
     */
    public BatchClock(Duration interval, Instant start, Predicate<BatchTime> mayBeSkipped) {
        this.intervalMillis = checkedMillis(interval);
        this.nextIntervalMillis = intervalMillis;
        this.zero = new BatchTime(Math.floorDiv(start.toEpochMilli(), intervalMillis) * intervalMillis);
        this.mayBeSkipped = mayBeSkipped;
        this.last = zero;
    }

    private static long checkedMillis(Duration interval) {
        long millis = interval.toMillis();
        if (millis < 1 || !Duration.ofMillis(millis).equals(interval)) {
            throw new IllegalArgumentException(
                    "The batch interval must be a whole number of milliseconds >= 1, but is " + interval);
        }
        return millis;
    }

    /**
     * Changes the interval as of the next batch: that one comes when it would have come, and those after it come at the multiples of
     * the new interval since the epoch, so that the first of them may be sooner than an interval later.
     */
    @Override
    public void interval(Duration newInterval) {
        nextIntervalMillis = checkedMillis(newInterval);
    }

    /** How often batches come, without a change that is still to take effect. */
    @Override
    public Duration interval() {
        return Duration.ofMillis(intervalMillis);
    }

    /** One interval before the first batch. */
    @Override
    public BatchTime zero() {
        return zero;
    }

    /** When the next batch is due. */
    public BatchTime next() {
        return new BatchTime((Math.floorDiv(last.millis(), intervalMillis) + 1) * intervalMillis);
    }

    @Override
    public Optional<BatchTime> upcoming() {
        return Optional.of(next());
    }

    @Override
    public Optional<Due> take(long nowMillis) {
        BatchTime next = next();
        if (next.millis() > nowMillis) {
            return Optional.empty();
        }
        int skipped = 0;
        while (next.millis() + intervalMillis <= nowMillis && mayBeSkipped.test(next)) {
            next = new BatchTime(next.millis() + intervalMillis);
            skipped++;
        }
        last = next;
        intervalMillis = nextIntervalMillis;
        return Optional.of(new Due(next, skipped));
    }

    /**
     * A batch that is due.
     *
     * @param batch its time
     * @param absorbed how many intervals before it have no batch of their own
     */
    public record Due(BatchTime batch, int absorbed) {}
}
