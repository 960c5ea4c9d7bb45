// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.execution;

/**
 * Some event times, in figures. Rows without a time do not count.
 *
 * @param count how many there are
 * @param minMicros the earliest, in microseconds since 1970; of no meaning if there are none
 * @param maxMicros the latest that may move the watermark; of no meaning if there are none
 * @param sumMillis their sum in milliseconds, for the average
 */
public record EventTimes(long count, long minMicros, long maxMicros, double sumMillis) {

    /** No time at all. */
    public static final EventTimes NONE = new EventTimes(0, Long.MAX_VALUE, Long.MIN_VALUE, 0);

    /** These and others. */
    EventTimes with(EventTimes others) {
        return new EventTimes(
                count + others.count,
                Math.min(minMicros, others.minMicros),
                Math.max(maxMicros, others.maxMicros),
                sumMillis + others.sumMillis);
    }

    /** The average in milliseconds since 1970; 0 if there are none. */
    public long averageMillis() {
        return count == 0 ? 0 : (long) (sumMillis / count);
    }
}
