// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.util.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where the bytes of one origin are cut: after the last newline of what has come, and around lines that are too
 * long.
 *
 * <p>It looks for newlines from the back, in windows as long as the longest line; a chunk no longer than that is so cut
 * without looking at any of its lines but the last. Not thread-safe.
 */
final class LineCutter {

    private static final byte[] NOTHING = {};

    private final String origin;
    private final int maxLineBytes;
    private final LineCarry carry;
    private final List<TextChunk.Rejected> rejected = new ArrayList<>();
    private @Nullable OverlongLine overlong;
    private byte[] chunk = NOTHING;
    private int from;
    private long position;

    LineCutter(String origin, int maxLineBytes) {
        this.origin = origin;
        this.maxLineBytes = maxLineBytes;
        this.carry = new LineCarry(maxLineBytes + 1);
    }

    /** Takes the next bytes, which must not change any more. Only when those before are {@link #exhausted}. */
    void offer(byte[] bytes) {
        chunk = bytes;
        from = 0;
    }

    /** Whether all bytes offered are cut, carried or rejected. */
    boolean exhausted() {
        return from == chunk.length;
    }

    /** The next chunk of what was offered, or null if it takes more bytes to make one. */
    @Nullable
    TextChunk next() {
        while (!exhausted()) {
            if (overlong != null) {
                skip(overlong);
                continue;
            }
            Cut cut = cut();
            TextChunk lines = cut.end > from ? chunkUpTo(cut.end) : null;
            if (!cut.beforeOverlong) {
                carry.append(chunk, from, chunk.length);
                advanceTo(chunk.length);
            } else if (lines == null) {
                overlong = new OverlongLine(unfinishedPosition());
                carry.moveTo(overlong);
            }
            if (lines != null) {
                return lines;
            }
        }
        return rejected.isEmpty() ? null : withRejected(ByteString.emptyByteString(), unfinishedPosition());
    }

    /** The last chunk after the origin ended well, with a newline added; null if nothing is left. */
    @Nullable
    TextChunk finish() {
        long start = unfinishedPosition();
        if (overlong != null) {
            rejected.add(overlong.rejected(origin));
            overlong = null;
            return withRejected(ByteString.emptyByteString(), position);
        }
        if (carry.length() == 0) {
            return null;
        }
        // a carriage return at the very end has no newline after it and is data: it must not become half of a line's
        // end
        byte[] end = carry.endsWith('\r') ? new byte[] {'\r', '\n'} : new byte[] {'\n'};
        return withRejected(carry.takeWith(end, 0, end.length), start);
    }

    /** Where the line begins whose end has not come yet, in bytes from 0. */
    long unfinishedPosition() {
        return position - unfinishedBytes();
    }

    /** How much has come of the line whose end has not come yet, in bytes. */
    long unfinishedBytes() {
        return overlong != null ? overlong.bytes() : carry.length();
    }

    /** Where the good lines at the front end, and whether a line that is too long follows. */
    private record Cut(int end, boolean beforeOverlong) {}

    private Cut cut() {
        int start = from;
        int before = carry.length();
        while (start < chunk.length) {
            long limit = (long) start + maxLineBytes - before;
            int newline = lastNewline(start, (int) Math.min(limit, chunk.length - 1L));
            if (newline < 0) {
                if (limit >= chunk.length || !isCarriageReturn((int) limit, start)) {
                    return new Cut(start, limit < chunk.length);
                }
                newline = (int) limit + 1;
                if (newline == chunk.length || chunk[newline] != '\n') {
                    return new Cut(start, newline < chunk.length);
                }
            }
            start = newline + 1;
            before = 0;
        }
        return new Cut(start, false);
    }

    private int lastNewline(int first, int last) {
        int i = last;
        while (i >= first && chunk[i] != '\n') {
            i--;
        }
        return i < first ? -1 : i;
    }

    /** A carry that is one byte too long ends in a carriage return: for nothing else it is kept. */
    private boolean isCarriageReturn(int index, int start) {
        return index < start || chunk[index] == '\r';
    }

    private void skip(OverlongLine line) {
        int newline = from;
        while (newline < chunk.length && chunk[newline] != '\n') {
            newline++;
        }
        line.add(chunk, from, newline);
        advanceTo(newline);
        if (newline < chunk.length) {
            rejected.add(line.rejected(origin));
            overlong = null;
            advanceTo(newline + 1);
        }
    }

    private TextChunk chunkUpTo(int end) {
        long start = unfinishedPosition();
        ByteString lines = carry.takeWith(chunk, from, end);
        advanceTo(end);
        return withRejected(lines, start);
    }

    private TextChunk withRejected(ByteString lines, long start) {
        TextChunk text = new TextChunk(lines, origin, start, rejected);
        rejected.clear();
        return text;
    }

    private void advanceTo(int index) {
        position += index - from;
        from = index;
        if (from == chunk.length) {
            chunk = NOTHING;
            from = 0;
        }
    }
}
