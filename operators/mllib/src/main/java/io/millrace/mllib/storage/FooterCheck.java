// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.EOFException;
import java.io.IOException;

/**
 * Walks the footer of a Parquet file, which is a struct in Thrift's compact form, and holds every length in it against
 * the bytes that are left. Without that, a few bytes could make the reader allocate a list of a billion elements.
 */
final class FooterCheck {

    private static final int MAX_DEPTH = 32;

    private final byte[] bytes;
    private final int end;
    private int at;

    private FooterCheck(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.end = end;
        at = start;
    }

    static void check(byte[] bytes) throws IOException {
        int length = bytes.length;
        if (length < 12 || !magic(bytes, 0) || !magic(bytes, length - 4)) {
            throw new IOException(length + " bytes that do not begin and end with PAR1");
        }
        int footer = (bytes[length - 8] & 0xff)
                | (bytes[length - 7] & 0xff) << 8
                | (bytes[length - 6] & 0xff) << 16
                | (bytes[length - 5] & 0xff) << 24;
        if (footer < 0 || footer > length - 12) {
            throw new IOException("a footer of " + footer + " bytes in a file of " + length);
        }
        new FooterCheck(bytes, length - 8 - footer, length - 8).struct(0);
    }

    private static boolean magic(byte[] bytes, int at) {
        return bytes[at] == 'P' && bytes[at + 1] == 'A' && bytes[at + 2] == 'R' && bytes[at + 3] == '1';
    }

    private void struct(int depth) throws IOException {
        for (int header = next(); header != 0; header = next()) {
            if ((header & 0xf0) == 0) {
                varint();
            }
            int type = header & 0x0f;
            // the value of a boolean field is its type
            if (type != 1 && type != 2) {
                element(type, depth);
            }
        }
    }

    private void element(int type, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("a footer nested deeper than " + MAX_DEPTH);
        }
        switch (type) {
            case 1, 2, 3 -> skip(1);
            case 4, 5, 6 -> varint();
            case 7 -> skip(8);
            case 8 -> skip(varint());
            case 9, 10 -> list(depth + 1);
            case 11 -> map(depth + 1);
            case 12 -> struct(depth + 1);
            default -> throw new IOException("type " + type + " in the footer");
        }
    }

    private void list(int depth) throws IOException {
        int header = next();
        long size = (long) header >>> 4;
        if (size == 15) {
            size = varint();
        }
        if (size < 0 || size > end - at) {
            throw new IOException(
                    "a list of " + size + " elements in the footer, which has " + (end - at) + " bytes left");
        }
        for (long i = 0; i < size; i++) {
            element(header & 0x0f, depth);
        }
    }

    private void map(int depth) throws IOException {
        long size = varint();
        if (size < 0 || size > end - at) {
            throw new IOException("a map of " + size + " entries in the footer");
        }
        if (size > 0) {
            int types = next();
            for (long i = 0; i < size; i++) {
                element(types >>> 4, depth);
                element(types & 0x0f, depth);
            }
        }
    }

    private int next() throws IOException {
        skip(1);
        return bytes[at - 1] & 0xff;
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int part = next();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                return value;
            }
        }
        throw new IOException("a number of more than 64 bits in the footer");
    }

    private void skip(long count) throws IOException {
        if (count < 0 || count > end - at) {
            throw new EOFException("the footer ends " + (count - (end - at)) + " bytes early");
        }
        at += (int) count;
    }
}
