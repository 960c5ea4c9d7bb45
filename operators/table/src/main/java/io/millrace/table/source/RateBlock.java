// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source;

import io.millrace.table.data.Column;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.data.LongColumn;
import io.millrace.table.type.Schema;
import java.nio.ByteBuffer;

/**
 * Which rows of a rate source are to be made; the tasks make them. Travels as bytes.
 *
 * @param from the value of the first row
 * @param to one more than the value of the last
 * @param first the value that is due at {@code startMicros}
 * @param startMicros when that is, in microseconds since 1970
 * @param perSecond how many rows are due in a second then; 0 if all are of {@code startMicros}
 * @param rampMillis how long the rate grows from 0 before it is that
 */
record RateBlock(long from, long to, long first, long startMicros, long perSecond, long rampMillis) {

    private static final int LONGS = 6;
    private static final double MICROS_PER_SECOND = 1e6;
    private static final long MICROS = 1_000_000;

    byte[] pack() {
        return ByteBuffer.allocate(LONGS * Long.BYTES)
                .putLong(from)
                .putLong(to)
                .putLong(first)
                .putLong(startMicros)
                .putLong(perSecond)
                .putLong(rampMillis)
                .array();
    }

    static RateBlock unpack(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        return new RateBlock(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    /** The rows: the time of each, and its value. */
    ColumnBatch rows(Schema schema) {
        int rows = Math.toIntExact(to - from);
        long[] times = new long[rows];
        long[] values = new long[rows];
        for (int i = 0; i < rows; i++) {
            values[i] = from + i;
            times[i] = startMicros + dueMicros(from + i - first);
        }
        return new ColumnBatch(schema, new Column[] {new LongColumn(times, null), new LongColumn(values, null)}, rows);
    }

    /** When the row of this number, counted from the start, is due, in microseconds after the start. */
    private long dueMicros(long index) {
        if (perSecond == 0) {
            return 0;
        }
        double rampSeconds = rampMillis / 1e3;
        if (index < perSecond * rampSeconds / 2) {
            return (long) (Math.sqrt(2 * rampSeconds * index / perSecond) * MICROS_PER_SECOND);
        }
        long steady = index - (long) (perSecond * rampSeconds / 2);
        return rampMillis * 1_000 + steady / perSecond * MICROS + steady % perSecond * MICROS / perSecond;
    }

    /** How many rows are due before so many microseconds have passed since the start. */
    static long dueBefore(long micros, long perSecond, long rampMillis) {
        if (micros <= 0) {
            return 0;
        }
        double seconds = micros / MICROS_PER_SECOND;
        double rampSeconds = rampMillis / 1e3;
        if (seconds < rampSeconds) {
            return (long) Math.ceil(perSecond * seconds * seconds / (2 * rampSeconds));
        }
        long steadyMicros = micros - rampMillis * 1_000;
        return (long) (perSecond * rampSeconds / 2)
                + steadyMicros / MICROS * perSecond
                + (steadyMicros % MICROS * perSecond + MICROS - 1) / MICROS;
    }
}
