// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.nexmark;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A text of ASCII letters in an array that others may share, so that every engine can take its bytes as they are. Immutable. */
public final class Ascii {

    private final byte[] bytes;
    private final int offset;
    private final int length;

    private Ascii(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.offset = offset;
        this.length = length;
    }

    /** The letters of a string. */
    static Ascii of(String text) {
        return of(text.getBytes(StandardCharsets.US_ASCII), 0, text.length());
    }

    /** The letters of each string. */
    static Ascii[] all(String... texts) {
        return Arrays.stream(texts).map(Ascii::of).toArray(Ascii[]::new);
    }

    /** A part of an array, which must not change. */
    static Ascii of(byte[] bytes, int offset, int length) {
        return new Ascii(bytes, offset, length);
    }

    /** Where the letters are; must not be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** The place of the first. */
    public int offset() {
        return offset;
    }

    /** How many there are. */
    public int length() {
        return length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Ascii text
                && Arrays.equals(bytes, offset, offset + length, text.bytes, text.offset, text.offset + text.length);
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    @Override
    public String toString() {
        return new String(bytes, offset, length, StandardCharsets.US_ASCII);
    }
}
