// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.operator.BatchTime;
import io.millrace.operator.SourceOperator;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.block.PlannedBatch;
import io.millrace.runtime.durable.History;
import io.millrace.runtime.durable.Journal;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.plan.PhysicalPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a driver does beside its batches when the job is durable: puts back the blocks that earlier runs have left, watches the log, has
 * snapshots taken. Used by the driver's thread only.
 */
final class DurableJob {

    private static final Logger LOG = LoggerFactory.getLogger(DurableJob.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final DriverSetup setup;
    private final Durability durability;
    private final ActorRef<BlockManager.Command> blocks;
    private final Consumer<Runnable> driver;
    private final JournalEntry.Begun begun;
    private final DurableBatches batches;
    private final SnapshotTaker snapshots;
    private final Map<BlockId, Set<ExecutorId>> restored = new HashMap<>();
    private final Map<BlockId, Block> content = new HashMap<>();
    private int expected;
    private boolean stalled;
    private boolean retrying;

    /**
     * The job of a durable setup.
     *
     * @param zero one interval before the first batch of the first run
     * @param driver runs something on the driver's thread
     */
    DurableJob(
            DriverSetup setup,
            Durability durability,
            BatchTime zero,
            ActorRef<BlockManager.Command> blocks,
            Consumer<Runnable> driver,
            DurableBatches.Outside outside) {
        this.setup = setup;
        this.durability = durability;
        this.blocks = blocks;
        this.driver = driver;
        this.begun = new JournalEntry.Begun(
                durability.epoch(),
                zero,
                setup.plan().intervalMillis(),
                setup.settings().partitions(),
                durability.program().names().nodes(),
                durability.program().types());
        this.batches = new DurableBatches(durability, replayable(setup.plan()), blocks, setup.crashPoints(), outside);
        this.snapshots = new SnapshotTaker(durability, driver);
        History history = durability.history();
        blocks.tell(new BlockManager.Recover(
                history.offsets(), history.planned().map(plan -> new PlannedBatch(plan.batch(), plan.blocks()))));
        durability.journal().listen(new Watching());
    }

    private static Set<Integer> replayable(PhysicalPlan plan) {
        Set<Integer> streams = new TreeSet<>();
        for (int stream = 0; stream < plan.sources().size(); stream++) {
            if (((SourceOperator<?>) plan.sources().get(stream).node().operator())
                    .receiver()
                    .isReplayable()) {
                streams.add(stream);
            }
        }
        return streams;
    }

    /** The batches. */
    DurableBatches batches() {
        return batches;
    }

    // ---- blocks of earlier runs ----

    /** Has executors hold the blocks that earlier runs have left; they answer to {@link #stored}. True if there are none. */
    boolean restore(Map<ExecutorId, ExecutorHandle> executors, ActorRef<BlockHolder.Event> replyTo) {
        restored.clear();
        content.clear();
        expected = 0;
        List<ExecutorHandle> handles = new ArrayList<>(executors.values());
        int copies = Math.min(setup.settings().replication(), handles.size());
        int turn = 0;
        for (JournalEntry.Added added : durability.history().waiting()) {
            Block block = durability.format().decodeBlock(added);
            content.put(block.info().id(), block);
            restored.put(block.info().id(), new TreeSet<>());
            for (int copy = 0; copy < copies; copy++) {
                ExecutorHandle handle = handles.get((turn + copy) % handles.size());
                handle.holder().tell(new BlockHolder.StoreAgain(block, replyTo));
                expected++;
            }
            turn++;
        }
        return expected == 0;
    }

    /** An executor holds a block of an earlier run again. True if all are held, so that the job may go on. */
    boolean stored(BlockHolder.Stored stored) {
        Set<ExecutorId> holders = restored.get(stored.block());
        if (holders == null || !holders.add(stored.holder()) || --expected > 0) {
            return false;
        }
        for (JournalEntry.Added added : durability.history().waiting()) {
            BlockId id = added.block().id();
            blocks.tell(new BlockManager.Restore(added.block(), List.copyOf(restored.getOrDefault(id, Set.of()))));
        }
        content.values().forEach(Block::release);
        content.clear();
        restored.clear();
        return true;
    }

    /** Takes over. */
    void begin() {
        History history = durability.history();
        if (history.isEmpty()) {
            LOG.info("checkpoint epoch={} is new", durability.epoch());
        } else {
            LOG.info(
                    "checkpoint epoch={} goes on after batch {}: {} blocks wait, batch {} is planned, batch {} is to be written",
                    durability.epoch(),
                    history.prepared(),
                    history.waiting().size(),
                    history.planned().map(JournalEntry.Planned::number).orElse(0L),
                    history.unwritten().map(JournalEntry.Prepared::number).orElse(0L));
        }
        batches.begin(begun);
    }

    // ---- snapshots ----

    /** A batch is committed: if it is time for a snapshot, executors are asked for the state. */
    void committed(BatchTime batch, List<LostBatch> lost, BatchDispatch dispatch) {
        if (snapshots.isDue() && batches.isPastThePast() && batches.lastBatch() > 0) {
            SourceOffsets offsets = batches.offsets();
            snapshots.begin(
                    dispatch.tellState(),
                    new SnapshotTaker.Point(
                            begun,
                            batches.lastBatch(),
                            batch,
                            batches.notNeeded(),
                            lost,
                            offsets.all(),
                            offsets.lives()));
        }
    }

    /** An executor tells its state. */
    void told(Executor.StateTold state) {
        snapshots.told(state);
    }

    /** An executor died. */
    void executorLost() {
        snapshots.executorLost();
    }

    // ---- the log ----

    /** Tries to write again, time after time, until there is room. */
    private void retryLater() {
        setup.time()
                .timer()
                .at(
                        setup.time().now().plus(RETRY),
                        () -> driver.accept(() -> {
                            retrying = stalled;
                            if (stalled) {
                                durability.journal().retry();
                                retryLater();
                            }
                        }));
    }

    private void stalled(boolean now) {
        stalled = now;
        if (stalled && !retrying) {
            retrying = true;
            retryLater();
        }
    }

    private final class Watching implements Journal.Listener {
        @Override
        public void stalled(String why) {
            LOG.error("the log has no room, nothing is acknowledged and no batch goes on until it has: {}", why);
            driver.accept(() -> DurableJob.this.stalled(true));
        }

        @Override
        public void resumed() {
            LOG.info("the log has room again");
            driver.accept(() -> DurableJob.this.stalled(false));
        }

        @Override
        public void failed(Throwable cause, boolean fenced) {
            driver.accept(() -> batches.failed(cause, fenced));
        }
    }
}
