// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Reads a log from its beginning. Changes nothing. */
public final class LogReader {

    private final LogStorage storage;

    /** The reader of the log in {@code storage}. */
    public LogReader(LogStorage storage) {
        this.storage = storage;
    }

    /**
     * Replays what the log holds, for looking at it. A writer may be at work meanwhile; if it compacts, the reading may
     * fail for a missing file and can be repeated.
     *
     * @throws LogCorruptedException if the log is damaged; what was replayed until then is an exact beginning
     */
    public LogContents read(LogReplay replay) throws IOException {
        return read(Integer.MAX_VALUE, replay);
    }

    /** Who has claimed the log, the oldest first; older claims than the last few are gone. */
    public List<Claim> claims() throws IOException {
        return new Epochs(storage).all();
    }

    /**
     * Gives the entries of a snapshot in their order, for looking at it.
     *
     * @throws LogCorruptedException if it is missing or damaged; forget what was given
     */
    public void readSnapshot(LogContents contents, SnapshotRef ref, Consumer<LogRecord> entries) throws IOException {
        UUID logId = contents.logId().orElseThrow(() -> new IllegalArgumentException("an empty log has no snapshots"));
        new SnapshotReader(storage, ref.id().path(), logId, ref).read(entries);
    }

    /** The segments of epochs before {@code epoch}; what a later one writes does not concern its owner. */
    LogContents read(int epoch, LogReplay replay) throws IOException {
        List<SegmentId> segments = storage.list(SegmentId.DIRECTORY).stream()
                .flatMap(name -> SegmentId.ofName(name).stream())
                .filter(id -> id.epoch() < epoch)
                .sorted()
                .toList();
        if (segments.isEmpty()) {
            return new LogContents(Optional.empty(), List.of(), 1, 0);
        }
        SegmentId newest = segments.get(segments.size() - 1);
        SegmentHeader head = header(newest, storage.read(newest.path()));
        checkOrder(head);

        List<SealedSegment> counted = new ArrayList<>(head.before());
        for (SealedSegment sealed : head.before()) {
            if (!segments.contains(sealed.id())) {
                throw new LogCorruptedException(
                        storage.describe(sealed.id().path()), 0, "it is missing, and " + newest.path() + " needs it");
            }
        }
        long next = readSealed(head.before(), head.logId(), replay);
        checkFollows(head, head.logId(), next);
        // Read again, so that two segments are never in memory at once.
        byte[] bytes = storage.read(newest.path());
        SegmentReader.End end = new SegmentReader(storage.describe(newest.path()), bytes, head).readNewest(replay);
        if (bytes.length > head.length()) {
            counted.add(new SealedSegment(newest, head.firstSequence(), end.position()));
        }
        return new LogContents(Optional.of(head.logId()), counted, end.next(), bytes.length - end.position());
    }

    /** Replays finished segments. Returns the number after their last record; -1 if there are none. */
    long readSealed(List<SealedSegment> segments, UUID logId, LogReplay replay) throws IOException {
        long next = -1;
        for (SealedSegment sealed : segments) {
            byte[] bytes = storage.read(sealed.id().path());
            SegmentHeader header = header(sealed.id(), bytes);
            checkFollows(header, logId, next < 0 ? sealed.firstSequence() : next);
            next = new SegmentReader(storage.describe(sealed.id().path()), bytes, header)
                    .readSealed(sealed.length(), replay);
        }
        return next;
    }

    private SegmentHeader header(SegmentId id, byte[] bytes) throws LogCorruptedException {
        String file = storage.describe(id.path());
        SegmentHeader header = SegmentHeader.decode(bytes, file);
        if (!header.id().equals(id)) {
            throw new LogCorruptedException(
                    file, 0, "it was written as " + header.id().path());
        }
        return header;
    }

    private void checkOrder(SegmentHeader head) throws LogCorruptedException {
        SegmentId last = null;
        for (SealedSegment sealed : head.before()) {
            if (sealed.id().compareTo(head.id()) >= 0
                    || (last != null && sealed.id().compareTo(last) <= 0)) {
                throw new LogCorruptedException(storage.describe(head.id().path()), 0, "its seals are out of order");
            }
            last = sealed.id();
        }
    }

    private void checkFollows(SegmentHeader header, UUID logId, long next) throws LogCorruptedException {
        String file = storage.describe(header.id().path());
        if (!header.logId().equals(logId)) {
            throw new LogCorruptedException(file, 0, "it belongs to another log, " + header.logId());
        }
        if (next >= 0 && header.firstSequence() != next) {
            throw new LogCorruptedException(
                    file, 0, "it begins with record " + header.firstSequence() + ", and " + next + " is expected");
        }
    }
}
