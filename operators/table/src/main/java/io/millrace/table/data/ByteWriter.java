// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;

/** Bytes that grow, with numbers in few of them. */
final class ByteWriter {

    private byte[] bytes = new byte[64];
    private int size;

    void writeByte(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    /** A number that is mostly small and never negative, in 1 to 10 bytes. */
    void writeUnsigned(long value) {
        room(10);
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** A number that is mostly near 0. */
    void writeSigned(long value) {
        writeUnsigned((value << 1) ^ (value >> 63));
    }

    /** The lowest bytes of a number, the lowest first. */
    void writeFixed(long value, int width) {
        room(width);
        for (int i = 0; i < width; i++) {
            bytes[size++] = (byte) (value >>> (8 * i));
        }
    }

    void writeBytes(byte[] from, int start, int length) {
        room(length);
        System.arraycopy(from, start, bytes, size, length);
        size += length;
    }

    int size() {
        return size;
    }

    /** Begins anew, with the room there is. */
    void clear() {
        size = 0;
    }

    void copyTo(byte[] target, int start) {
        System.arraycopy(bytes, 0, target, start, size);
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        int needed = Math.addExact(size, more);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, ColumnBuilder.grown(bytes.length, needed));
        }
    }
}
