// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.plan;

/**
 * When a row that waits on one side of a join can meet nothing any more and is forgotten.
 *
 * @param source where the time of the row is; {@link Source#NONE} if rows wait for ever
 * @param place the place of that time: among the join keys, or among the columns of the side
 * @param offsetMicros how far the time that can still be met lies from the watermark; 0 for a key
 * @param atBound whether a row exactly at the watermark plus the offset can still be met
 */
public record Eviction(Source source, int place, long offsetMicros, boolean atBound) {

    /** Where the time of a row is found. */
    public enum Source {
        /** Nowhere: nothing bounds how long a row waits. */
        NONE,
        /** In a join key: rows meet at equal times only. */
        KEY,
        /** In a column that the condition bounds by the time of the other side. */
        COLUMN
    }

    /** Rows wait for ever. */
    public static final Eviction NEVER = new Eviction(Source.NONE, -1, 0, false);

    private static final long MICROS_PER_MILLI = 1000;

    /** By a join key; a window counts by its end. */
    static Eviction byKey(int key) {
        return new Eviction(Source.KEY, key, 0, false);
    }

    /** By a column. */
    static Eviction byColumn(int column, long offsetMicros, boolean atBound) {
        return new Eviction(Source.COLUMN, column, offsetMicros, atBound);
    }

    /** Whether rows are ever forgotten. */
    public boolean happens() {
        return source != Source.NONE;
    }

    /** The least watermark at which a row of this time is forgotten, in microseconds; the bound has the precision of Spark's, milliseconds. */
    public long dueAtMicros(long timeMicros) {
        if (source == Source.KEY) {
            return timeMicros;
        }
        long millis = -Math.floorDiv(-timeMicros, MICROS_PER_MILLI) + (atBound ? 1 : 0);
        return millis * MICROS_PER_MILLI - offsetMicros;
    }

    /** The greatest time of a row that is forgotten at a watermark, in microseconds. */
    public long boundMicros(long watermarkMicros) {
        if (source == Source.KEY) {
            return watermarkMicros;
        }
        long millis = Math.floorDiv(watermarkMicros + offsetMicros, MICROS_PER_MILLI) - (atBound ? 1 : 0);
        return millis * MICROS_PER_MILLI;
    }
}
