// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import io.millrace.receiver.OffsetRange;
import java.util.List;

/**
 * What is known of a block besides its content.
 *
 * @param id its name
 * @param bytes its size in memory, as counted against the bounds
 * @param records how many records it holds, or -1 if they have not been counted (text)
 * @param firstMicros when its first byte or record came, in microseconds since the epoch
 * @param sealedMicros when it was cut
 * @param storedMicros when its last copy was confirmed; 0 before that
 * @param ranges what its records are in the source's own numbers; none if it has no numbers
 */
public record BlockInfo(
        BlockId id,
        long bytes,
        long records,
        long firstMicros,
        long sealedMicros,
        long storedMicros,
        List<OffsetRange> ranges) {

    /** Copies the ranges. */
    public BlockInfo {
        ranges = List.copyOf(ranges);
    }

    /** A block of a source that numbers nothing. */
    public BlockInfo(BlockId id, long bytes, long records, long firstMicros, long sealedMicros, long storedMicros) {
        this(id, bytes, records, firstMicros, sealedMicros, storedMicros, List.of());
    }

    /** The same, stored at this time. */
    public BlockInfo storedAt(long micros) {
        return new BlockInfo(id, bytes, records, firstMicros, sealedMicros, micros, ranges);
    }
}
