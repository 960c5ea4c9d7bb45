// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.PlannedBatch.PlannedBlock;
import io.millrace.runtime.durable.JournalEntry.Added;
import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.Committed;
import io.millrace.runtime.durable.JournalEntry.Planned;
import io.millrace.runtime.durable.JournalEntry.Prepared;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Checks that a checkpoint is what a job writes: that every record and snapshot can be read, and that batches follow one another. The
 * checksums are checked by whoever reads.
 */
public final class CheckpointVerification {

    /** So many findings are told; one that is damaged has more. */
    private static final int MOST = 100;

    private final CheckpointRecords read;
    private final List<String> findings = new ArrayList<>();
    private final Set<BlockId> waiting = new HashSet<>();
    private final long complete;
    private long epoch;
    private long planned = -1;
    private long prepared = -1;
    private long committed;
    private Set<BlockId> taken = Set.of();

    private CheckpointVerification(CheckpointRecords read) {
        this.read = read;
        this.complete = CheckpointFork.oldestBatch(read);
    }

    /** What is wrong, with the number of the record or the name of the file; empty if nothing is. */
    public static List<String> of(CheckpointRecords read) {
        CheckpointVerification verification = new CheckpointVerification(read);
        verification.records();
        verification.snapshots();
        return List.copyOf(verification.findings);
    }

    private void records() {
        for (CheckpointRecords.Numbered record : read.records()) {
            try {
                check(record.sequence(), read.entry(record));
            } catch (IllegalArgumentException e) {
                found(record.sequence(), String.valueOf(e.getMessage()));
            }
        }
    }

    private void found(long sequence, String what) {
        if (findings.size() < MOST) {
            findings.add("record " + sequence + ": " + what);
        }
    }

    private void require(long sequence, boolean right, String otherwise) {
        if (!right) {
            found(sequence, otherwise);
        }
    }

    private void check(long sequence, JournalEntry entry) {
        if (entry instanceof Begun begun) {
            begun(sequence, begun);
        } else if (entry instanceof Added added) {
            require(
                    sequence,
                    waiting.add(added.block().id()),
                    "the block " + added.block().id() + " is added twice");
        } else if (entry instanceof Planned one) {
            planned(sequence, one);
        } else if (entry instanceof Prepared one) {
            prepared(sequence, one);
        } else if (entry instanceof Committed one) {
            require(
                    sequence,
                    one.number() >= committed && (prepared < 0 || one.number() <= prepared),
                    "batch " + one.number() + " is committed after batch " + committed + " and prepared are "
                            + prepared);
            committed = one.number();
        } else if (entry instanceof Snapshotted one) {
            require(
                    sequence,
                    one.snapshot().through() < sequence && (prepared < 0 || one.number() <= prepared),
                    "the snapshot " + one.snapshot().id() + " has what comes after it");
        }
    }

    private void begun(long sequence, Begun begun) {
        long newest = read.claims().get(read.claims().size() - 1).epoch();
        require(
                sequence,
                begun.epoch() > epoch && begun.epoch() <= newest,
                "the run of epoch " + begun.epoch() + " begins after that of epoch " + epoch
                        + ", and the newest claim is " + newest);
        epoch = begun.epoch();
        Set<String> names = new HashSet<>();
        begun.nodes().forEach(node -> require(sequence, names.add(node.name()), "two operators are " + node.name()));
    }

    private void planned(long sequence, Planned one) {
        require(
                sequence,
                prepared < 0 || one.number() == prepared + 1,
                "batch " + one.number() + " is planned after batch " + prepared);
        planned = one.number();
        Set<BlockId> blocks = new HashSet<>();
        for (PlannedBlock block : one.blocks()) {
            require(
                    sequence,
                    !block.logged() || one.number() <= complete || waiting.contains(block.id()),
                    "batch " + one.number() + " has the block " + block.id() + ", which the log has not or no more");
            require(sequence, blocks.add(block.id()), "the block " + block.id() + " is in the batch twice");
        }
        taken = blocks;
    }

    private void prepared(long sequence, Prepared one) {
        require(
                sequence,
                planned < 0 || one.number() == planned,
                "batch " + one.number() + " is prepared, and batch " + planned + " was planned");
        require(
                sequence,
                prepared < 0 || one.number() == prepared + 1,
                "batch " + one.number() + " is prepared after batch " + prepared);
        prepared = one.number();
        waiting.removeAll(taken);
        taken = Set.of();
    }

    private void snapshots() {
        for (Snapshotted snapshot : read.history().snapshots()) {
            try {
                read.snapshot(snapshot, change -> {});
            } catch (IOException | IllegalArgumentException e) {
                findings.add(String.valueOf(e.getMessage()));
            }
        }
    }
}
