// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import io.millrace.runtime.block.BlockStore;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One executor's part in one attempt at a batch: which level it is at, what it waits for, what it has to give.
 *
 * <p>Runs on the executor's thread; starts tasks and sends through what it is given.
 */
final class BatchRun {

    /** Less than so many bytes are not worth a second task. */
    private static final long BYTES_PER_TASK = 64 * 1024;

    /** Fewer rows or keys are not worth a second task. */
    private static final int ROWS_PER_TASK = 4096;

    /** How a run reaches the world. */
    interface Outside {
        /** Runs a task on a slot; its result comes back to {@link BatchRun#taskDone}. */
        void start(Callable<TaskResult> task, Chain borrowed);

        /** Sends what a level has made for another executor. */
        void send(ExecutorId to, int level, List<Shuffle> shuffles, Set<Integer> failed);

        /** The executor's part is done. */
        void done(TaskResult result);
    }

    private final BatchOrder order;
    private final PhysicalPlan plan;
    private final ExecutorSettings settings;
    private final ExecutorId self;
    private final BlockStore store;
    private final ChainPool chains;
    private final PartitionStates states;
    private final Outside outside;
    private final List<Integer> partitions;
    private final AtomicBoolean cancelled = new AtomicBoolean();
    private final Map<Integer, Set<ExecutorId>> heard = new HashMap<>();
    private final List<Shuffle> arrived = new ArrayList<>();
    private final Set<Integer> failed = new TreeSet<>();
    private TaskResult result = TaskResult.EMPTY;
    private int level;
    private int running;
    private boolean levelStarted;

    BatchRun(
            BatchOrder order,
            PhysicalPlan plan,
            ExecutorSettings settings,
            ExecutorId self,
            BlockStore store,
            ChainPool chains,
            PartitionStates states,
            Outside outside) {
        this.order = order;
        this.plan = plan;
        this.settings = settings;
        this.self = self;
        this.store = store;
        this.chains = chains;
        this.states = states;
        this.outside = outside;
        this.partitions = order.partitionsOf(self);
    }

    BatchOrder order() {
        return order;
    }

    /** Begins with level 0. */
    void start() {
        if (order.sources().contains(self)) {
            startBlocks();
        } else {
            level = 1;
            startLevelIfReady();
        }
    }

    /** Takes no further piece of work; {@link #isQuiet()} when the running ones are done. */
    void cancel() {
        cancelled.set(true);
    }

    boolean isQuiet() {
        return running == 0;
    }

    /** Another executor, or this one, has finished a level. */
    void levelDone(ExecutorId from, int doneLevel, List<Shuffle> shuffles, Set<Integer> failedNodes) {
        if (heard.computeIfAbsent(doneLevel, l -> new HashSet<>()).add(from)) {
            arrived.addAll(shuffles);
            failed.addAll(plan.withDependants(failedNodes));
            startLevelIfReady();
        }
    }

    /** A task is done. */
    void taskDone(TaskResult taskResult) {
        running--;
        result = result.plus(taskResult);
        if (running == 0 && !cancelled.get()) {
            finishLevel();
        }
    }

    private void startBlocks() {
        levelStarted = true;
        long work = 0;
        for (OrderedBlock block : order.blocks()) {
            work += block.work();
        }
        int tasks = (int)
                Math.min(Math.min(settings.blockTasks(), order.blocks().size()), Math.max(1, work / BYTES_PER_TASK));
        WorkQueue<OrderedBlock> queue = new WorkQueue<>(order.blocks(), cancelled);
        running = tasks;
        for (int i = 0; i < tasks; i++) {
            int near = partitions.isEmpty() ? i % order.owners().size() : partitions.get(i % partitions.size());
            Chain chain = chains.takeOverBlocks();
            outside.start(new BlockTask(chain, queue, store, order, near), chain);
        }
    }

    private void startLevelIfReady() {
        if (levelStarted || level == 0) {
            return;
        }
        if (level >= plan.levels() || partitions.isEmpty()) {
            levelStarted = true;
            outside.done(result);
            return;
        }
        for (int below = 0; below < level; below++) {
            if (!heard.getOrDefault(below, Set.of()).containsAll(order.participants(below))) {
                return;
            }
        }
        levelStarted = true;
        startPartitions();
    }

    private void startPartitions() {
        Map<Integer, List<Shuffle>> byPartition = new HashMap<>();
        for (Shuffle shuffle : arrived) {
            byPartition
                    .computeIfAbsent(shuffle.partition(), partition -> new ArrayList<>())
                    .add(shuffle);
        }
        List<LevelTask.Piece> pieces = new ArrayList<>();
        Set<Integer> failedNow = Set.copyOf(failed);
        for (int partition : partitions) {
            Chain chain = chains.overPartition(level, partition);
            pieces.add(new LevelTask.Piece(
                    chain,
                    new PartitionTaskRun(
                            plan, states, chain, order, byPartition.getOrDefault(partition, List.of()), failedNow)));
        }
        int tasks = isSmall(states.keys(), arrived) ? 1 : Math.min(settings.slots(), partitions.size());
        WorkQueue<LevelTask.Piece> queue = new WorkQueue<>(pieces, cancelled);
        running = tasks;
        for (int i = 0; i < tasks; i++) {
            outside.start(new LevelTask(queue), pieces.get(0).chain());
        }
    }

    /** Whether so many keys of states and what came are not worth a second task. */
    static boolean isSmall(long keys, List<Shuffle> arrived) {
        long rows = keys;
        for (Shuffle shuffle : arrived) {
            rows += shuffle.records(ROWS_PER_TASK - rows);
        }
        return rows < ROWS_PER_TASK;
    }

    private void finishLevel() {
        int done = level;
        List<NodeFailure> failures = result.failures();
        List<Shuffle> shuffles = result.shuffles();
        Set<Integer> failedNodes = new TreeSet<>();
        for (NodeFailure failure : failures) {
            failedNodes.add(failure.node());
        }
        result = new TaskResult(List.of(), result.collected(), failures, result.changes(), result.totals());
        level = done + 1;
        levelStarted = false;
        if (level < plan.levels()) {
            Map<ExecutorId, List<Shuffle>> byOwner = new HashMap<>();
            for (Shuffle shuffle : shuffles) {
                byOwner.computeIfAbsent(order.owners().get(shuffle.partition()), owner -> new ArrayList<>())
                        .add(shuffle);
            }
            for (ExecutorId owner : order.participants(level)) {
                if (!owner.equals(self)) {
                    outside.send(owner, done, byOwner.getOrDefault(owner, List.of()), failedNodes);
                }
            }
            levelDone(self, done, byOwner.getOrDefault(self, List.of()), failedNodes);
        } else {
            startLevelIfReady();
        }
    }
}
