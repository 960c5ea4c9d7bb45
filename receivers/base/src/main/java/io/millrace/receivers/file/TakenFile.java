// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import io.millrace.receiver.OffsetRange;
import java.nio.file.Path;

/**
 * A piece of a file that is to be read; or a mark, of which nothing is read and only the range is delivered.
 *
 * @param path where it is
 * @param origin its name in positions and errors
 * @param split its name as a numbered part of the source
 * @param from where reading begins: what comes before counts as received
 * @param to up to where it is read
 * @param known whether it was seen in an earlier life of the receiver, so that it has to be looked at whether it is still the same
 */
record TakenFile(Path path, String origin, String split, long from, long to, boolean known) {

    /** The file of this name was never to be read, or is forgotten: only its range goes with the next block. */
    static TakenFile mark(OffsetRange range) {
        return new TakenFile(Path.of(""), "", range.split(), range.from(), range.to(), false);
    }

    /** True if there is nothing to read. */
    boolean isMark() {
        return from == to;
    }

    /** The range of it up to there. */
    OffsetRange range(long start, long end) {
        return new OffsetRange(split, start, Math.min(end, to));
    }
}
