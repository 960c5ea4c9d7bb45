// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a {@link DoubleColumn}. */
public final class DoubleBuilder extends ColumnBuilder {

    private double[] values;

    DoubleBuilder(int capacity) {
        values = new double[capacity];
    }

    /** Appends a value. */
    public void appendDouble(double value) {
        room(size() + 1);
        values[size()] = value;
        added();
    }

    @Override
    public void appendRange(Column column, int from, int to) {
        room(size() + to - from);
        System.arraycopy(((DoubleColumn) column).values(), from, values, size(), to - from);
        added(column, from, to);
    }

    @Override
    void blank() {
        room(size() + 1);
    }

    @Override
    void put(Object value) {
        room(size() + 1);
        values[size()] = (Double) value;
    }

    @Override
    void copy(Column column, int row) {
        room(size() + 1);
        values[size()] = ((DoubleColumn) column).values()[row];
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        return new DoubleColumn(isRoomy(values.length, size()) ? Arrays.copyOf(values, size()) : values, nullsOfAll);
    }

    @Override
    Column view(boolean @Nullable [] nullsOfAll) {
        return new DoubleColumn(values, nullsOfAll);
    }

    private void room(int needed) {
        if (needed > values.length) {
            values = Arrays.copyOf(values, grown(values.length, needed));
        }
    }
}
