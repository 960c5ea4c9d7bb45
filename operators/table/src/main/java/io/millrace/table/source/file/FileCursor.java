// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import io.millrace.receiver.BatchSource;
import io.millrace.receiver.Delivery;
import io.millrace.receiver.OffsetRange;
import io.millrace.receiver.Receipt;
import io.millrace.receiver.ReceiverContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Which files of a directory a query has taken. It looks at the directory in the background, when all files found before are given out, and
 * waits a little between two looks. Each file is a block of its own, so that several tasks read them. Thread-safe.
 */
final class FileCursor implements BatchSource<String> {

    /** So many files are known at most; a stream that gets more ends. */
    private static final int MOST_FILES = 1_000_000;

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final Path directory;
    private final Optional<List<Path>> fixed;
    private final int mostPerBatch;
    private final Executor looking;
    private final Set<String> seen = new HashSet<>();
    private final Deque<String> found = new ArrayDeque<>();
    private final Deque<List<OffsetRange>> again = new ArrayDeque<>();
    private boolean looks;
    private Instant nextLook = Instant.MIN;
    private @Nullable ReceiverContext context;
    private @Nullable RuntimeException broken;

    /**
     * Nothing is taken yet.
     *
     * @param fixed the files that are wanted, if it is known; otherwise all that come
     */
    FileCursor(Path directory, Optional<List<Path>> fixed, int mostPerBatch, Executor looking) {
        this.directory = directory;
        this.fixed = fixed;
        this.mostPerBatch = mostPerBatch;
        this.looking = looking;
    }

    /** Goes on where the job says that it was. */
    synchronized FileCursor opened(ReceiverContext newContext) {
        context = newContext;
        seen.clear();
        seen.addAll(newContext.offsets().keySet());
        found.clear();
        again.clear();
        again.addAll(newContext.replays());
        fixed.ifPresent(this::add);
        return this;
    }

    @Override
    public synchronized List<Delivery.Whole<String>> next(Instant batch) {
        if (broken != null) {
            throw broken;
        }
        List<OffsetRange> planned = again.poll();
        if (planned != null) {
            return List.of(new Delivery.Whole<>(
                    planned.stream().map(OffsetRange::split).toList(), Receipt.NONE, planned));
        }
        List<Delivery.Whole<String>> blocks = new ArrayList<>();
        while (blocks.size() < mostPerBatch && !found.isEmpty()) {
            String name = found.remove();
            blocks.add(new Delivery.Whole<>(List.of(name), Receipt.NONE, List.of(new OffsetRange(name, 0, 1))));
        }
        ReceiverContext opened = context;
        if (found.isEmpty() && fixed.isEmpty() && !looks && opened != null && !batch.isBefore(nextLook)) {
            looks = true;
            nextLook = batch.plus(BETWEEN_LOOKS);
            looking.execute(() -> look(opened));
        }
        return blocks;
    }

    private void look(ReceiverContext opened) {
        try {
            List<Path> files = FileList.of(directory);
            synchronized (this) {
                add(files);
            }
        } catch (IOException | RuntimeException e) {
            opened.reportError("cannot look at " + directory, e);
        } finally {
            synchronized (this) {
                looks = false;
            }
        }
    }

    private void add(List<Path> files) {
        for (Path file : files) {
            String name =
                    directory.equals(file) ? "" : directory.relativize(file).toString();
            if (seen.add(name)) {
                found.add(name);
            }
        }
        if (seen.size() > MOST_FILES) {
            broken = new IllegalStateException("the stream of " + directory + " has had more than " + MOST_FILES
                    + " files, which is as many as it can tell apart");
        }
    }

    /** Whether all files that were found are given out. */
    synchronized boolean isDrained() {
        return found.isEmpty() && again.isEmpty();
    }
}
