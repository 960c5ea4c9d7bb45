// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Collects the entries of a {@link Utf8Column}. */
public final class Utf8Builder extends ColumnBuilder {

    private static final int MOST_BYTES = Integer.MAX_VALUE - 8;

    private final boolean binary;
    private int[] starts;
    private int[] lengths;
    private byte[] bytes;
    private int used;

    Utf8Builder(boolean binary, int capacity) {
        this.binary = binary;
        starts = new int[capacity];
        lengths = new int[capacity];
        bytes = new byte[8 * capacity];
    }

    /** Appends a string. */
    public void appendUtf8(Utf8 value) {
        appendBytes(value.bytes(), value.start(), value.length());
    }

    /** Appends a slice of an array, which is copied. */
    public void appendBytes(byte[] from, int start, int length) {
        slice(from, start, length);
        added();
    }

    @Override
    void blank() {
        room();
        starts[size()] = 0;
        lengths[size()] = 0;
    }

    @Override
    void put(Object value) {
        if (value instanceof Utf8 text) {
            slice(text.bytes(), text.start(), text.length());
        } else {
            byte[] all = (byte[]) value;
            slice(all, 0, all.length);
        }
    }

    @Override
    void copy(Column column, int row) {
        Utf8Column from = (Utf8Column) column;
        slice(from.bytes(), from.starts()[row], from.lengths()[row]);
    }

    @Override
    Column build(boolean @Nullable [] nullsOfAll) {
        boolean roomy = isRoomy(starts.length, size());
        return new Utf8Column(
                isRoomy(bytes.length, used) ? Arrays.copyOf(bytes, used) : bytes,
                roomy ? Arrays.copyOf(starts, size()) : starts,
                roomy ? Arrays.copyOf(lengths, size()) : lengths,
                binary,
                nullsOfAll);
    }

    @Override
    Column view(boolean @Nullable [] nullsOfAll) {
        return new Utf8Column(bytes, starts, lengths, binary, nullsOfAll);
    }

    /** Whether an entry has these bytes. */
    boolean isAt(int entry, byte[] others, int start, int length) {
        return lengths[entry] == length
                && Arrays.equals(bytes, starts[entry], starts[entry] + length, others, start, start + length);
    }

    private void slice(byte[] from, int start, int length) {
        room();
        int needed = Math.addExact(used, length);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(needed, 2L * bytes.length)));
        }
        System.arraycopy(from, start, bytes, used, length);
        starts[size()] = used;
        lengths[size()] = length;
        used = needed;
    }

    private void room() {
        if (size() == starts.length) {
            int capacity = grown(starts.length, size() + 1);
            starts = Arrays.copyOf(starts, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
    }
}
