// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

/**
 * A segment that is finished: what comes after {@code length} is void, what comes before must be whole.
 *
 * @param id the segment
 * @param firstSequence the number of its first record, at least 1
 * @param length bytes that count, at least 1
 */
record SealedSegment(SegmentId id, long firstSequence, long length) {

    SealedSegment {
        if (firstSequence < 1 || length < 1) {
            throw new IllegalArgumentException(
                    "firstSequence and length must be at least 1: " + firstSequence + ", " + length);
        }
    }
}
