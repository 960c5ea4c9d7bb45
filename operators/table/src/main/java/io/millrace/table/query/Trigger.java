// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.query;

import java.time.Duration;

/** When a query runs a batch. */
public sealed interface Trigger {

    /** As soon as there are rows: the default. The engine looks every {@code TableSessionBuilder.pollInterval}, 10 ms. */
    record AsSoonAsPossible() implements Trigger {}

    /**
     * At the multiples of an interval since the epoch, if there are rows then.
     *
     * @param interval whole milliseconds, 0 for as soon as possible
     */
    record ProcessingTime(Duration interval) implements Trigger {

        /** Checks the interval. */
        public ProcessingTime {
            if (interval.isNegative() || interval.toNanosPart() % 1_000_000 != 0) {
                throw new IllegalArgumentException(
                        "the interval of a trigger must be whole milliseconds, 0 or more, but is " + interval);
            }
        }
    }

    /** Reads what is there when the query starts, in as many batches as the sources' limits make of it; then the query ends. */
    record AvailableNow() implements Trigger {}

    /** Reads what is there when the query starts, in one batch; then the query ends. */
    record Once() implements Trigger {}

    /** As soon as there are rows. */
    static Trigger asSoonAsPossible() {
        return new AsSoonAsPossible();
    }

    /** At the multiples of an interval. */
    static Trigger ProcessingTime(Duration interval) {
        return new ProcessingTime(interval);
    }

    /** The same with the interval as Spark users write it, such as {@code 10 seconds}. */
    static Trigger ProcessingTime(String interval) {
        return new ProcessingTime(IntervalText.parse(interval));
    }

    /** What is there now. */
    static Trigger AvailableNow() {
        return new AvailableNow();
    }

    /** What is there now, in one batch. */
    static Trigger Once() {
        return new Once();
    }

    /** Whether the query ends by itself. */
    default boolean ends() {
        return this instanceof AvailableNow || this instanceof Once;
    }
}
