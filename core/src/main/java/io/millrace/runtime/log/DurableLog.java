// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A log that was claimed and read, and is to be written: claim, read, seal, in this order. The writer before, if it still
 * lives, can commit nothing more; and nothing that was read is to be acted upon before {@link #start} returns.
 */
public final class DurableLog {

    private static final Set<String> NO_DATA =
            Set.of(LogDirectory.LOCK, Epochs.DIRECTORY, SegmentId.DIRECTORY, Snapshots.DIRECTORY, "lost+found");

    private final LogStorage storage;
    private final Epochs epochs;
    private final Claim claim;
    private final LogContents contents;

    private DurableLog(LogStorage storage, Epochs epochs, Claim claim, LogContents contents) {
        this.storage = storage;
        this.epochs = epochs;
        this.claim = claim;
        this.contents = contents;
    }

    /**
     * Claims the log in {@code storage}, which may be empty, and reads all that it holds.
     *
     * @throws LogRefusedException if it is no log or that of another job; nothing is claimed then
     * @throws LogCorruptedException if the log is damaged; the message names the file
     * @throws LogFencedException if somebody else claimed the log meanwhile
     */
    public static DurableLog claim(LogStorage storage, Claimant claimant, LogReplay replay) throws IOException {
        Epochs epochs = new Epochs(storage);
        if (epochs.isEmpty()) {
            refuseUnknownData(storage, epochs);
        }
        storage.createDirectory(Epochs.DIRECTORY);
        storage.createDirectory(SegmentId.DIRECTORY);
        storage.createDirectory(Snapshots.DIRECTORY);
        Claim claim = epochs.claim(claimant);
        LogContents contents = unlessFenced(epochs, claim, () -> new LogReader(storage).read(claim.epoch(), replay));
        checkNothingIsMissing(storage, epochs, claim, contents);
        return new DurableLog(storage, epochs, claim, contents);
    }

    /**
     * Begins a log of its own identity that goes on where another one is copied from.
     *
     * @param storage is empty
     * @param epoch later than all of the other log
     * @param firstSequence the number of the first record
     * @throws LogRefusedException if there is something in the storage
     */
    public static DurableLog fork(LogStorage storage, Claimant claimant, int epoch, long firstSequence)
            throws IOException {
        Epochs epochs = new Epochs(storage);
        refuseUnknownData(storage, epochs);
        storage.createDirectory(Epochs.DIRECTORY);
        storage.createDirectory(SegmentId.DIRECTORY);
        storage.createDirectory(Snapshots.DIRECTORY);
        Claim claim = epochs.first(claimant, epoch);
        return new DurableLog(storage, epochs, claim, new LogContents(Optional.empty(), List.of(), firstSequence, 0));
    }

    /** Claims, reads and starts. */
    public static LogWriter open(LogStorage storage, Claimant claimant, LogSettings settings, LogReplay replay)
            throws IOException {
        return claim(storage, claimant, replay).start(settings);
    }

    /** The epoch that was claimed, at least 1. */
    public int epoch() {
        return claim.epoch();
    }

    /** The identity of the log, the same for ever. */
    public UUID logId() {
        return claim.logId();
    }

    /** What was found. */
    public LogContents contents() {
        return contents;
    }

    /** Replays exactly the same records once more, as when an older snapshot has to be taken after all. */
    public void replayAgain(LogReplay replay) throws IOException {
        new LogReader(storage).readSealed(contents.segments(), claim.logId(), replay);
    }

    /** The snapshots beside the log; to be read at once, to be written and deleted only after {@link #start}. */
    public Snapshots snapshots() {
        return new Snapshots(storage, claim);
    }

    /**
     * Seals what was read and goes on after it. To be called once.
     *
     * @throws LogFencedException if somebody else claimed the log meanwhile
     */
    public LogWriter start(LogSettings settings) throws IOException {
        SegmentHeader header = new SegmentHeader(
                claim.logId(),
                claim.incarnation(),
                new SegmentId(claim.epoch(), 0),
                contents.nextSequence(),
                contents.segments());
        unlessFenced(epochs, claim, () -> {
            syncNewest();
            return true;
        });
        SegmentWriter segment = unlessFenced(epochs, claim, () -> SegmentWriter.create(storage, header));
        try {
            epochs.begin();
            epochs.check(claim.epoch());
            Leftovers.delete(storage, header);
        } catch (IOException e) {
            try (segment) {
                throw e;
            }
        }
        return new LogWriter(storage, epochs, claim, settings, header, segment);
    }

    /** Whoever wrote the newest segment may have died before its last records were durable, and from now on they count. */
    private void syncNewest() throws IOException {
        List<SealedSegment> segments = contents.segments();
        if (!segments.isEmpty()) {
            storage.sync(segments.get(segments.size() - 1).id().path());
        }
    }

    /** Work on the files of the log. */
    private interface Step<T> {
        T take() throws IOException;
    }

    /** Whoever claims the log clears files away: if one is missed because of that, it is this that is said. */
    private static <T> T unlessFenced(Epochs epochs, Claim claim, Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (IOException e) {
            try {
                epochs.check(claim.epoch());
            } catch (LogFencedException fenced) {
                fenced.addSuppressed(e);
                throw fenced;
            }
            throw e;
        }
    }

    /** Never starts empty over data that it cannot read. */
    private static void refuseUnknownData(LogStorage storage, Epochs epochs) throws IOException {
        Set<String> unknown = new HashSet<>(storage.list(""));
        unknown.removeAll(NO_DATA);
        for (String directory : List.of(SegmentId.DIRECTORY, Snapshots.DIRECTORY)) {
            storage.list(directory).forEach(name -> unknown.add(directory + "/" + name));
        }
        storage.list(Epochs.DIRECTORY).stream()
                .filter(name -> !name.endsWith(".tmp"))
                .forEach(name -> unknown.add(Epochs.DIRECTORY + "/" + name));
        // Looked for again: somebody else may have claimed meanwhile.
        if (!unknown.isEmpty() && epochs.isEmpty()) {
            throw new LogRefusedException(
                    storage.describe(""),
                    "it has no claim in " + Epochs.DIRECTORY + " and yet holds "
                            + unknown.stream().sorted().limit(5).toList()
                            + "; give an empty directory, or restore the claims from a copy");
        }
    }

    private static void checkNothingIsMissing(LogStorage storage, Epochs epochs, Claim claim, LogContents contents)
            throws IOException {
        for (String name : storage.list(SegmentId.DIRECTORY)) {
            if (SegmentId.ofName(name).filter(id -> id.epoch() >= claim.epoch()).isPresent()) {
                epochs.check(claim.epoch());
                throw new LogCorruptedException(
                        storage.describe(SegmentId.DIRECTORY + "/" + name), 0, "its claim is gone from epochs");
            }
        }
        if (contents.logId().isEmpty() && epochs.begun()) {
            throw new LogCorruptedException(
                    storage.describe(SegmentId.DIRECTORY), 0, "it had segments once and has none");
        }
        if (contents.logId().isPresent() && !contents.logId().get().equals(claim.logId())) {
            throw new LogCorruptedException(
                    storage.describe(Epochs.DIRECTORY), 0, "its claims are not those of the segments, or are gone");
        }
    }
}
