// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Booleans (0 and 1), bytes, shorts, ints and dates. Boxed, a boolean is an {@code Integer} too. */
public final class IntColumn extends Column {

    private final int[] values;

    /** Takes the arrays over. */
    public IntColumn(int[] values, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
    }

    /** The values. */
    public int[] values() {
        return values;
    }

    @Override
    Object value(int row) {
        return values[row];
    }
}
