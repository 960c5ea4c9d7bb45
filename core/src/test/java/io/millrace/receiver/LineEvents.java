// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What became of some bytes, one string per event in the order of the origin: {@code 12=text} for a line at position 12,
 * {@code 12!300 prefix crc} for one rejected, {@code 12?7} for seven bytes dropped. Bytes are shown as Latin-1.
 */
final class LineEvents {

    private LineEvents() {}

    /** The events in some chunks. */
    static List<String> of(List<TextChunk> chunks) {
        List<String> events = new ArrayList<>();
        for (TextChunk chunk : chunks) {
            chunk.rejected()
                    .forEach(line -> events.add(rejected(
                            line.position(), line.length(), line.prefix().toArray(), line.crc32c())));
            byte[] bytes = chunk.lines().toArray();
            int start = 0;
            for (int i = 0; i < bytes.length; i++) {
                if (bytes[i] == '\n') {
                    events.add(line(chunk.position() + start, bytes, start, i));
                    start = i + 1;
                }
            }
            if (start != bytes.length) {
                throw new AssertionError("chunk does not end with a newline: " + chunk);
            }
        }
        return events;
    }

    /** The same by the simplest means: all bytes at once, one after the other. */
    static List<String> expected(byte[] bytes, int maxLineBytes, boolean failed) {
        List<String> events = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= bytes.length; i++) {
            boolean end = i == bytes.length;
            if (!end && bytes[i] != '\n') {
                continue;
            }
            boolean carriageReturn = i > start && bytes[i - 1] == '\r';
            int length = carriageReturn ? i - start - 1 : i - start;
            if (end && (failed || i == start)) {
                if (failed) {
                    events.add(dropped(start, i - start));
                }
            } else if (length > maxLineBytes) {
                events.add(rejected(start, bytes, start, length));
            } else {
                // a carriage return at the very end is data: another one is put before the newline that is added
                events.add(line(start, bytes, start, i) + (end && carriageReturn ? "\r" : ""));
            }
            start = i + 1;
        }
        return events;
    }

    static String line(long position, byte[] bytes, int from, int to) {
        return position + "=" + new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    static String rejected(long position, byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from, length);
        byte[] prefix = Arrays.copyOfRange(bytes, from, from + Math.min(128, length));
        return rejected(position, length, prefix, (int) crc.getValue());
    }

    static String dropped(long position, long bytes) {
        return position + "?" + bytes;
    }

    private static String rejected(long position, long length, byte[] prefix, int crc) {
        return position + "!" + length + " " + new String(prefix, StandardCharsets.ISO_8859_1) + " "
                + Integer.toHexString(crc);
    }
}
