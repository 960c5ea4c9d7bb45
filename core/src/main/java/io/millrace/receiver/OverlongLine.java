// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.util.ByteString;
import java.util.zip.CRC32C;

/**
 * A line that is longer than allowed: its bytes are counted and summed while they pass, and only the first 128 are kept.
 *
 * <p>A carriage return counts only once another byte follows it, since before the newline it belongs to the line's end.
 * Not thread-safe.
 */
final class OverlongLine {

    private static final int PREFIX_BYTES = 128;
    private static final byte[] CARRIAGE_RETURN = {'\r'};

    private final long position;
    private final CRC32C crc = new CRC32C();
    private final byte[] prefix = new byte[PREFIX_BYTES];
    private long length;
    private boolean carriageReturnHeld;

    /**
     * A line of which nothing has come yet.
     *
     * @param position where it begins in the origin, in bytes from 0
     */
    OverlongLine(long position) {
        this.position = position;
    }

    /** Adds {@code bytes[from]} to {@code bytes[to - 1]}. */
    void add(byte[] bytes, int from, int to) {
        if (from == to) {
            return;
        }
        if (carriageReturnHeld) {
            count(CARRIAGE_RETURN, 0, 1);
        }
        carriageReturnHeld = bytes[to - 1] == '\r';
        count(bytes, from, carriageReturnHeld ? to - 1 : to);
    }

    /** How many bytes of it have come. */
    long bytes() {
        return carriageReturnHeld ? length + 1 : length;
    }

    /** What is told about it once it ended. */
    TextChunk.Rejected rejected(String origin) {
        ByteString start = ByteString.fromArray(prefix, 0, (int) Math.min(length, PREFIX_BYTES));
        return new TextChunk.Rejected(origin, position, length, start, (int) crc.getValue());
    }

    private void count(byte[] bytes, int from, int to) {
        if (length < PREFIX_BYTES) {
            System.arraycopy(bytes, from, prefix, (int) length, (int) Math.min(PREFIX_BYTES - length, to - from));
        }
        crc.update(bytes, from, to - from);
        length += to - from;
    }
}
