// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** The files that no longer count: segments that the newest header does not name, and what was never finished. */
final class Leftovers {

    private static final String UNFINISHED = ".tmp";

    private Leftovers() {}

    /** Deletes what came before {@code newest} and does not count. Only for one who holds the newest claim. */
    static void delete(LogStorage storage, SegmentHeader newest) throws IOException {
        Set<SegmentId> counted = new HashSet<>();
        newest.before().forEach(segment -> counted.add(segment.id()));
        for (String name : storage.list(SegmentId.DIRECTORY)) {
            boolean finished = !name.endsWith(UNFINISHED);
            String segment = finished ? name : name.substring(0, name.length() - UNFINISHED.length());
            boolean old = SegmentId.ofName(segment)
                    .filter(id -> id.compareTo(newest.id()) < 0 && !(finished && counted.contains(id)))
                    .isPresent();
            if (old) {
                storage.delete(SegmentId.DIRECTORY + "/" + name);
            }
        }
    }
}
