// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import akka.util.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Some whole lines of one connection or file, each ended by a newline.
 *
 * @param lines the bytes; empty, or the last byte is a newline
 * @param origin where they come from, such as {@code 127.0.0.1:51234}; lines of one origin arrive in order
 * @param position where the first of these bytes stands in the origin, in bytes from 0
 * @param rejected what was taken out before these lines because it was too long
 * @param range what the lines are in the source's own numbers, if it has any; such a chunk is never divided between two blocks
 */
public record TextChunk(
        ByteString lines, String origin, long position, List<Rejected> rejected, Optional<OffsetRange> range) {

    /** Copies the list. */
    public TextChunk {
        rejected = List.copyOf(rejected);
    }

    /** Lines of a source that numbers nothing. */
    public TextChunk(ByteString lines, String origin, long position, List<Rejected> rejected) {
        this(lines, origin, position, rejected, Optional.empty());
    }

    /**
     * A line that was longer than allowed and therefore not taken.
     *
     * @param origin where it comes from
     * @param position where it begins in the origin, in bytes from 0
     * @param length how long it was, in bytes, without its end
     * @param prefix its first bytes, at most 128
     * @param crc32c the CRC32C of all its bytes
     */
    public record Rejected(String origin, long position, long length, ByteString prefix, int crc32c) {}
}
