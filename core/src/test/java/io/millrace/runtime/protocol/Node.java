// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.protocol;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A driver in the explorer, with its log. Immutable.
 *
 * @param state what it knows
 * @param stage how far it is with opening the log
 * @param epoch what it has claimed; 0 before
 * @param read the log as it has read it
 * @param todo records that it has to append
 * @param written how many it has appended
 * @param looked whether it has looked for a claim before it appends; only a mutant does
 */
record Node(
        DriverState state,
        Stage stage,
        long epoch,
        @Nullable DurableLog read,
        List<BatchRecord> todo,
        long written,
        boolean looked) {

    /** How far a driver is with opening the log. */
    enum Stage {
        NEW,
        READ_EARLY,
        CLAIMED,
        READ,
        SEALED,
        OPEN,
        ENDED
    }

    static Node fresh() {
        return new Node(DriverState.initial(), Stage.NEW, 0, null, List.of(), 0, false);
    }

    Node at(Stage newStage) {
        return new Node(state, newStage, epoch, read, todo, written, looked);
    }

    Node claimed(long newEpoch) {
        return new Node(state, stage, newEpoch, read, todo, written, looked);
    }

    Node read(@Nullable DurableLog log) {
        return new Node(state, stage, epoch, log, todo, written, looked);
    }

    /** It knows this now, and has to append this; after its end nothing matters but that it has ended. */
    Node knows(DriverState newState, List<BatchRecord> append) {
        if (newState.phase() == DriverState.Phase.ENDED) {
            return new Node(DriverState.of(DriverState.Phase.ENDED, 0), Stage.ENDED, 0, null, List.of(), 0, false);
        }
        List<BatchRecord> longer = new ArrayList<>(todo);
        longer.addAll(append);
        return new Node(newState, stage, epoch, read, List.copyOf(longer), written, looked);
    }

    /** The first records that it has to append are appended. */
    Node wrote(int records) {
        return new Node(
                state, stage, epoch, read, List.copyOf(todo.subList(records, todo.size())), written + records, false);
    }

    Node hasLooked() {
        return new Node(state, stage, epoch, read, todo, written, true);
    }

    boolean mustForce() {
        for (BatchRecord entry : todo) {
            if (!entry.mayWait()) {
                return true;
            }
        }
        return false;
    }
}
