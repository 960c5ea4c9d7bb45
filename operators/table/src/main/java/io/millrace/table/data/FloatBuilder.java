// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a {@link FloatColumn}. */
public final class FloatBuilder extends ColumnBuilder {

    private float[] values;

    FloatBuilder(int capacity) {
        values = new float[capacity];
    }

    /** Appends a value. */
    public void appendFloat(float value) {
        room(size() + 1);
        values[size()] = value;
        added();
    }

    @Override
    public void appendRange(Column column, int from, int to) {
        room(size() + to - from);
        System.arraycopy(((FloatColumn) column).values(), from, values, size(), to - from);
        added(column, from, to);
    }

    @Override
    void blank() {
        room(size() + 1);
    }

    @Override
    void put(Object value) {
        room(size() + 1);
        values[size()] = (Float) value;
    }

    @Override
    void copy(Column column, int row) {
        room(size() + 1);
        values[size()] = ((FloatColumn) column).values()[row];
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        return new FloatColumn(isRoomy(values.length, size()) ? Arrays.copyOf(values, size()) : values, nullsOfAll);
    }

    private void room(int needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, grown(values.length, needed));
        }
    }
}
