// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a {@link ColumnBatch}. Filled by one thread, then read by any. The arrays belong to the column and may be longer than the batch has rows.
 *
 * <p>The value of a null entry is of no meaning.
 */
public abstract sealed class Column
        permits IntColumn, LongColumn, FloatColumn, DoubleColumn, Utf8Column, StructColumn, ObjectColumn {

    private final boolean @Nullable [] nulls;

    /** A column with these nulls; null if there are none. */
    Column(boolean @Nullable [] nulls) {
        this.nulls = nulls;
    }

    /** Which entries are null; null if none is. */
    public final boolean @Nullable [] nulls() {
        return nulls;
    }

    /** Whether an entry is null. */
    public final boolean isNull(int row) {
        return nulls != null && nulls[row];
    }

    /** An entry in the boxed form {@link io.millrace.table.type.DataType} says, null for a null; for what is not hot. */
    public final @Nullable Object get(int row) {
        return isNull(row) ? null : value(row);
    }

    /**
     * Some entries, in the order asked for; an entry may be asked for more than once.
     *
     * @param rows the places; a negative one gives null, as an outer join needs it
     * @param count how many of {@code rows} count
     */
    public abstract Column gather(int[] rows, int count);

    /** An entry that is not null, boxed. */
    abstract Object value(int row);

    /** The nulls of gathered entries; null if there are none. */
    final boolean @Nullable [] gatherNulls(int[] rows, int count) {
        boolean[] gathered = null;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row < 0 || (nulls != null && nulls[row])) {
                if (gathered == null) {
                    gathered = new boolean[count];
                }
                gathered[i] = true;
            }
        }
        return gathered;
    }
}
