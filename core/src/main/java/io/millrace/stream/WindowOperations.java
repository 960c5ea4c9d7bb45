// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.stream;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.PartitionOperator;
import io.millrace.operator.window.CountByValueAndWindowOperator;
import io.millrace.operator.window.CountByWindowOperator;
import io.millrace.operator.window.ReduceByWindowInverseOperator;
import io.millrace.operator.window.ReduceByWindowOperator;
import io.millrace.operator.window.WindowOperator;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * The operations of a stream that go over windows: the last batches together. They are part of {@link DStream}, which alone extends
 * this class; a user sees them there.
 *
 * @param <T> the records
 */
abstract class WindowOperations<T> {

    /** The stream that an operator makes of the batches of this one. */
    public abstract <O> DStream<O> apply(PartitionOperator<T, ?, ?, O> operator);

    /** How often this stream has a batch. */
    public abstract Duration slide();

    /** The records of the last batches together, every batch anew. */
    public DStream<T> window(Duration length) {
        return window(length, slide());
    }

    /**
     * The records of the last batches together: at T those of the batches in (T - length, T]. The first windows are
     * shorter.
     *
     * @param length how far back it reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public DStream<T> window(Duration length, Duration every) {
        return apply(new WindowOperator<T>(intervals("length", length), intervals("slide", every)));
    }

    /**
     * How many records each window has, counted by slices: a batch costs the same whatever the length of the window. As in
     * Spark there is no number before the first record ever; after it there is one per window, 0 included.
     *
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public DStream<Long> countByWindow(Duration length, Duration every) {
        return apply(new CountByWindowOperator<T>(intervals("length", length), intervals("slide", every)));
    }

    /**
     * How often each record occurs in each window; records that do not occur are left out.
     *
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public PairDStream<T, Long> countByValueAndWindow(Duration length, Duration every) {
        return new PairDStream<>(
                apply(new CountByValueAndWindowOperator<T>(intervals("length", length), intervals("slide", every))));
    }

    /** As {@link DStream#countByValueAndWindow(Duration, Duration)}; the number is Spark's and bounds nothing here. */
    public PairDStream<T, Long> countByValueAndWindow(Duration length, Duration every, int partitions) {
        DStream.checkPartitions(partitions);
        return countByValueAndWindow(length, every);
    }

    /**
     * One record of all records of each window; none of an empty window. A batch costs the same whatever the length of the
     * window.
     *
     * @param function makes one record of two, and is associative; of records of different batches the older comes first
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of them is not a multiple of this stream's slide
     */
    public DStream<T> reduceByWindow(ReduceFunction<T> function, Duration length, Duration every) {
        return apply(new ReduceByWindowOperator<>(function, intervals("length", length), intervals("slide", every)));
    }

    /**
     * One record of all records of each window, made of that of the window before:
     * {@code function(inverse(before, left), came)}. As in Spark there is none before the first record ever; after it there
     * always is one, such as a sum of 0 when the window has become empty. Sums of doubles drift, since nothing adds them up anew;
     * {@link DStream#reduceByWindow(ReduceFunction, Duration, Duration)} does not, and costs little more.
     *
     * @param function makes one record of two
     * @param inverse takes the second record out of the first
     * @param length how far back a window reaches
     * @param every how often there is one
     * @throws IllegalArgumentException if one of the durations is not a multiple of this stream's slide
     */
    public DStream<T> reduceByWindow(
            ReduceFunction<T> function, ReduceFunction<T> inverse, Duration length, Duration every) {
        return apply(new ReduceByWindowInverseOperator<>(
                function, inverse, intervals("length", length), intervals("slide", every)));
    }

    /** How many of this stream's batches a length or a slide of a window spans. */
    final int intervals(String what, Duration duration) {
        Duration slide = slide();
        long count = duration.isNegative() ? 0 : duration.dividedBy(slide);
        if (count <= 0
                || count > Integer.MAX_VALUE
                || !slide.multipliedBy(count).equals(duration)) {
            throw new IllegalArgumentException(
                    "The window's " + what + " must be a positive multiple of the slide of its parent ("
                            + slide.toMillis() + " ms), but is " + millis(duration));
        }
        return (int) count;
    }

    private static String millis(Duration duration) {
        boolean exact = duration.toDays() < Integer.MAX_VALUE
                && duration.truncatedTo(ChronoUnit.MILLIS).equals(duration);
        return exact ? duration.toMillis() + " ms" : duration.toString();
    }
}
