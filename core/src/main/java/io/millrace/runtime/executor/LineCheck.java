// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.FailedRecord;
import io.millrace.operator.RecordFailure;
import io.millrace.receiver.TextChunk;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Decides about lines that are too long or not UTF-8; asked only where one is suspected. */
final class LineCheck {

    /** The longest line, in bytes. */
    final int maxLineBytes;

    private final MalformedText malformed;
    private final NodeGuard guard;
    private final Chain chain;
    private final int node;

    LineCheck(int maxLineBytes, MalformedText malformed, int node, NodeGuard guard, Chain chain) {
        this.maxLineBytes = maxLineBytes;
        this.malformed = malformed;
        this.node = node;
        this.guard = guard;
        this.chain = chain;
    }

    /** So many lines were read. */
    void lines(long count) {
        chain.counts().records(count);
    }

    /** True if the line is to be processed, all the same. */
    boolean passes(byte[] bytes, int from, int to, String line) throws RecordFailure {
        if (to - from > maxLineBytes) {
            chain.counts().rejected();
            setAside(line, "the line has " + (to - from) + " bytes, more than max-line-bytes = " + maxLineBytes, line);
            return false;
        }
        if (isUtf8(bytes, from, to)) {
            return true;
        }
        chain.counts().malformed();
        String cause = "the line is not UTF-8";
        switch (malformed) {
            case REPLACE -> {
                return true;
            }
            case DEAD_LETTER -> {
                setAside(line, cause, Arrays.copyOfRange(bytes, from, to));
                return false;
            }
            case FAIL -> throw new RecordFailure(node, guard.describe(line, cause), new CharacterCodingException());
        }
        return true;
    }

    /** A line that the receiver did not take. */
    void rejected(TextChunk.Rejected line) {
        chain.counts().rejected();
        String prefix = line.prefix().utf8String();
        FailedRecord failed = guard.describe(
                prefix,
                "the line at " + line.origin() + " byte " + line.position() + " has " + line.length()
                        + " bytes, more than max-line-bytes = " + maxLineBytes + " (crc32c "
                        + Integer.toHexString(line.crc32c()) + ")");
        chain.counts().deadLettered();
        chain.deadLetter(new DeadLetter(failed, new CutLine(prefix, line.length(), line.crc32c())));
    }

    private void setAside(String line, String cause, Object record) {
        chain.counts().deadLettered();
        chain.deadLetter(new DeadLetter(guard.describe(line, cause), record));
    }

    private static boolean isUtf8(byte[] bytes, int from, int to) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, to - from));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
