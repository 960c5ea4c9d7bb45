// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a {@link LongColumn}. */
public final class LongBuilder extends ColumnBuilder {

    private long[] values;

    LongBuilder(int capacity) {
        values = new long[capacity];
    }

    /** Appends a value. */
    public void appendLong(long value) {
        room(size() + 1);
        values[size()] = value;
        added();
    }

    @Override
    public void appendRange(Column column, int from, int to) {
        room(size() + to - from);
        System.arraycopy(((LongColumn) column).values(), from, values, size(), to - from);
        added(column, from, to);
    }

    @Override
    void blank() {
        room(size() + 1);
    }

    @Override
    void put(Object value) {
        room(size() + 1);
        values[size()] = (Long) value;
    }

    @Override
    void copy(Column column, int row) {
        room(size() + 1);
        values[size()] = ((LongColumn) column).values()[row];
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        return new LongColumn(isRoomy(values.length, size()) ? Arrays.copyOf(values, size()) : values, nullsOfAll);
    }

    @Override
    Column view(boolean @Nullable [] nullsOfAll) {
        return new LongColumn(values, nullsOfAll);
    }

    private void room(int needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, grown(values.length, needed));
        }
    }
}
