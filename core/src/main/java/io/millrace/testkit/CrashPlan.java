// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.ExecutorId;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Which executors die when. Used by whoever runs the simulation. */
final class CrashPlan {

    private static final class Planned {
        private final CrashPoint point;
        private final int victim;
        private int passes;

        Planned(CrashPoint point, int victim, int passes) {
            this.point = point;
            this.victim = victim;
            this.passes = passes;
        }
    }

    private final List<Planned> planned = new ArrayList<>();
    private int done;

    /** Executor {@code victim} dies when the point is reached after it was passed so often. */
    void add(CrashPoint point, int victim, int passes) {
        planned.add(new Planned(point, victim, passes));
    }

    /** How many crashes have been carried out. */
    int done() {
        return done;
    }

    /** The crashes that have not come to pass. */
    int pending() {
        return planned.size();
    }

    /**
     * A point is reached.
     *
     * @param crash kills an executor, soon
     * @throws SimulatedCrash if the executor at that point is to die, which it then does at once
     */
    void reached(CrashPoint point, Optional<ExecutorId> executor, IntConsumer crash) {
        boolean here = false;
        for (Iterator<Planned> all = planned.iterator(); all.hasNext(); ) {
            Planned next = all.next();
            if (next.point == point && next.passes-- == 0) {
                all.remove();
                done++;
                crash.accept(next.victim);
                here |= executor.isPresent() && executor.get().number() == next.victim;
            }
        }
        if (here) {
            throw new SimulatedCrash(point);
        }
    }
}
