// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.state;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growable column of values that keeps longs unboxed.
 *
 * <p>As long as every value is a {@code Long}, the column is a {@code long[]}; the first other value, or null, turns it
 * into an {@code Object[]} for good, that is until it is empty again and a {@code Long} comes first. Whether the values
 * are longs is seen from outside only through {@link #isLongs}.
 *
 * <p>An index is checked against the room of the column and not against its size, since these methods are the innermost
 * of every loop. Used by one thread at a time.
 */
public final class Column {

    private static final int FIRST_ROOM = 16;
    private static final long[] NO_LONGS = {};
    private static final @Nullable Object[] NO_OBJECTS = {};

    private long[] longs = NO_LONGS;
    private @Nullable Object[] objects = NO_OBJECTS;
    private boolean unboxed = true;
    private int size;

    /** An empty column. */
    public Column() {}

    /** A column of longs, the first {@code size} of an array that the column takes over. */
    public static Column of(long[] longs, int size) {
        Column column = new Column();
        column.longs = longs;
        column.size = checkSize(size, longs.length);
        return column;
    }

    /** A column of objects, the first {@code size} of an array that the column takes over; the others must be null. */
    public static Column of(@Nullable Object[] objects, int size) {
        Column column = new Column();
        column.objects = objects;
        column.unboxed = false;
        column.size = checkSize(size, objects.length);
        return column;
    }

    /** How many values there are. */
    public int size() {
        return size;
    }

    /** True if every value is a {@code Long} and kept as a {@code long}; also while there has been no value yet. */
    public boolean isLongs() {
        return unboxed;
    }

    /** A value, boxed if it is a long. */
    public @Nullable Object get(int i) {
        return unboxed ? (Object) longs[i] : objects[i];
    }

    /** A value of a column of longs. */
    public long longAt(int i) {
        return longs[i];
    }

    /** Appends a value. */
    public void add(@Nullable Object value) {
        if (value instanceof Long number) {
            addLong(number);
        } else {
            addObject(value);
        }
    }

    /** Appends a long. */
    public void addLong(long value) {
        if (!unboxed) {
            addObject(value);
            return;
        }
        int n = size;
        if (n == longs.length) {
            longs = Arrays.copyOf(longs, roomAfter(n));
        }
        longs[n] = value;
        size = n + 1;
    }

    /** Replaces a value. */
    public void set(int i, @Nullable Object value) {
        if (value instanceof Long number) {
            setLong(i, number);
        } else {
            setObject(i, value);
        }
    }

    /** Replaces a value by a long. */
    public void setLong(int i, long value) {
        if (unboxed) {
            longs[i] = value;
        } else {
            objects[i] = value;
        }
    }

    /** Forgets all values, keeps the room; costs what was used of it. */
    public void clear() {
        truncate(0);
    }

    /** Forgets the values from {@code newSize} on. */
    public void truncate(int newSize) {
        checkSize(newSize, size);
        if (!unboxed) {
            Arrays.fill(objects, newSize, size, null);
        }
        size = newSize;
    }

    /** The array behind a column of longs, of which the first {@link #size} count; not a copy. */
    public long[] longs() {
        if (!unboxed) {
            throw new IllegalStateException("the column holds objects, not longs");
        }
        return longs;
    }

    /** The array behind a column of objects, of which the first {@link #size} count; not a copy. */
    public @Nullable Object[] objects() {
        if (unboxed) {
            throw new IllegalStateException("the column holds longs, not objects");
        }
        return objects;
    }

    /** Adds to a value of a column of longs. */
    void plus(int i, long more) {
        longs[i] += more;
    }

    /** Appends a value of another column, unboxed if it is there. */
    void addFrom(Column other, int i) {
        if (other.unboxed) {
            addLong(other.longs[i]);
        } else {
            add(other.objects[i]);
        }
    }

    /** Replaces a value by one of another column, unboxed if it is there. */
    void setFrom(int i, Column other, int j) {
        if (other.unboxed) {
            setLong(i, other.longs[j]);
        } else {
            set(i, other.objects[j]);
        }
    }

    /** Lets go of a value without moving the others. */
    void forget(int i) {
        if (unboxed) {
            longs[i] = 0;
        } else {
            objects[i] = null;
        }
    }

    /** True if two values are equal longs or the same object. */
    boolean isSame(int i, Column other, int j) {
        return (unboxed && other.unboxed) ? longs[i] == other.longs[j] : same(get(i), other.get(j));
    }

    /** Gives room away that is not used. */
    void shrink(int room) {
        if (unboxed && longs.length > room) {
            longs = Arrays.copyOf(longs, Math.max(room, size));
        } else if (objects.length > room) {
            objects = Arrays.copyOf(objects, Math.max(room, size));
        }
    }

    /** The bytes of the array behind the column. */
    long bytes() {
        return 8L * longs.length + 4L * objects.length;
    }

    static boolean same(@Nullable Object left, @Nullable Object right) {
        return left == right || (left instanceof Long && left.equals(right));
    }

    private void addObject(@Nullable Object value) {
        if (size == 0 && value instanceof Long number) {
            unboxed = true;
            objects = NO_OBJECTS;
            addLong(number);
            return;
        }
        box();
        if (size == objects.length) {
            objects = Arrays.copyOf(objects, roomAfter(size));
        }
        objects[size++] = value;
    }

    private void setObject(int i, @Nullable Object value) {
        box();
        objects[i] = value;
    }

    private void box() {
        if (unboxed) {
            @Nullable Object[] boxed = new Object[longs.length];
            for (int i = 0; i < size; i++) {
                boxed[i] = longs[i];
            }
            objects = boxed;
            longs = NO_LONGS;
            unboxed = false;
        }
    }

    private static int roomAfter(int room) {
        return Math.max(FIRST_ROOM, Math.addExact(room, room >> 1));
    }

    private static int checkSize(int size, int most) {
        if (size < 0 || size > most) {
            throw new IllegalArgumentException("size must be in 0.." + most + ", but is " + size);
        }
        return size;
    }
}
