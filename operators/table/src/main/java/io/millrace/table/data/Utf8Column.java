// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Strings and binaries: slices of one array of bytes, in any order. */
public final class Utf8Column extends Column {

    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;
    private final boolean binary;

    /** Takes the arrays over; {@code binary} says in which form {@link #get} gives an entry. */
    public Utf8Column(byte[] bytes, int[] starts, int[] lengths, boolean binary, boolean @Nullable [] nulls) {
        super(nulls);
        this.bytes = bytes;
        this.starts = starts;
        this.lengths = lengths;
        this.binary = binary;
    }

    /** The bytes of all entries. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where each entry starts. */
    public int[] starts() {
        return starts;
    }

    /** How many bytes each has. */
    public int[] lengths() {
        return lengths;
    }

    /** Whether the entries are binaries, not strings. */
    public boolean isBinary() {
        return binary;
    }

    /** Shares the bytes: only places and lengths are copied. */
    @Override
    public Utf8Column gather(int[] rows, int count) {
        int[] gatheredStarts = new int[count];
        int[] gatheredLengths = new int[count];
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row >= 0) {
                gatheredStarts[i] = starts[row];
                gatheredLengths[i] = lengths[row];
            }
        }
        return new Utf8Column(bytes, gatheredStarts, gatheredLengths, binary, gatherNulls(rows, count));
    }

    @Override
    Object value(int row) {
        if (binary) {
            return Arrays.copyOfRange(bytes, starts[row], starts[row] + lengths[row]);
        }
        return new Utf8(bytes, starts[row], lengths[row]);
    }
}
