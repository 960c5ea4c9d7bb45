// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import io.millrace.receiver.OffsetRange;
import java.nio.file.Path;
import java.util.List;

/** The pieces of files that were planned for a batch by an earlier run of the job. */
final class PlannedFiles {

    private PlannedFiles() {}

    /**
     * What is to be read for a block.
     *
     * @throws IllegalStateException if a range is none of a file
     */
    static List<TakenFile> of(List<OffsetRange> block, Path directory) {
        return block.stream().map(range -> piece(range, directory)).toList();
    }

    private static TakenFile piece(OffsetRange range, Path directory) {
        if (range.from() == range.to()) {
            return TakenFile.mark(range);
        }
        FileIdentity file = FileIdentity.of(range.split())
                .orElseThrow(() ->
                        new IllegalStateException("the planned range " + range + " is none of a file of " + directory));
        return new TakenFile(
                directory.resolve(file.name()), file.name(), range.split(), range.from(), range.to(), true);
    }
}
