// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

/**
 * A piece of a source that can be read again.
 *
 * @param source its name: a partition of a topic, or a file
 * @param from the first offset or byte
 * @param to the one after the last; not before {@code from}
 * @param check what tells that the source is still the one that was planned, such as size, time and checksum; may be empty
 */
public record SourceRange(String source, long from, long to, String check) {

    /** Checks the bounds. */
    public SourceRange {
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "a range goes from 0 or more to no less: " + source + " " + from + " to " + to);
        }
    }

    @Override
    public String toString() {
        return source + "[" + from + ", " + to + ")";
    }
}
