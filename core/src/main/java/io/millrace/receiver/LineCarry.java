// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.util.ByteString;
import java.util.Arrays;

/**
 * The beginning of a line whose end has not come yet.
 *
 * <p>It grows by doubling, so that a line may come byte by byte, and gives a large buffer away with the line, so that an
 * idle connection holds at most 4 KiB for its next line. Not thread-safe.
 */
final class LineCarry {

    /** Lines up to here are copied into one array, which is quicker to read than two. */
    private static final int COPIED_BYTES = 8 << 10;

    private static final int REUSED_BYTES = 4 << 10;
    private static final int FIRST_BYTES = 64;
    private static final byte[] NOTHING = {};

    private final int maxBytes;
    private byte[] buffer = NOTHING;
    private int length;

    /** An empty one that takes up to so many bytes. */
    LineCarry(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    int length() {
        return length;
    }

    /** True if the last byte carried is this one. */
    boolean endsWith(char last) {
        return length > 0 && buffer[length - 1] == last;
    }

    /** Adds {@code bytes[from]} to {@code bytes[to - 1]}. */
    void append(byte[] bytes, int from, int to) {
        int total = length + to - from;
        if (total > buffer.length) {
            long doubled = Math.max(FIRST_BYTES, 2L * buffer.length);
            buffer = Arrays.copyOf(buffer, (int) Math.max(total, Math.min(maxBytes, doubled)));
        }
        System.arraycopy(bytes, from, buffer, length, to - from);
        length = total;
    }

    /** All that was carried, then {@code bytes[from]} to {@code bytes[to - 1]}; nothing is carried after that. */
    ByteString takeWith(byte[] bytes, int from, int to) {
        ByteString rest = ByteString.fromArrayUnsafe(bytes, from, to - from);
        if (length == 0) {
            return rest;
        }
        int total = length + to - from;
        if (total <= COPIED_BYTES) {
            byte[] joined = Arrays.copyOf(buffer, total);
            System.arraycopy(bytes, from, joined, length, to - from);
            clear();
            return ByteString.fromArrayUnsafe(joined);
        }
        ByteString front = length > REUSED_BYTES
                ? ByteString.fromArrayUnsafe(buffer, 0, length)
                : ByteString.fromArrayUnsafe(Arrays.copyOf(buffer, length));
        clear();
        return front.concat(rest);
    }

    /** Moves all that was carried to a line that became too long. */
    void moveTo(OverlongLine line) {
        line.add(buffer, 0, length);
        clear();
    }

    private void clear() {
        length = 0;
        if (buffer.length > REUSED_BYTES) {
            buffer = NOTHING;
        }
    }
}
