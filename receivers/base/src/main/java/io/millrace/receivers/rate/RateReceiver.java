// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import io.millrace.operator.Pair;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.Feed;
import io.millrace.receiver.Receiver;
import io.millrace.receiver.ReceiverContext;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * So many records per second, numbered from 0: record {@code i} is due {@code i / rate} seconds after the start, and the start is the
 * beginning of the first batch.
 *
 * <p>A batch has exactly the records that were due before its end and in no batch before it, made when it is due. So the records are
 * the same in every run, whatever the machine does meanwhile, and nothing drifts. No more than 5 000 000 records are made for a
 * batch; the others follow with the next.
 *
 * <p>The count goes on when the receiver is opened again, and begins anew only with a new receiver. No record is lost when an
 * executor dies; if it dies in the moment between receiving and knowing of it, the records of that batch come twice.
 *
 * @param <T> records
 */
public final class RateReceiver<T> implements Receiver<T> {

    private static final long MOST_PER_SECOND = 100_000_000;
    private static final Duration LONGEST_RAMP = Duration.ofDays(1);
    private static final int MOST_PER_BATCH = 5_000_000;
    private static final int RECORDS_PER_BLOCK = 10_000;

    /**
     * Makes the records.
     *
     * @param <T> records
     */
    @FunctionalInterface
    public interface RecordMaker<T> {
        /** The record with this number, which is due at this time. Must answer the same every time. */
        T make(long index, Instant due);
    }

    private final RateSchedule schedule;
    private final RecordMaker<T> maker;
    private final RateProgress progress = new RateProgress();

    private RateReceiver(RateSchedule schedule, RecordMaker<T> maker) {
        this.schedule = schedule;
        this.maker = maker;
    }

    /**
     * The numbers 0, 1, 2 and so on.
     *
     * @param records how many in a second, 1 to 100 000 000
     */
    public static RateReceiver<Long> perSecond(long records) {
        if (records < 1 || records > MOST_PER_SECOND) {
            throw new IllegalArgumentException(
                    "records per second must be in 1.." + MOST_PER_SECOND + ", but are " + records);
        }
        return new RateReceiver<>(new RateSchedule(records, 0), (index, due) -> index);
    }

    /**
     * The same, but the rate grows evenly from 0 in this time, in which half as many records come.
     *
     * @param duration whole milliseconds, at most a day; 0 for no growth, which is the default
     */
    public RateReceiver<T> rampUp(Duration duration) {
        if (duration.isNegative() || duration.compareTo(LONGEST_RAMP) > 0) {
            throw new IllegalArgumentException("rampUp must be in 0.." + LONGEST_RAMP + ", but is " + duration);
        }
        return new RateReceiver<>(new RateSchedule(schedule.perSecond(), duration.toMillis()), maker);
    }

    /** The time at which a number is due, to the microsecond, and the number. */
    public RateReceiver<Pair<Instant, Long>> timestamped() {
        return records((index, due) -> Pair.of(due, index));
    }

    /** Other records at the same times. */
    public <R> RateReceiver<R> records(RecordMaker<R> newMaker) {
        return new RateReceiver<>(schedule, newMaker);
    }

    @Override
    public String name() {
        return "rate " + schedule.perSecond() + "/s";
    }

    @Override
    public Feed<T> open(ReceiverContext context) {
        return Feed.batches(batch -> blocks(batch, context.batchInterval()));
    }

    private List<Delivery.Whole<T>> blocks(Instant batch, Duration interval) {
        Instant start = progress.startedBy(batch.minus(interval));
        long from = progress.received();
        long due = schedule.dueBefore(Duration.between(start, batch).toMillis());
        long to = Math.min(due, from + MOST_PER_BATCH);
        if (from >= to) {
            return List.of();
        }
        List<T> records = new ArrayList<>((int) (to - from));
        for (long index = from; index < to; index++) {
            records.add(maker.make(index, start.plus(schedule.dueMicros(index), ChronoUnit.MICROS)));
        }
        return Delivery.blocks(records, RECORDS_PER_BLOCK, progress.upTo(to));
    }
}
