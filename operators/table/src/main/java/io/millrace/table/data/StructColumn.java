// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import org.jspecify.annotations.Nullable;

/** Structs, field by field. */
public final class StructColumn extends Column {

    private final Column[] fields;

    /** Takes the array over. */
    public StructColumn(Column[] fields, boolean @Nullable [] nulls) {
        super(nulls);
        this.fields = fields;
    }

    /** The columns of the fields, in order. */
    public Column[] fields() {
        return fields;
    }

    @Override
    public StructColumn gather(int[] rows, int count) {
        Column[] gathered = new Column[fields.length];
        for (int i = 0; i < gathered.length; i++) {
            gathered[i] = fields[i].gather(rows, count);
        }
        return new StructColumn(gathered, gatherNulls(rows, count));
    }

    @Override
    Object value(int row) {
        Object[] values = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) {
            values[i] = fields[i].get(row);
        }
        return values;
    }
}
