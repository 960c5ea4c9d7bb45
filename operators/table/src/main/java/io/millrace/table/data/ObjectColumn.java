// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Decimals, arrays and maps, in boxed form. */
public final class ObjectColumn extends Column {

    private final @Nullable Object[] values;

    /** Takes the arrays over. */
    public ObjectColumn(@Nullable Object[] values, boolean @Nullable [] nulls) {
        super(nulls);
        this.values = values;
    }

    /** The values. */
    public @Nullable Object[] values() {
        return values;
    }

    @Override
    public ObjectColumn gather(int[] rows, int count) {
        @Nullable Object[] gathered = new @Nullable Object[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gathered[i] = values[row];
            }
        }
        return new ObjectColumn(gathered, gatherNulls(rows, count));
    }

    @Override
    @SuppressWarnings("NullAway") // asked only where it is not null
    Object value(int row) {
        return values[row];
    }
}
