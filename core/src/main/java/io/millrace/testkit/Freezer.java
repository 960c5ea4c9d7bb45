// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.ActorPath;
import akka.dispatch.Mailbox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps the actors below some paths from running, as a process that is halted. Used by whoever runs the simulation. */
final class Freezer {

    private final Map<String, List<RunQueue.Work>> frozen = new LinkedHashMap<>();

    /** From now on nothing runs at that path and below it. */
    void freeze(ActorPath path) {
        frozen.putIfAbsent(path.toStringWithoutAddress(), new ArrayList<>());
    }

    /** Lets the actors run again and answers what they would have run. */
    List<RunQueue.Work> thaw(ActorPath path) {
        List<RunQueue.Work> kept = frozen.remove(path.toStringWithoutAddress());
        return kept == null ? List.of() : kept;
    }

    /** Lets everything run again and answers what would have run. */
    List<RunQueue.Work> thawAll() {
        List<RunQueue.Work> kept = new ArrayList<>();
        frozen.values().forEach(kept::addAll);
        frozen.clear();
        return kept;
    }

    /** Keeps the work if it is of an actor that is frozen. */
    boolean keeps(RunQueue.Work work) {
        if (frozen.isEmpty() || !(work.runnable() instanceof Mailbox mailbox) || mailbox.actor() == null) {
            return false;
        }
        String path = mailbox.actor().self().path().toStringWithoutAddress();
        for (Map.Entry<String, List<RunQueue.Work>> entry : frozen.entrySet()) {
            if (path.equals(entry.getKey()) || path.startsWith(entry.getKey() + "/")) {
                entry.getValue().add(work);
                return true;
            }
        }
        return false;
    }
}
