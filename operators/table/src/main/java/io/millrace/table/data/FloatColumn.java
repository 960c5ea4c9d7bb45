// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Floats. */
public final class FloatColumn extends Column {

    private final float[] values;

    /** Takes the arrays over. */
    public FloatColumn(float[] values, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
    }

    /** The values. */
    public float[] values() {
        return values;
    }

    @Override
    public FloatColumn gather(int[] rows, int count) {
        float[] gathered = new float[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gathered[i] = values[row];
            }
        }
        return new FloatColumn(gathered, gatherNulls(rows, count));
    }

    /** The same values with other nulls. */
    public FloatColumn withNulls(boolean @Nullable [] others) {
        return new FloatColumn(values, others);
    }

    @Override
    Object value(int row) {
        return values[row];
    }
}
