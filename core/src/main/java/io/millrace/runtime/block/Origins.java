// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import java.util.Arrays;
import java.util.List;

/**
 * Which bytes of a text block come from where: runs of bytes that follow each other in one origin.
 *
 * @param names the origin of each run
 * @param starts where each run begins in the block
 * @param positions where each run begins in its origin
 */
public record Origins(List<String> names, int[] starts, long[] positions) {

    /** Checks the lengths. */
    public Origins {
        names = List.copyOf(names);
        if (names.size() != starts.length || names.size() != positions.length) {
            throw new IllegalArgumentException("runs must have names, starts and positions alike, but have "
                    + names.size() + ", " + starts.length + " and " + positions.length);
        }
    }

    /** Where a byte of the block stands in its origin, such as {@code 127.0.0.1:51234 byte 4711}. */
    public String describe(int offset) {
        int run = Arrays.binarySearch(starts, offset);
        int at = run >= 0 ? run : -run - 2;
        return at < 0 ? "-" : names.get(at) + " byte " + (positions[at] + offset - starts[at]);
    }
}
