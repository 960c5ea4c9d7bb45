// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Booleans (0 and 1), bytes, shorts, ints, dates and year-month intervals. */
public final class IntColumn extends Column {

    private final int[] values;
    private final boolean logical;

    /** Takes the arrays over; entries are not booleans. */
    public IntColumn(int[] values, boolean @Nullable [] nulls) {
        this(values, false, nulls);
    }

    /** Takes the arrays over; {@code logical} says that they are booleans, which {@link #get} then gives. */
    public IntColumn(int[] values, boolean logical, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
        this.logical = logical;
    }

    /** The values. */
    public int[] values() {
        return values;
    }

    /** Whether the entries are booleans. */
    public boolean isLogical() {
        return logical;
    }

    @Override
    public IntColumn gather(int[] rows, int count) {
        int[] gathered = new int[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gathered[i] = values[row];
            }
        }
        return new IntColumn(gathered, logical, gatherNulls(rows, count));
    }

    /** The same values with other nulls. */
    public IntColumn withNulls(boolean @Nullable [] others) {
        return new IntColumn(values, logical, others);
    }

    @Override
    Object value(int row) {
        if (logical) {
            return values[row] != 0;
        }
        return values[row];
    }
}
