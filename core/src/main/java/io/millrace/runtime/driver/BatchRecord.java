// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.listener.VersionInfo;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.block.BlockInfo;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.executor.TaskCounts.Totals;
import io.millrace.runtime.plan.PhysicalPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** What the driver has gathered of the batch that runs: its blocks, what the executors brought, and its figures. */
final class BatchRecord {

    private final PhysicalPlan plan;
    private final BatchTime batch;
    private final int absorbed;
    private final List<NodeFailure> held;
    private final List<VersionInfo> versions;
    private List<BlockLocation> blocks = List.of();
    private Instant started;
    private int attempts;
    private Totals totals = Totals.NONE;
    private final List<Collected> collected = new ArrayList<>();
    private final List<NodeFailure> failures = new ArrayList<>();
    private final List<NodeState> changes = new ArrayList<>();
    private List<Collected> staged = List.of();

    /**
     * Nothing yet.
     *
     * @param plan the plan of the batch, with the outputs that are attached to it
     * @param held failures that come from earlier batches
     * @param versions the versions of the job's values that the batch has
     */
    BatchRecord(
            PhysicalPlan plan,
            BatchTime batch,
            int absorbed,
            List<NodeFailure> held,
            List<VersionInfo> versions,
            Instant now) {
        this.plan = plan;
        this.batch = batch;
        this.absorbed = absorbed;
        this.held = List.copyOf(held);
        this.versions = List.copyOf(versions);
        this.started = now;
    }

    /** An attempt begins with these blocks; what an earlier one brought is forgotten. */
    void attempt(List<BlockLocation> newBlocks, Instant now) {
        if (attempts++ == 0) {
            started = now;
        }
        blocks = newBlocks;
        totals = Totals.NONE;
        collected.clear();
        failures.clear();
        changes.clear();
    }

    /** An executor brought its part. */
    void done(Executor.Done done) {
        totals = totals.plus(done.totals());
        collected.addAll(done.collected());
        failures.addAll(done.failures());
        changes.addAll(done.changes());
    }

    /** The plan of the batch. */
    PhysicalPlan plan() {
        return plan;
    }

    BatchTime batch() {
        return batch;
    }

    /** How many intervals before it had no batch of their own, because the one before was late. */
    int absorbed() {
        return absorbed;
    }

    /** What changed in the state, if executors were to tell. */
    List<NodeState> changes() {
        return List.copyOf(changes);
    }

    /** What the outputs are to write, if that is logged. */
    void staged(List<Collected> outputs) {
        staged = List.copyOf(outputs);
    }

    /** True if no state changed, nothing failed and no output is given a record. */
    boolean changesNothing() {
        return failures().isEmpty()
                && changes.stream().allMatch(change -> change.keys() == 0)
                && staged.stream().allMatch(part -> part.records().isEmpty());
    }

    /** What the outputs are to write, if that is logged. */
    List<Collected> staged() {
        return staged;
    }

    /** When its processing began. */
    Instant started() {
        return started;
    }

    List<BlockLocation> blocks() {
        return blocks;
    }

    List<Collected> collected() {
        return List.copyOf(collected);
    }

    /** All that failed, be it in this batch or since it holds an earlier one that did. */
    List<NodeFailure> failures() {
        List<NodeFailure> all = new ArrayList<>(held);
        all.addAll(failures);
        return all;
    }

    /** What failed first in this batch itself. */
    Optional<NodeFailure> failed() {
        return failures.stream().findFirst();
    }

    long bytes() {
        long bytes = 0;
        for (BlockLocation block : blocks) {
            bytes += block.info().bytes();
        }
        return bytes;
    }

    long records() {
        return totals.records();
    }

    BatchInfo info(Instant ended, List<OutputInfo> outputs) {
        return new BatchInfo(
                batch,
                blocks.size(),
                bytes(),
                totals.records(),
                batch.instant(),
                started,
                ended,
                longest(info -> info.sealedMicros() - info.firstMicros()),
                longest(info -> info.storedMicros() - info.sealedMicros()),
                attempts,
                absorbed,
                totals.skipped(),
                totals.deadLetters(),
                totals.malformed(),
                totals.rejected(),
                outputs,
                versions);
    }

    private Duration longest(ToLongFunction<BlockInfo> micros) {
        long most = 0;
        for (BlockLocation block : blocks) {
            most = Math.max(most, micros.applyAsLong(block.info()));
        }
        return Duration.ofNanos(most * 1_000);
    }
}
