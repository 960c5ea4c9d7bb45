// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorSystem;
import io.millrace.time.TimeSource;

/**
 * What a job runs in when it does not bring its own: a test kit's simulation.
 *
 * @param system the actor system
 * @param time the clock and the timer
 * @param threads where users' code runs
 * @param inspection looks inside
 */
public record Environment(ActorSystem<?> system, TimeSource time, Threads threads, Inspection inspection) {

    /** One that looks at nothing. */
    public Environment(ActorSystem<?> system, TimeSource time, Threads threads) {
        this(system, time, threads, Inspection.NONE);
    }
}
