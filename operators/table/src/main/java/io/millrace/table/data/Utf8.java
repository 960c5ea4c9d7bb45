// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.data;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A string as a slice of UTF-8 bytes; ordered by bytes, which is the order of code points. The bytes must not change. */
public final class Utf8 implements Comparable<Utf8> {

    /** The empty string. */
    public static final Utf8 EMPTY = new Utf8(new byte[0], 0, 0);

    private final byte[] bytes;
    private final int start;
    private final int length;

    /** A slice. */
    public Utf8(byte[] bytes, int start, int length) {
        this.bytes = bytes;
        this.start = start;
        this.length = length;
    }

    /** The UTF-8 form of a string. */
    public static Utf8 of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new Utf8(bytes, 0, bytes.length);
    }

    /** This string in an array of its own if it is a small part of a large one; so that keeping it does not keep the large one. */
    public Utf8 owned() {
        if (bytes.length <= 2 * length + 16) {
            return this;
        }
        return new Utf8(Arrays.copyOfRange(bytes, start, start + length), 0, length);
    }

    /** The array the slice is of. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where it starts. */
    public int start() {
        return start;
    }

    /** How many bytes it has. */
    public int length() {
        return length;
    }

    @Override
    public int compareTo(Utf8 other) {
        return Arrays.compareUnsigned(
                bytes, start, start + length, other.bytes, other.start, other.start + other.length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Utf8 that
                && length == that.length
                && Arrays.equals(bytes, start, start + length, that.bytes, that.start, that.start + length);
    }

    @Override
    public int hashCode() {
        return ByteHash.of(bytes, start, length);
    }

    @Override
    public String toString() {
        return new String(bytes, start, length, StandardCharsets.UTF_8);
    }
}
