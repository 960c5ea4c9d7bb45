// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.durable.JournalEntry.StateChange;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.DurableLog;
import io.millrace.runtime.log.LogCorruptedException;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogReplay;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.log.LogWriter;
import io.millrace.runtime.log.Snapshots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A checkpoint directory that a run of a job has claimed and read.
 *
 * @param history what the log tells
 * @param states the state as of the last batch that was prepared: changes to be applied in this order
 * @param writer the log, to be written from now on
 * @param snapshots the snapshots beside it
 * @param epoch which run of the job this is, from 1
 */
public record Checkpoint(History history, List<NodeState> states, LogWriter writer, Snapshots snapshots, long epoch) {

    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

    /** Copies the states. */
    public Checkpoint {
        states = List.copyOf(states);
    }

    /**
     * Claims the directory, so that the run before can write nothing more, and reads it.
     *
     * @throws IOException if it cannot be read, is damaged, or belongs to another job; the message names the file
     * @throws IllegalStateException if the program cannot go on with what is there; the message says why and what to do
     */
    public static Checkpoint open(
            LogStorage storage,
            Claimant claimant,
            LogSettings settings,
            JournalFormat format,
            Names names,
            StateMigration migration)
            throws IOException {
        History history = new History(names, migration);
        Reading reading = new Reading(format, history);
        DurableLog log = DurableLog.claim(storage, claimant, reading);
        List<NodeState> states = states(log.snapshots(), format, history, reading.first);
        refuse(storage, history);
        return new Checkpoint(history, states, log.start(settings), log.snapshots(), log.epoch());
    }

    /**
     * Checks that records are exchanged into as many partitions as before.
     *
     * @throws IllegalStateException if not
     */
    public void requirePartitions(int partitions) {
        history.last().filter(begun -> begun.partitions() != partitions).ifPresent(begun -> {
            throw new IllegalStateException("The checkpoint has state in " + begun.partitions()
                    + " partitions, but this job would have " + partitions + ": set millrace.partitions = "
                    + begun.partitions());
        });
    }

    private static void refuse(LogStorage storage, History history) {
        if (!history.problems().isEmpty()) {
            throw new IllegalStateException(storage.describe("") + " is of another program: "
                    + history.problems().stream().collect(Collectors.joining("; "))
                    + ". Rename or drop the operators in question (StreamingContextBuilder.renameOperator, dropOperator),"
                    + " or give an empty directory");
        }
    }

    /** Restores the newest snapshot that is whole, and what changed after it. */
    private static List<NodeState> states(Snapshots snapshots, JournalFormat format, History history, long first)
            throws IOException {
        for (Snapshotted snapshot : history.snapshots()) {
            try {
                List<NodeState> states = new ArrayList<>();
                snapshots.read(snapshot.snapshot(), entry -> {
                    Optional<StateChange> change = history.translated(snapshot, format.fromSnapshot(entry));
                    change.ifPresent(one -> states.add(history.restored(format.decode(one))));
                });
                history.changesAfter(snapshot.number())
                        .forEach(change -> states.add(history.restored(format.decode(change))));
                return states;
            } catch (LogCorruptedException e) {
                LOG.warn("a snapshot is damaged, the one before is taken: {}", e.getMessage());
                history.damaged(snapshot);
            }
        }
        if (first > 1) {
            throw new IOException("no snapshot of the state can be read, and the log begins only with record " + first);
        }
        return history.changesAfter(0).stream()
                .map(change -> history.restored(format.decode(change)))
                .toList();
    }

    /** Gives the history what is read. */
    private static final class Reading implements LogReplay {
        private final JournalFormat format;
        private final History history;
        private long first;

        Reading(JournalFormat format, History history) {
            this.format = format;
            this.history = history;
        }

        @Override
        public void record(long sequence, LogRecord entry) {
            if (first == 0) {
                first = sequence;
            }
            history.add(format.decode(entry));
        }
    }
}
