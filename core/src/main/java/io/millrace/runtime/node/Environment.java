// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorSystem;
import io.millrace.runtime.driver.Rerun;
import io.millrace.stream.StreamNode;
import io.millrace.time.TimeSource;
import java.util.List;
import java.util.Optional;

/**
 * What a job runs in when it does not bring its own: a test kit's simulation.
 *
 * @param system the actor system
 * @param time the clock and the timer
 * @param threads where users' code runs
 * @param inspection looks inside
 * @param replaying runs a job again instead, if that is what it is for
 */
public record Environment(
        ActorSystem<?> system, TimeSource time, Threads threads, Inspection inspection, Optional<Replaying> replaying) {

    /** How a job runs again. */
    public interface Replaying {

        /** Puts other inputs and outputs in place of those of the program. */
        List<StreamNode> rewired(List<StreamNode> nodes);

        /** The batches to run. */
        Rerun rerun();
    }

    /** One that looks at nothing. */
    public Environment(ActorSystem<?> system, TimeSource time, Threads threads) {
        this(system, time, threads, Inspection.NONE, Optional.empty());
    }
}
