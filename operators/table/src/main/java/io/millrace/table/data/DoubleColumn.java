// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Doubles. */
public final class DoubleColumn extends Column {

    private final double[] values;

    /** Takes the arrays over. */
    public DoubleColumn(double[] values, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
    }

    /** The values. */
    public double[] values() {
        return values;
    }

    @Override
    public DoubleColumn gather(int[] rows, int count) {
        double[] gathered = new double[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gathered[i] = values[row];
            }
        }
        return new DoubleColumn(gathered, gatherNulls(rows, count));
    }

    /** The same values with other nulls. */
    public DoubleColumn withNulls(boolean @Nullable [] others) {
        return new DoubleColumn(values, others);
    }

    @Override
    Object value(int row) {
        return values[row];
    }
}
