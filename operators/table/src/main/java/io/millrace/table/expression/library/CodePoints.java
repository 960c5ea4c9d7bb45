// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.expression.library;

import io.millrace.table.data.Utf8;
import io.millrace.table.expression.Failures;
import java.util.Arrays;

/** Strings by code points, without decoding them. */
final class CodePoints {

    private CodePoints() {}

    /** How many code points there are. */
    static int count(Utf8 text) {
        byte[] bytes = text.bytes();
        int end = text.start() + text.length();
        int count = 0;
        for (int i = text.start(); i < end; i++) {
            if ((bytes[i] & 0xc0) != 0x80) {
                count++;
            }
        }
        return count;
    }

    /** How many bytes the code point has whose first byte this is. */
    static int width(byte first) {
        if (first >= 0) {
            return 1;
        }
        return (first & 0xe0) == 0xc0 ? 2 : (first & 0xf0) == 0xe0 ? 3 : (first & 0xf8) == 0xf0 ? 4 : 1;
    }

    /** The byte, counted from the start of the text, at which a code point begins, counted from 0; the end if there are fewer. */
    static int offset(Utf8 text, int point) {
        byte[] bytes = text.bytes();
        int start = text.start();
        int at = 0;
        for (int i = 0; i < point && at < text.length(); i++) {
            at += width(bytes[start + at]);
        }
        return Math.min(at, text.length());
    }

    /** A part of the text by code points from 0, the end excluded; places beyond it count as its end. */
    static Utf8 slice(Utf8 text, int from, int to) {
        if (from >= to) {
            return Utf8.EMPTY;
        }
        int first = offset(text, from);
        Utf8 rest = bytes(text, first, text.length());
        return to == Integer.MAX_VALUE ? rest : bytes(rest, 0, offset(rest, to - from));
    }

    /** A part of the text by bytes from 0, the end excluded. */
    static Utf8 bytes(Utf8 text, int from, int to) {
        return from == 0 && to == text.length() ? text : new Utf8(text.bytes(), text.start() + from, to - from);
    }

    /** The byte at which a text occurs first, from a byte on; -1 if it does not. */
    static int find(Utf8 text, Utf8 part, int from) {
        byte[] a = text.bytes();
        byte[] b = part.bytes();
        for (int i = Math.max(from, 0); i <= text.length() - part.length(); i++) {
            int at = text.start() + i;
            if (Arrays.equals(a, at, at + part.length(), b, part.start(), part.start() + part.length())) {
                return i;
            }
        }
        return -1;
    }

    /** The byte at which a text occurs last, at a byte or before it; -1 if it does not. */
    static int findLast(Utf8 text, Utf8 part, int from) {
        byte[] a = text.bytes();
        byte[] b = part.bytes();
        for (int i = Math.min(from, text.length() - part.length()); i >= 0; i--) {
            int at = text.start() + i;
            if (Arrays.equals(a, at, at + part.length(), b, part.start(), part.start() + part.length())) {
                return i;
            }
        }
        return -1;
    }

    /** How many code points the first bytes are. */
    static int countBefore(Utf8 text, int bytes) {
        return count(new Utf8(text.bytes(), text.start(), bytes));
    }

    /** Whether all bytes are of ASCII. */
    static boolean isAscii(Utf8 text) {
        byte[] bytes = text.bytes();
        int end = text.start() + text.length();
        for (int i = text.start(); i < end; i++) {
            if (bytes[i] < 0) {
                return false;
            }
        }
        return true;
    }

    /** Several texts as one. */
    static Utf8 join(Utf8... parts) {
        long bytes = 0;
        for (Utf8 part : parts) {
            bytes += part.length();
        }
        int length = length("a text of several", bytes);
        byte[] all = new byte[length];
        int at = 0;
        for (Utf8 part : parts) {
            System.arraycopy(part.bytes(), part.start(), all, at, part.length());
            at += part.length();
        }
        return new Utf8(all, 0, length);
    }

    /** The text several times; empty if that is not more than 0. */
    static Utf8 repeat(Utf8 text, int times) {
        if (times <= 0 || text.length() == 0) {
            return Utf8.EMPTY;
        }
        byte[] all = new byte[length("a text " + times + " times", (long) text.length() * times)];
        for (int i = 0; i < times; i++) {
            System.arraycopy(text.bytes(), text.start(), all, i * text.length(), text.length());
        }
        return new Utf8(all, 0, all.length);
    }

    private static int length(String what, long bytes) {
        if (bytes > Failures.MOST_BYTES) {
            throw Failures.tooLong(what, bytes);
        }
        return (int) bytes;
    }

    /** A copy of the bytes. */
    static byte[] copy(Utf8 text) {
        return Arrays.copyOfRange(text.bytes(), text.start(), text.start() + text.length());
    }

    /** Bytes as a text; they must not change. */
    static Utf8 of(byte[] bytes) {
        return new Utf8(bytes, 0, bytes.length);
    }
}
