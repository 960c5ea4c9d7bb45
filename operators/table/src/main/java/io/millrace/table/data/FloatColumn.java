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
    Object value(int row) {
        return values[row];
    }
}
