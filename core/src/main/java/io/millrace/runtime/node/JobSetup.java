// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import io.millrace.listener.StreamingListener;
import io.millrace.runtime.driver.Durability;
import io.millrace.runtime.driver.Rerun;
import io.millrace.runtime.executor.PlannedJob;
import io.millrace.time.TimeSource;
import java.util.List;
import java.util.Optional;

/**
 * A job that is ready to run.
 *
 * @param name its name
 * @param job its plan
 * @param settings its settings
 * @param threads where users' code runs
 * @param time the clock and the timer
 * @param listeners who is told what happens
 * @param outcome who is told how it ends
 * @param inspection looks inside
 * @param rerun the batches to run again, if it is not the clock that says when there is one
 * @param durability where the job is made durable, if it is
 */
public record JobSetup(
        String name,
        PlannedJob job,
        Settings settings,
        Threads threads,
        TimeSource time,
        List<StreamingListener> listeners,
        Outcome outcome,
        Inspection inspection,
        Optional<Rerun> rerun,
        Optional<Durability> durability) {

    /** Copies the listeners. */
    public JobSetup {
        listeners = List.copyOf(listeners);
    }
}
