// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.Claimant;
import io.millrace.runtime.log.DurableLog;
import io.millrace.runtime.log.LogRecord;
import io.millrace.runtime.log.LogReplay;
import io.millrace.runtime.log.LogSettings;
import io.millrace.runtime.log.LogStorage;
import io.millrace.runtime.log.LogWriter;
import io.millrace.runtime.log.Snapshots;
import java.io.IOException;
import java.util.List;

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

    static final String ADVICE =
            "Rename or drop the operators in question (StreamingContextBuilder.renameOperator, dropOperator), or give an empty"
                    + " directory";

    /** Copies the states. */
    public Checkpoint {
        states = List.copyOf(states);
    }

    /**
     * Claims the directory, so that the run before can write nothing more, and reads it.
     *
     * @param program goes on from it
     * @param migration what has become of operators since
     * @throws IOException if it cannot be read, is damaged, or belongs to another job; the message names the file
     * @throws IllegalStateException if the program cannot go on with what is there; the message says why and what to do
     */
    public static Checkpoint open(
            LogStorage storage,
            Claimant claimant,
            LogSettings settings,
            JournalFormat format,
            Program program,
            StateMigration migration)
            throws IOException {
        History history = new History(program.names(), migration);
        Reading reading = new Reading(format, history);
        DurableLog log = DurableLog.claim(storage, claimant, reading);
        Restoring restoring = new Restoring(format, history, program);
        List<NodeState> states = restoring.states(
                (snapshot, to) ->
                        log.snapshots().read(snapshot.snapshot(), entry -> to.accept(format.fromSnapshot(entry))),
                reading.first);
        restoring.tryTheRest();
        refuse(storage, restoring.problems());
        return new Checkpoint(history, states, log.start(settings), log.snapshots(), log.epoch());
    }

    private static void refuse(LogStorage storage, List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    storage.describe("") + " is of another program: " + String.join("; ", problems) + ". " + ADVICE);
        }
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
