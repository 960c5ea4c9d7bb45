// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.List;

/** Opens a log for writing: claims it, reads it, seals what was there, in this order. */
public final class DurableLog {

    private DurableLog() {}

    /**
     * Opens the log in {@code storage}, which may be empty. The writer before, if it still lives, can commit nothing
     * more. Nothing that {@code replay} was given is to be acted upon before this returns.
     *
     * @throws LogCorruptedException if the log is damaged; the message names the file
     * @throws LogFencedException if somebody else claimed the log meanwhile
     */
    public static LogWriter open(LogStorage storage, Claimant claimant, LogSettings settings, LogReplay replay)
            throws IOException {
        storage.createDirectory(Epochs.DIRECTORY);
        storage.createDirectory(SegmentId.DIRECTORY);
        Epochs epochs = new Epochs(storage);
        Claim claim = epochs.claim(claimant);
        LogContents contents = new LogReader(storage).read(claim.epoch(), replay);
        checkNothingIsMissing(storage, epochs, claim, contents);

        SegmentHeader header = new SegmentHeader(
                claim.logId(),
                claim.incarnation(),
                new SegmentId(claim.epoch(), 0),
                contents.nextSequence(),
                0,
                contents.segments());
        SegmentWriter segment = SegmentWriter.create(storage, header, List.of());
        try {
            epochs.begin();
            epochs.check(claim.epoch());
            Leftovers.delete(storage, header);
        } catch (IOException e) {
            try (segment) {
                throw e;
            }
        }
        return new LogWriter(storage, claim, settings, header, segment);
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
