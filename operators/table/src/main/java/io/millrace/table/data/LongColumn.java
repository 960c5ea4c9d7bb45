// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Longs, timestamps and day-time intervals. */
public final class LongColumn extends Column {

    private final long[] values;

    /** Takes the arrays over. */
    public LongColumn(long[] values, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
    }

    /** The values. */
    public long[] values() {
        return values;
    }

    @Override
    public LongColumn gather(int[] rows, int count) {
        long[] gathered = new long[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gathered[i] = values[row];
            }
        }
        return new LongColumn(gathered, gatherNulls(rows, count));
    }

    /** The same values with other nulls. */
    public LongColumn withNulls(boolean @Nullable [] others) {
        return new LongColumn(values, others);
    }

    @Override
    Object value(int row) {
        return values[row];
    }
}
