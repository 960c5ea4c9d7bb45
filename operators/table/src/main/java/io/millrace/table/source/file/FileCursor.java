// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.ReceiverContext;
import io.millrace.table.source.RangeCursor;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Which files of a directory a query has taken. Each file is a block of its own, so that several tasks read them. */
final class FileCursor implements RangeCursor<List<Path>> {

    /** So many files are known at most; a stream that gets more ends. */
    private static final int MOST_FILES = 1_000_000;

    private final Path directory;
    private final int mostPerBatch;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> found = new ArrayDeque<>();

    /** Nothing is taken yet. */
    FileCursor(Path directory, int mostPerBatch) {
        this.directory = directory;
        this.mostPerBatch = mostPerBatch;
    }

    @Override
    public void begin(Map<String, Long> offsets) {
        seen.clear();
        seen.addAll(offsets.keySet());
        found.clear();
    }

    @Override
    public void given(List<OffsetRange> ranges) {
        ranges.forEach(range -> seen.add(range.split()));
    }

    @Override
    public Callable<List<Path>> look() {
        return () -> FileList.of(directory);
    }

    @Override
    public void take(List<Path> files, ReceiverContext context) {
        for (Path file : files) {
            String name =
                    directory.equals(file) ? "" : directory.relativize(file).toString();
            if (seen.add(name)) {
                found.add(name);
            }
        }
        if (seen.size() > MOST_FILES) {
            throw new IllegalStateException("the stream of " + directory + " has had more than " + MOST_FILES
                    + " files, which is as many as it can tell apart");
        }
    }

    @Override
    public List<List<OffsetRange>> next() {
        List<List<OffsetRange>> blocks = new ArrayList<>();
        while (blocks.size() < mostPerBatch && !found.isEmpty()) {
            blocks.add(List.of(new OffsetRange(found.remove(), 0, 1)));
        }
        return blocks;
    }

    @Override
    public boolean isAllGiven() {
        return found.isEmpty();
    }

    /** The name of the file. */
    @Override
    public String text(OffsetRange range) {
        return range.split();
    }
}
