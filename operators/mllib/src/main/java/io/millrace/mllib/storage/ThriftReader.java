// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Reads structs in Thrift's compact form, as those of a Parquet file's footer and of its page headers. Every length is held
 * against the bytes that are left: without that, a few bytes could ask for a list of a billion elements.
 *
 * <p>A struct is read by a loop over {@link #field}, whose body takes or skips the value of the field it is at.
 */
final class ThriftReader {

    /** What {@link #field} answers at the end of a struct. No field has this number. */
    static final int STOP = Integer.MIN_VALUE;

    static final int I32 = 5;
    static final int BINARY = 8;
    static final int STRUCT = 12;

    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int I64 = 6;
    private static final int LIST = 9;
    private static final int MAX_DEPTH = 32;

    private final String place;
    private final byte[] bytes;
    private final int end;
    private int at;
    private int type;

    /** Reads from {@code start} up to {@code end}; {@code place} is where that is, for messages. */
    ThriftReader(String place, byte[] bytes, int start, int end) {
        this.place = place;
        this.bytes = bytes;
        this.end = end;
        at = start;
    }

    /** Where the next byte is read. */
    int position() {
        return at;
    }

    /** The number of the next field of a struct, or {@link #STOP}; {@code last} is that of the field before, 0 at first. */
    int field(int last) throws IOException {
        int header = next();
        if (header == 0) {
            return STOP;
        }
        type = header & 0x0f;
        int step = header >>> 4;
        return step == 0 ? (short) zigzag(varint()) : last + step;
    }

    boolean bool() throws IOException {
        if (type != FALSE) {
            expect(TRUE);
        }
        return type == TRUE;
    }

    int i32() throws IOException {
        expect(I32);
        return i32Element();
    }

    /** As {@link #i32}, in a list of these. */
    int i32Element() throws IOException {
        long value = zigzag(varint());
        if (value != (int) value) {
            throw new IOException("a number of more than 32 bits in " + place);
        }
        return (int) value;
    }

    long i64() throws IOException {
        expect(I64);
        return zigzag(varint());
    }

    String string() throws IOException {
        expect(BINARY);
        return stringElement();
    }

    /** As {@link #string}, in a list of these. */
    String stringElement() throws IOException {
        long length = varint();
        skip(length);
        return new String(bytes, at - (int) length, (int) length, StandardCharsets.UTF_8);
    }

    /** Begins a struct that is a field. The fields of a struct in a list follow without this. */
    void struct() throws IOException {
        expect(STRUCT);
    }

    /** Begins a list of {@code elementType} and answers how many elements follow. */
    int list(int elementType) throws IOException {
        expect(LIST);
        int header = next();
        int size = size(header);
        if (size > 0 && (header & 0x0f) != elementType) {
            throw new IOException(
                    "a list of type " + (header & 0x0f) + " in " + place + " where " + elementType + " belongs");
        }
        return size;
    }

    /** Leaves out the value of the field. */
    void skip() throws IOException {
        // the value of a boolean field is its type
        if (type != TRUE && type != FALSE) {
            element(type, 0);
        }
    }

    private void element(int elementType, int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IOException("structs nested deeper than " + MAX_DEPTH + " in " + place);
        }
        switch (elementType) {
            case 1, 2, 3 -> skip(1);
            case 4, I32, I64 -> varint();
            case 7 -> skip(8);
            case BINARY -> skip(varint());
            case LIST, 10 -> {
                int header = next();
                for (int left = size(header); left > 0; left--) {
                    element(header & 0x0f, depth + 1);
                }
            }
            case 11 -> map(depth + 1);
            case STRUCT -> {
                for (int id = field(0); id != STOP; id = field(id)) {
                    if (type != TRUE && type != FALSE) {
                        element(type, depth + 1);
                    }
                }
            }
            default -> throw new IOException("type " + elementType + " in " + place);
        }
    }

    private void map(int depth) throws IOException {
        int size = bounded(varint());
        if (size > 0) {
            int types = next();
            for (int i = 0; i < size; i++) {
                element(types >>> 4, depth);
                element(types & 0x0f, depth);
            }
        }
    }

    private int size(int listHeader) throws IOException {
        int size = listHeader >>> 4;
        return bounded(size == 15 ? varint() : size);
    }

    private int bounded(long size) throws IOException {
        if (size < 0 || size > end - at) {
            throw new IOException(
                    "a list of " + size + " elements in " + place + ", which has " + (end - at) + " bytes left");
        }
        return (int) size;
    }

    private void expect(int expected) throws IOException {
        if (type != expected) {
            throw new IOException("type " + type + " in " + place + " where " + expected + " belongs");
        }
    }

    private static long zigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
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
        throw new IOException("a number of more than 64 bits in " + place);
    }

    private int next() throws IOException {
        skip(1);
        return bytes[at - 1] & 0xff;
    }

    private void skip(long count) throws IOException {
        if (count < 0 || count > end - at) {
            throw new EOFException(place + " ends " + (count - (end - at)) + " bytes early");
        }
        at += (int) count;
    }
}
