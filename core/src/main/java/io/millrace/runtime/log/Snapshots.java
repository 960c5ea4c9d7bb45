// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.log;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** The snapshots beside a log. One counts only if a record of the log holds its {@link SnapshotRef}. */
public final class Snapshots {

    static final String DIRECTORY = "snapshots";

    private static final String UNFINISHED = ".tmp";

    private final LogStorage storage;
    private final UUID logId;
    private final int epoch;

    Snapshots(LogStorage storage, Claim claim) {
        this.storage = storage;
        this.logId = claim.logId();
        this.epoch = claim.epoch();
    }

    /**
     * Begins a snapshot.
     *
     * @param batch the last batch in it
     * @param through the number of the last record of the log that is in it
     * @param attempt never used before
     */
    public SnapshotWriter write(long batch, long through, UUID attempt) throws IOException {
        return new SnapshotWriter(storage, logId, new SnapshotId(batch, epoch, attempt), through);
    }

    /**
     * Gives the entries of a snapshot in the order in which they were added. Each has been checked, but only when this
     * returns is it known that they are all.
     *
     * @throws LogCorruptedException if it is missing or damaged; forget what was given
     */
    public void read(SnapshotRef ref, Consumer<LogRecord> entries) throws IOException {
        new SnapshotReader(storage, ref.id().path(), logId, ref).read(entries);
    }

    /** The files that are there, whether they count or not, in the order of their batches. */
    public List<SnapshotId> list() throws IOException {
        return storage.list(DIRECTORY).stream()
                .flatMap(name -> SnapshotId.ofName(name).stream())
                .toList();
    }

    /**
     * Deletes all other files of this epoch and those before, also what was never finished: call it while no snapshot is
     * being written, and only after a commit has shown that this epoch is the newest.
     */
    public void retain(Collection<SnapshotRef> needed) throws IOException {
        Set<SnapshotId> kept = new HashSet<>();
        needed.forEach(ref -> kept.add(ref.id()));
        for (String name : storage.list(DIRECTORY)) {
            boolean finished = !name.endsWith(UNFINISHED);
            Optional<SnapshotId> id =
                    SnapshotId.ofName(finished ? name : name.substring(0, name.length() - UNFINISHED.length()));
            if (id.isPresent() && id.get().epoch() <= epoch && !(finished && kept.contains(id.get()))) {
                storage.delete(DIRECTORY + "/" + name);
            }
        }
    }
}
