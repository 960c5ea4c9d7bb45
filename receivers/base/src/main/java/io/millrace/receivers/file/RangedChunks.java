// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import akka.util.ByteString;
import io.millrace.receiver.TextChunk;
import java.util.List;
import java.util.Optional;

/** Gives the chunks of a piece of a file the ranges that they are. Not thread-safe. */
final class RangedChunks {

    private final TakenFile file;
    private long end;

    RangedChunks(TakenFile file) {
        this.file = file;
        this.end = file.from();
    }

    /** The chunk with its position in the file; of a last line without an end the newline is not in the file. */
    TextChunk next(TextChunk chunk) {
        List<TextChunk.Rejected> rejected = chunk.rejected().stream()
                .map(line -> new TextChunk.Rejected(
                        line.origin(), line.position() + file.from(), line.length(), line.prefix(), line.crc32c()))
                .toList();
        long start = end;
        long position = chunk.position() + file.from();
        end = Math.min(file.to(), position + chunk.lines().length());
        return new TextChunk(
                chunk.lines(),
                chunk.origin(),
                position,
                rejected,
                Optional.of(file.range(start, Math.max(start, end))));
    }

    /** A chunk of nothing but a range. */
    static TextChunk mark(TakenFile mark) {
        return new TextChunk(
                ByteString.emptyByteString(),
                mark.origin(),
                0,
                List.of(),
                Optional.of(mark.range(mark.from(), mark.to())));
    }
}
