// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of an {@link IntColumn}. */
public final class IntBuilder extends ColumnBuilder {

    private final boolean logical;
    private int[] values;

    IntBuilder(boolean logical, int capacity) {
        this.logical = logical;
        values = new int[capacity];
    }

    /** Appends a value. */
    public void appendInt(int value) {
        room(size() + 1);
        values[size()] = value;
        added();
    }

    /** Appends a boolean. */
    public void appendBoolean(boolean value) {
        appendInt(value ? 1 : 0);
    }

    @Override
    public void appendRange(Column column, int from, int to) {
        room(size() + to - from);
        System.arraycopy(((IntColumn) column).values(), from, values, size(), to - from);
        added(column, from, to);
    }

    @Override
    void blank() {
        room(size() + 1);
    }

    @Override
    void put(Object value) {
        room(size() + 1);
        values[size()] = value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).intValue();
    }

    @Override
    void copy(Column column, int row) {
        room(size() + 1);
        values[size()] = ((IntColumn) column).values()[row];
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        return new IntColumn(
                isRoomy(values.length, size()) ? Arrays.copyOf(values, size()) : values, logical, nullsOfAll);
    }

    @Override
    Column view(boolean @Nullable [] nullsOfAll) {
        return new IntColumn(values, logical, nullsOfAll);
    }

    private void room(int needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, grown(values.length, needed));
        }
    }
}
