// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.plan.PhysicalPlan;
import java.util.List;

/**
 * What chains are built of.
 *
 * @param plan the physical plan of the job
 * @param settings how the executor works
 * @param classes the step classes made for the plan
 * @param values the values of the job that change between batches
 * @param states where operators keep their state
 * @param taps the nodes whose records attached outputs want
 */
record ChainSetup(
        PhysicalPlan plan,
        ExecutorSettings settings,
        StepClasses classes,
        VersionedValues values,
        PartitionStates states,
        List<Tap> taps) {

    /** Copies the taps. */
    ChainSetup {
        taps = List.copyOf(taps);
    }

    /** What chains are built of while nothing is attached. */
    static ChainSetup of(PlannedJob job, ExecutorSettings settings, PartitionStates states) {
        return new ChainSetup(job.plan(), settings, job.classes(), job.values(), states, List.of());
    }

    ChainSetup with(List<Tap> newTaps) {
        return new ChainSetup(plan, settings, classes, values, states, newTaps);
    }
}
