// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.util.Arrays;

/** Reads what a {@link ByteWriter} wrote; lengths are checked before anything is allocated. */
final class ByteReader {

    private final byte[] bytes;
    private int position;

    ByteReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int readByte() {
        need(1);
        return bytes[position++] & 0xff;
    }

    long readUnsigned() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = readByte();
            value |= (next & 0x7fL) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new IllegalArgumentException("A number of at most 10 bytes was expected before byte " + position);
    }

    long readSigned() {
        long value = readUnsigned();
        return (value >>> 1) ^ -(value & 1);
    }

    long readFixed(int width) {
        need(width);
        long value = 0;
        for (int i = 0; i < width; i++) {
            value |= (bytes[position++] & 0xffL) << (8 * i);
        }
        return value;
    }

    /** A count of things of which each has at least so many bytes; with 0, at most so many as an array can hold. */
    int readCount(int least) {
        long count = readUnsigned();
        if (count < 0 || count > Integer.MAX_VALUE - 16 || count * least > bytes.length - position) {
            throw new IllegalArgumentException("A count of " + count + " before byte " + position + " is more than "
                    + (bytes.length - position) + " bytes can hold");
        }
        return (int) count;
    }

    /** The count, if so many things of so many bytes each can still come. */
    int checked(int count, int width) {
        if ((long) count * width > bytes.length - position) {
            throw new IllegalArgumentException(count + " values of " + width + " bytes were expected at byte "
                    + position + ", there are " + (bytes.length - position) + " bytes");
        }
        return count;
    }

    byte[] readBytes(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(bytes, position - length, position);
    }

    /** What is read. */
    byte[] array() {
        return bytes;
    }

    /** Goes past so many bytes; where they begin. */
    int skip(int length) {
        need(length);
        position += length;
        return position - length;
    }

    boolean atEnd() {
        return position == bytes.length;
    }

    private void need(int count) {
        if (count > bytes.length - position) {
            throw new IllegalArgumentException(
                    count + " bytes were expected at byte " + position + ", there are " + (bytes.length - position));
        }
    }
}
