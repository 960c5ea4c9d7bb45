// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receiver;

import java.util.Map;

/**
 * A piece of a source that numbers what it has: records of a topic's partition by offset, bytes of a file by position, lines of a
 * client by sequence number.
 *
 * @param split which part of the source is numbered, such as {@code orders-3}, unique in the source
 * @param from the first number, 0 or more
 * @param to one after the last; a range from 0 to 0 says that the split is gone and may be forgotten
 */
public record OffsetRange(String split, long from, long to) {

    /** Checks the numbers. */
    public OffsetRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "a range goes from 0 or more to no less, but " + split + " goes from " + from + " to " + to);
        }
    }

    /** Notes that the source was read up to the end of this range. */
    public void moveOn(Map<String, Long> offsets) {
        if (to == 0) {
            offsets.remove(split);
        } else {
            offsets.merge(split, to, Math::max);
        }
    }

    /** {@code orders-3[100..200)}. */
    @Override
    public String toString() {
        return split + "[" + from + ".." + to + ")";
    }
}
