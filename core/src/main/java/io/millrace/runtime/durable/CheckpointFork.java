// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Committed;
import io.millrace.runtime.durable.JournalEntry.Planned;
import io.millrace.runtime.durable.JournalEntry.Prepared;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.log.Claim;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.DurableLog;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.log.LogWriter;
import io.millrace.runtime.log.SnapshotRef;
import io.millrace.runtime.log.SnapshotWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Makes a checkpoint of another one as it was after a batch. The records keep their numbers; the log and its snapshots have an identity
 * of their own, so that neither job can write to the other's.
 */
public final class CheckpointFork {

    /** At most so many bytes of records wait to be written. */
    private static final long AT_ONCE = 8 << 20;

    private final CheckpointRecords source;
    private final JournalFormat format;

    /** Forks of this checkpoint. */
    public CheckpointFork(CheckpointRecords source, JournalFormat format) {
        this.source = source;
        this.format = format;
    }

    /** The first batch that there can be a fork at: the log goes back as far as its oldest snapshot does; 0 if it is whole. */
    static long oldestBatch(CheckpointRecords source) {
        if (source.records().isEmpty() || source.records().get(0).sequence() == 1) {
            return 0;
        }
        OptionalLong oldest = source.history().snapshots().stream()
                .mapToLong(Snapshotted::number)
                .min();
        return oldest.orElse(source.history().prepared());
    }

    /**
     * Copies what was logged until the results of a batch stood, with the blocks that had come before the next batch was begun.
     *
     * @param batch the number of the last batch that the copy has; 0 for none
     * @param target an empty storage
     * @param claimant the job that is to go on from it, which may have another name
     * @throws IllegalArgumentException if there is no such batch; the message names those that there are
     * @throws IOException if something cannot be read or written
     */
    public void at(long batch, LogStorage target, Claimant claimant, LogSettings settings) throws IOException {
        long oldest = oldestBatch(source);
        long newest = source.history().prepared();
        if (batch < oldest || batch > newest) {
            throw new IllegalArgumentException("There can be no fork at batch " + batch
                    + ": what is there reaches from batch " + oldest + " to batch " + newest);
        }
        List<CheckpointRecords.Numbered> copied = new ArrayList<>();
        List<Snapshotted> later = new ArrayList<>();
        boolean past = false;
        long committed = 0;
        for (CheckpointRecords.Numbered record : source.records()) {
            JournalEntry entry = source.entry(record);
            past |= number(entry) > batch;
            if (!past) {
                copied.add(record);
            } else if (entry instanceof Snapshotted snapshot && snapshot.number() <= batch) {
                later.add(snapshot);
            }
            if (entry instanceof Committed one) {
                committed = Math.max(committed, one.number());
            }
        }
        write(target, claimant, settings, copied, later, committed >= batch && batch > 0 ? batch : 0);
    }

    private static long number(JournalEntry entry) {
        if (entry instanceof Planned planned) {
            return planned.number();
        }
        return entry instanceof Prepared prepared ? prepared.number() : 0;
    }

    private void write(
            LogStorage target,
            Claimant claimant,
            LogSettings settings,
            List<CheckpointRecords.Numbered> copied,
            List<Snapshotted> later,
            long committed)
            throws IOException {
        List<Claim> claims = source.claims();
        int epoch = claims.get(claims.size() - 1).epoch() + 1;
        long first = source.records().isEmpty() ? 1 : source.records().get(0).sequence();
        DurableLog log = DurableLog.fork(target, claimant, epoch, first);
        try (LogWriter writer = log.start(settings)) {
            for (CheckpointRecords.Numbered record : copied) {
                JournalEntry entry = source.entry(record);
                if (!(entry instanceof Snapshotted snapshot)) {
                    writer.append(record.logged());
                } else {
                    Snapshotted own = copy(log, snapshot);
                    writer.append(own == null ? record.logged() : format.encode(own));
                }
                if (writer.pendingBytes() > AT_ONCE) {
                    writer.commit();
                }
            }
            for (Snapshotted snapshot : later) {
                Snapshotted own = copy(log, snapshot);
                if (own != null) {
                    writer.append(format.encode(own));
                }
            }
            if (committed > 0) {
                writer.append(format.encode(new Committed(committed)));
            }
            writer.commit();
        }
    }

    /** The same state in a snapshot of the new log; null if it is not kept any more, or is damaged, so that it counts in neither. */
    private @Nullable Snapshotted copy(DurableLog log, Snapshotted snapshot) throws IOException {
        try (SnapshotWriter writer = log.snapshots()
                .write(
                        snapshot.number(),
                        snapshot.snapshot().through(),
                        new UUID(snapshot.number(), snapshot.snapshot().through()))) {
            source.snapshot(snapshot, change -> {
                try {
                    writer.add(format.snapshotEntry(change));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            SnapshotRef own = writer.finish();
            return new Snapshotted(
                    snapshot.begun(),
                    own,
                    snapshot.number(),
                    snapshot.batch(),
                    snapshot.lost(),
                    snapshot.offsets(),
                    snapshot.lives());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (io.millrace.runtime.log.LogCorruptedException e) {
            return null;
        }
    }
}
