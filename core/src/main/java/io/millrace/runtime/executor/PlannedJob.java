// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.plan.PhysicalPlan;
import org.jspecify.annotations.Nullable;

/** A physical plan together with the step classes that this JVM made for it; shared by its executors. Thread-safe. */
public final class PlannedJob {

    private final PhysicalPlan plan;
    private final VersionedValues values;
    private final StepClasses classes = new StepClasses();
    private @Nullable InitialStates initial;

    /** A plan that no step class has been made for yet, and the values that its operators may use. */
    public PlannedJob(PhysicalPlan plan, VersionedValues values) {
        this.plan = plan;
        this.values = values;
    }

    /** Builds every chain once, so that what cannot be built fails here and not in the first batch. */
    public void check(ExecutorSettings settings) {
        ChainSetup setup = ChainSetup.of(this, settings, new PartitionStates(initialStates(settings)));
        ChainBuilder.overBlocks(setup);
        for (int level = 1; level < plan.levels(); level++) {
            ChainBuilder.overPartition(setup, level, 0);
        }
    }

    /** What operators remember before the first batch. */
    synchronized InitialStates initialStates(ExecutorSettings settings) {
        InitialStates known = initial;
        if (known == null) {
            known = InitialStates.of(plan, settings.partitions());
            initial = known;
        }
        return known;
    }

    /** The plan. */
    public PhysicalPlan plan() {
        return plan;
    }

    /** The values that change between batches. */
    public VersionedValues values() {
        return values;
    }

    StepClasses classes() {
        return classes;
    }
}
