// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of an {@link ObjectColumn}. */
public final class ObjectBuilder extends ColumnBuilder {

    private @Nullable Object[] values;

    ObjectBuilder(int capacity) {
        values = new @Nullable Object[capacity];
    }

    @Override
    void blank() {
        room();
    }

    @Override
    void put(Object value) {
        room();
        values[size()] = value;
    }

    @Override
    void copy(Column column, int row) {
        room();
        values[size()] = ((ObjectColumn) column).values()[row];
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        return new ObjectColumn(Arrays.copyOf(values, size()), nullsOfAll);
    }

    private void room() {
        if (size() == values.length) {
            values = Arrays.copyOf(values, grown(values.length, size() + 1));
        }
    }
}
