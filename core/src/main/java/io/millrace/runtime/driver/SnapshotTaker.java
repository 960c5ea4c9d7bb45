// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.operator.BatchTime;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.log.RetainedSnapshots;
import io.millrace.runtime.log.SnapshotRef;
import io.millrace.runtime.log.SnapshotWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the state written to a snapshot when the log has grown enough, and older parts of the log forgotten. The executors tell their
 * state between two batches; the file is written while batches go on. Used by the driver's thread, but for the writing of the file.
 */
final class SnapshotTaker {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotTaker.class);

    /**
     * Where the job is when the state is told.
     *
     * @param begun the run
     * @param number the number of the last batch
     * @param batch the time of the last batch
     * @param through the number of the last record of the log that is not needed with the snapshot
     * @param lost what windows have lost
     * @param offsets how far the sources were read
     * @param lives how many lives the receivers had
     */
    record Point(
            JournalEntry.Begun begun,
            long number,
            BatchTime batch,
            long through,
            List<LostBatch> lost,
            Map<Integer, Map<String, Long>> offsets,
            Map<Integer, Integer> lives) {}

    private final Durability durability;
    private final Consumer<Runnable> driver;
    private final RetainedSnapshots retained;
    private final List<NodeState> told = new ArrayList<>();
    private @Nullable Point point;
    private int missing;
    private boolean writing;
    private long attempts;
    private long bytesOfLast;
    private long loggedBefore;

    /**
     * None yet in this run.
     *
     * @param driver runs something on the driver's thread
     */
    SnapshotTaker(Durability durability, Consumer<Runnable> driver) {
        this.durability = durability;
        this.driver = driver;
        this.retained = durability.history().retained();
        this.bytesOfLast = retained.newestFirst().stream()
                .findFirst()
                .map(SnapshotRef::length)
                .orElse(0L);
    }

    /** True if it is time for a snapshot. */
    boolean isDue() {
        long grown = durability.journal().appendedBytes() - loggedBefore;
        return point == null && !writing && grown >= durability.snapshotBytes() + bytesOfLast;
    }

    /** The state of so many partitions as of this point will be told. */
    void begin(int partitions, Point now) {
        told.clear();
        missing = partitions;
        point = partitions == 0 ? null : now;
    }

    /** An executor died, so that what was asked of it may never come: there will be another snapshot later. */
    void executorLost() {
        point = null;
        told.clear();
    }

    /** An executor tells its state. */
    void told(Executor.StateTold state) {
        Point now = point;
        if (now == null) {
            return;
        }
        told.addAll(state.states());
        missing -= state.partitions().size();
        if (missing == 0) {
            List<NodeState> all = List.copyOf(told);
            point = null;
            told.clear();
            writing = true;
            loggedBefore = durability.journal().appendedBytes();
            UUID attempt = new UUID(durability.epoch(), ++attempts);
            durability.snapshotThread().execute(() -> write(now, attempt, all));
        }
    }

    /** On the thread of snapshots. */
    private void write(Point at, UUID attempt, List<NodeState> states) {
        try (SnapshotWriter writer = durability.snapshots().write(at.number(), at.through(), attempt)) {
            for (NodeState state : states) {
                writer.add(durability.format().snapshotEntry(durability.format().encode(state)));
            }
            SnapshotRef written = writer.finish();
            driver.accept(() -> log(at, written));
        } catch (IOException | RuntimeException e) {
            LOG.warn("no snapshot could be written, the log grows on: {}", e.toString());
            driver.accept(() -> writing = false);
        }
    }

    private void log(Point at, SnapshotRef written) {
        JournalEntry.Snapshotted entry = new JournalEntry.Snapshotted(
                at.begun(), written, at.number(), at.batch(), at.lost(), at.offsets(), at.lives());
        durability.journal().append(() -> entry, sequence -> driver.accept(() -> stands(written)));
    }

    /** The log tells of the snapshot: what came before the last but one may go. */
    private void stands(SnapshotRef written) {
        writing = false;
        bytesOfLast = written.length();
        retained.add(written);
        List<SnapshotRef> needed = retained.newestFirst();
        var unused = durability
                .journal()
                .truncateBefore(retained.firstNeeded())
                .whenCompleteAsync((done, failure) -> forget(needed, failure), durability.snapshotThread());
        LOG.info("snapshot={} bytes={}", written.id().path(), written.length());
    }

    private void forget(List<SnapshotRef> needed, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("the log could not be shortened: {}", failure.toString());
            return;
        }
        try {
            durability.snapshots().retain(needed);
        } catch (IOException e) {
            LOG.warn("old snapshots could not be deleted: {}", e.toString());
        }
    }
}
