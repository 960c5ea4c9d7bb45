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
    @SuppressWarnings("NullAway") // asked only where it is not null
    Object value(int row) {
        return values[row];
    }
}
