// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

/**
 * Reads the hybrid of repeated and packed numbers in which levels and places in dictionaries are written. It decodes a number
 * when it is asked for, so that a run takes no memory however long it says it is.
 */
final class RunReader {

    private final ColumnPages column;
    private final byte[] bytes;
    private final int end;
    private final int width;
    private int at;
    private long left;
    private boolean packed;
    private int repeated;
    /** Where the next packed number begins. */
    private long bit;

    /** Reads numbers of {@code width} bits from {@code start} up to {@code end}; {@code column} is for messages. */
    RunReader(ColumnPages column, byte[] bytes, int start, int end, int width) {
        if (width > 32) {
            throw column.failure("has a page with values of " + width + " bits");
        }
        this.column = column;
        this.bytes = bytes;
        this.end = end;
        this.width = width;
        at = start;
    }

    int next() {
        if (left == 0) {
            run();
        }
        left--;
        return packed ? unpack() : repeated;
    }

    private void run() {
        long header = header();
        long length = header >>> 1;
        if (length == 0) {
            throw column.failure("has a page with a run of no values");
        }
        packed = (header & 1) != 0;
        if (packed) {
            left = length * 8;
            bit = at * 8L;
            // what is cut off at the end of a page is read as zeros
            at = (int) Math.min(at + length * width, end);
        } else {
            left = length;
            repeated = 0;
            for (int shift = 0; shift < width; shift += 8) {
                repeated |= next(end) << shift;
            }
        }
    }

    private int unpack() {
        int value = 0;
        for (int found = 0; found < width; ) {
            int inByte = (int) (bit & 7);
            int taken = Math.min(8 - inByte, width - found);
            int part = bit >>> 3 < at ? bytes[(int) (bit >>> 3)] & 0xff : 0;
            value |= (part >>> inByte & (1 << taken) - 1) << found;
            found += taken;
            bit += taken;
        }
        return value;
    }

    private long header() {
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = next(end);
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw column.failure("has a page with a length of more than 32 bits");
    }

    private int next(int limit) {
        if (at >= limit) {
            throw column.failure("has a page that ends early");
        }
        return bytes[at++] & 0xff;
    }
}
