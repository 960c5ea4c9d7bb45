// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.wire;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * How strings become bytes: a number that is four times the length in bytes plus the encoding, and the bytes.
 *
 * <p>Latin-1 where every character has one byte there, else UTF-8. A string with an unpaired surrogate has no UTF-8;
 * it goes as UTF-16, since a user's value must come back as it was.
 */
final class StringForm {

    private static final int LATIN_1 = 0;
    private static final int UTF_8 = 1;
    private static final int UTF_16 = 2;

    /** What a lenient decoder puts in place of bytes that are no UTF-8. */
    private static final char REPLACEMENT = '\uFFFD';

    private StringForm() {}

    static void write(String value, WireOutput out) {
        int length = value.length();
        if (isLatin1(value)) {
            writeHeader(length, LATIN_1, out);
            out.writeRaw(value.getBytes(StandardCharsets.ISO_8859_1), 0, length);
        } else if (hasUnpairedSurrogate(value)) {
            writeHeader(2L * length, UTF_16, out);
            writeUtf16(value, out);
        } else {
            byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
            writeHeader(encoded.length, UTF_8, out);
            out.writeRaw(encoded, 0, encoded.length);
        }
    }

    static String read(WireInput in) {
        int start = in.position();
        long header = in.readVarLong();
        int length = in.checkedLength(header >>> 2, "a string");
        int at = in.position();
        in.skip(length);
        byte[] bytes = in.array();
        return switch ((int) (header & 3)) {
            case LATIN_1 -> new String(bytes, at, length, StandardCharsets.ISO_8859_1);
            case UTF_8 -> utf8(bytes, at, length);
            case UTF_16 -> utf16(bytes, at, length);
            default -> throw new WireException("A string of encoding 0..2 was expected at byte " + start + ", not 3");
        };
    }

    private static void writeHeader(long length, int encoding, WireOutput out) {
        out.writeVarLong(length << 2 | encoding);
        out.makeRoom(length);
    }

    private static boolean isLatin1(String value) {
        int bits = 0;
        for (int i = 0; i < value.length(); i++) {
            bits |= value.charAt(i);
        }
        return bits <= 0xFF;
    }

    private static boolean hasUnpairedSurrogate(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean paired = Character.isHighSurrogate(c)
                        && i + 1 < value.length()
                        && Character.isLowSurrogate(value.charAt(i + 1));
                if (!paired) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    private static void writeUtf16(String value, WireOutput out) {
        for (int i = 0; i < value.length(); i++) {
            out.writeByte(value.charAt(i));
            out.writeByte(value.charAt(i) >>> 8);
        }
    }

    private static String utf8(byte[] bytes, int at, int length) {
        String decoded = new String(bytes, at, length, StandardCharsets.UTF_8);
        if (decoded.indexOf(REPLACEMENT) >= 0) {
            requireWellFormed(StandardCharsets.UTF_8, bytes, at, length);
        }
        return decoded;
    }

    private static void requireWellFormed(Charset charset, byte[] bytes, int at, int length) {
        try {
            charset.newDecoder().decode(ByteBuffer.wrap(bytes, at, length));
        } catch (CharacterCodingException e) {
            throw new WireException(
                    "A string of " + length + " bytes in " + charset + " was expected at byte " + at, e);
        }
    }

    private static String utf16(byte[] bytes, int at, int length) {
        if (length % 2 != 0) {
            throw new WireException(
                    "A string in UTF-16 at byte " + at + " must have an even length, but it is " + length);
        }
        char[] chars = new char[length / 2];
        for (int i = 0; i < chars.length; i++) {
            chars[i] = (char) ((bytes[at + 2 * i] & 0xFF) | (bytes[at + 2 * i + 1] & 0xFF) << 8);
        }
        return new String(chars);
    }
}
