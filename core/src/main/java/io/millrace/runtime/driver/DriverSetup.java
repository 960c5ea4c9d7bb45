// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.listener.StreamingListener;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.executor.KeptStates;
import io.millrace.runtime.executor.VersionedValues;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.time.TimeSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * What a driver is given.
 *
 * @param plan the physical plan of the job
 * @param values the values of the job that change between batches
 * @param settings how it drives
 * @param time the job's clock and timer
 * @param outputThread where outputs are written and listeners are told, one thing at a time and in order
 * @param listeners who is told
 * @param parent who hears of the job's end
 * @param crashPoints where executors may die
 * @param keptStates where the state of before the kept batches is, if batches are kept
 * @param rerun the batches to run again, if it is not the clock that says when there is one
 * @param durability where the job is made durable, if it is
 */
public record DriverSetup(
        PhysicalPlan plan,
        VersionedValues values,
        DriverSettings settings,
        TimeSource time,
        Executor outputThread,
        List<StreamingListener> listeners,
        ActorRef<Driver.Event> parent,
        CrashPoints crashPoints,
        Optional<KeptStates> keptStates,
        Optional<Rerun> rerun,
        Optional<Durability> durability) {

    /** Copies the listeners. */
    public DriverSetup {
        listeners = List.copyOf(listeners);
    }
}
