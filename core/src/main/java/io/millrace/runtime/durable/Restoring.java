// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.durable;

import io.millrace.runtime.durable.JournalEntry.Added;
import io.millrace.runtime.durable.JournalEntry.Begun;
import io.millrace.runtime.durable.JournalEntry.NamedNode;
import io.millrace.runtime.durable.JournalEntry.Snapshotted;
import io.millrace.runtime.durable.JournalEntry.StagedOutput;
import io.millrace.runtime.durable.JournalEntry.StateChange;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.LogCorruptedException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes of a history what a program goes on from, and finds out why it cannot: all reasons at once, each with the name of the operator.
 */
final class Restoring {

    private static final Logger LOG = LoggerFactory.getLogger(Restoring.class);

    /** Reads a snapshot. */
    interface SnapshotSource {
        void read(Snapshotted snapshot, Consumer<StateChange> changes) throws IOException;
    }

    private final JournalFormat format;
    private final History history;
    private final Program program;
    private final TreeSet<String> unreadable = new TreeSet<>();

    /** What is in the history of a log that was read to its end. */
    Restoring(JournalFormat format, History history, Program program) {
        this.format = history.last()
                .map(last -> format.refusing(program.changedSince(last)))
                .orElse(format);
        this.history = history;
        this.program = program;
    }

    /** Why the program cannot go on, as far as is known by now; empty if it can. */
    List<String> problems() {
        TreeSet<String> problems = new TreeSet<>(history.problems());
        Optional<Begun> last = history.last();
        if (last.isPresent()) {
            problems.addAll(program.problemsAfter(
                    last.get(), history.first().orElse(last.get()).zero()));
        }
        problems.addAll(unreadable);
        return List.copyOf(problems);
    }

    /**
     * The state as of the last batch that was prepared: changes to be applied in this order. From the newest snapshot that is whole, and
     * what changed after it.
     *
     * @param first the number of the first record of the log; 0 if there is none
     * @throws IOException if the state cannot be put together; the message names the files
     */
    List<NodeState> states(SnapshotSource snapshots, long first) throws IOException {
        for (Snapshotted snapshot : history.snapshots()) {
            try {
                List<NodeState> states = new ArrayList<>();
                snapshots.read(
                        snapshot,
                        change -> history.translated(snapshot, change).ifPresent(one -> restore(one, states)));
                history.changesAfter(snapshot.number()).forEach(change -> restore(change, states));
                return states;
            } catch (LogCorruptedException e) {
                LOG.warn("a snapshot is damaged, the one before is taken: {}", e.getMessage());
                history.damaged(snapshot);
            }
        }
        if (first > 1) {
            throw new IOException("no snapshot of the state can be read, and the log begins only with record " + first);
        }
        List<NodeState> states = new ArrayList<>();
        history.changesAfter(0).forEach(change -> restore(change, states));
        return states;
    }

    private void restore(StateChange change, List<NodeState> states) {
        reading("the state of the operator '" + name(change.node()) + "' cannot be read", () -> {
            NodeState read = format.decode(change);
            reading(
                    "the state of the operator '" + name(change.node()) + "' cannot be migrated",
                    () -> states.add(history.restored(read)));
        });
    }

    /** Reads the blocks that wait and what outputs are yet to be given, to see whether that can be done. */
    void tryTheRest() {
        for (Added added : history.waiting()) {
            reading(
                    "a block that waits of the input '" + program.names().streamName(added.block().id().stream())
                            + "' cannot be read",
                    () -> format.decodeBlock(added).release());
        }
        for (StagedOutput staged :
                history.unwritten().map(JournalEntry.Prepared::outputs).orElse(List.of())) {
            reading("what the output '" + name(staged.output()) + "' has yet to be given cannot be read", () -> {
                var unused = format.decode(staged);
            });
        }
    }

    private String name(int node) {
        return program.names().named(node).map(NamedNode::name).orElse("operator " + node);
    }

    private void reading(String otherwise, Runnable read) {
        try {
            read.run();
        } catch (RuntimeException e) {
            // whatever a migration or the constructor of a record throws
            unreadable.add(otherwise + ": " + (e.getMessage() == null ? e.toString() : e.getMessage()));
        }
    }
}
