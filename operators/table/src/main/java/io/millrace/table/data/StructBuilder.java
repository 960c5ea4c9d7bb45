// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.StructType;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a {@link StructColumn}. */
public final class StructBuilder extends ColumnBuilder {

    private final ColumnBuilder[] fields;

    StructBuilder(StructType type, int capacity) {
        fields = new ColumnBuilder[type.fields().size()];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = ColumnBuilder.of(type.fields().get(i).type(), capacity);
        }
    }

    /** The builder of a field; who appends to it appends to all, then calls {@link #structDone}. */
    public ColumnBuilder field(int index) {
        return fields[index];
    }

    /** Says that each field has one more entry. */
    public void structDone() {
        added();
    }

    @Override
    void blank() {
        for (ColumnBuilder field : fields) {
            field.appendNull();
        }
    }

    @Override
    void put(Object value) {
        @Nullable Object[] values = (Object[]) value;
        for (int i = 0; i < fields.length; i++) {
            fields[i].append(values[i]);
        }
    }

    @Override
    void copy(Column column, int row) {
        Column[] from = ((StructColumn) column).fields();
        for (int i = 0; i < fields.length; i++) {
            fields[i].appendFrom(from[i], row);
        }
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        Column[] built = new Column[fields.length];
        for (int i = 0; i < built.length; i++) {
            built[i] = fields[i].build();
        }
        return new StructColumn(built, nullsOfAll);
    }

    @Override
    Column view(boolean @Nullable [] nullsOfAll) {
        Column[] views = new Column[fields.length];
        for (int i = 0; i < views.length; i++) {
            views[i] = fields[i].view();
        }
        return new StructColumn(views, nullsOfAll);
    }
}
