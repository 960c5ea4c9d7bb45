// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import io.millrace.table.type.AtomicType;
import io.millrace.table.type.DataType;
import io.millrace.table.type.StructType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a column. For one thread; to be used once. */
public abstract sealed class ColumnBuilder
        permits IntBuilder, LongBuilder, FloatBuilder, DoubleBuilder, Utf8Builder, StructBuilder, ObjectBuilder {

    private boolean @Nullable [] nulls;
    private int size;

    /** For entries of a type, with room for so many at first; it grows. */
    public static ColumnBuilder of(DataType type, int capacity) {
        if (type instanceof AtomicType atomic) {
            return switch (atomic) {
                case BOOLEAN -> new IntBuilder(true, capacity);
                case BYTE, SHORT, INT, DATE, YEAR_MONTH_INTERVAL -> new IntBuilder(false, capacity);
                case LONG, TIMESTAMP, DAY_TIME_INTERVAL -> new LongBuilder(capacity);
                case FLOAT -> new FloatBuilder(capacity);
                case DOUBLE -> new DoubleBuilder(capacity);
                case STRING -> new Utf8Builder(false, capacity);
                case BINARY -> new Utf8Builder(true, capacity);
                case NULL -> new ObjectBuilder(capacity);
            };
        }
        return type instanceof StructType struct ? new StructBuilder(struct, capacity) : new ObjectBuilder(capacity);
    }

    /** How many entries there are. */
    public final int size() {
        return size;
    }

    /** Appends a null. */
    public final void appendNull() {
        blank();
        markNull(size++);
    }

    /** Appends an entry in the boxed form {@link DataType} says. */
    public final void append(@Nullable Object value) {
        if (value == null) {
            appendNull();
        } else {
            put(value);
            size++;
        }
    }

    /** Appends an entry of a column of the same type. */
    public final void appendFrom(Column column, int row) {
        if (column.isNull(row)) {
            appendNull();
        } else {
            copy(column, row);
            size++;
        }
    }

    /** Appends the entries of a column of the same type from one place up to but without another. */
    public void appendRange(Column column, int from, int to) {
        for (int row = from; row < to; row++) {
            appendFrom(column, row);
        }
    }

    /** The column. */
    public final Column build() {
        return build(nulls == null ? null : Arrays.copyOf(nulls, size));
    }

    /** A column of the entries there are now, over the arrays of the builder; entries may be appended afterwards all the same. */
    final Column view() {
        return view(nulls == null ? null : Arrays.copyOf(nulls, size));
    }

    Column view(boolean @Nullable [] nullsOfAll) {
        return build(nullsOfAll);
    }

    /** Room for an entry whose value does not matter. */
    abstract void blank();

    abstract void put(Object value);

    abstract void copy(Column column, int row);

    abstract Column build(boolean @Nullable [] nullsOfAll);

    /** Counts an entry that a subclass has put. */
    final void added() {
        size++;
    }

    /** Counts entries that a subclass has put, with the nulls of where they come from. */
    final void added(Column column, int from, int to) {
        boolean[] others = column.nulls();
        for (int row = from; others != null && row < to; row++) {
            if (others[row]) {
                markNull(size + row - from);
            }
        }
        size += to - from;
    }

    /** The capacity to grow to so that there is room for {@code needed}. */
    static int grown(int capacity, int needed) {
        return Math.max(needed, Math.max(16, capacity + (capacity >> 1)));
    }

    /** Whether so much of an array is not used that a column gets a shorter copy of it, and not the array. */
    static boolean isRoomy(int capacity, int used) {
        return used < capacity - (capacity >> 2);
    }

    private void markNull(int row) {
        boolean[] marks = nulls;
        if (marks == null) {
            marks = new boolean[Math.max(16, row + 1)];
            nulls = marks;
        } else if (row >= marks.length) {
            marks = Arrays.copyOf(marks, grown(marks.length, row + 1));
            nulls = marks;
        }
        marks[row] = true;
    }
}
