// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.typed.ActorRef;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchEffect;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.batch.BlockAssignment;
import io.millrace.runtime.batch.Placement;
import io.millrace.runtime.block.BlockLocation;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.BatchOrder;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.NodeState;
import io.millrace.runtime.executor.OrderedBlock;
import io.millrace.runtime.executor.Tap;
import io.millrace.runtime.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Knows the executors and gives each its part of a batch. Used by the driver's thread only. */
final class BatchDispatch {

    private static final BatchTime NONE = new BatchTime(Long.MIN_VALUE);

    private final PhysicalPlan plan;
    private final BatchTime zero;
    private final ActorRef<Executor.Event> replyTo;
    private final Placement placement;
    private final BlockAssignment blockAssignment;
    private final boolean tellChanges;
    private final Map<ExecutorId, ActorRef<Executor.Command>> executors = new TreeMap<>();
    private Assignment assignment = new Assignment(Map.of(), List.of(), List.of());
    private BatchTime allocatedBatch = NONE;
    private List<BlockLocation> blocks = List.of();
    private long stateKeys;
    private long stateKeysOfRun;
    private final Set<ExecutorId> ranOn = new TreeSet<>();

    /**
     * Who does what in a batch. It is as it was when those who take part were named, also if the batch runs later, when its plan stands in
     * the log: meanwhile somebody may have got a state, who is not waited for.
     */
    private record Assignment(
            Map<ExecutorId, List<Integer>> blocks, List<ExecutorId> owners, List<List<ExecutorId>> standbys) {}

    BatchDispatch(
            PhysicalPlan plan,
            DriverSettings settings,
            boolean logged,
            BatchTime zero,
            ActorRef<Executor.Event> replyTo) {
        this.plan = plan;
        this.zero = zero;
        this.replyTo = replyTo;
        this.blockAssignment = new BlockAssignment(plan.streamsReadByTasks());
        this.tellChanges = plan.isStateful() && (logged || settings.keep().isOn());
        this.placement = new Placement(
                settings.partitions(),
                settings.executors(),
                plan.isStateful() ? settings.replication() : settings.executors());
    }

    /** Batches begin: an executor that joins later lacks the state there is by then. */
    void begin() {
        if (plan.isStateful()) {
            placement.begin();
        }
    }

    /** Gives every executor its part of a state that there is before the first batch. */
    void install(List<NodeState> states) {
        List<ExecutorId> owners = placement.owners();
        List<List<ExecutorId>> standbys = placement.standbys();
        executors.forEach((id, executor) -> {
            Set<Integer> kept = new TreeSet<>();
            for (int partition = 0; partition < owners.size(); partition++) {
                if (owners.get(partition).equals(id) || standbys.get(partition).contains(id)) {
                    kept.add(partition);
                }
            }
            executor.tell(new Executor.InstallState(
                    kept,
                    states.stream()
                            .filter(state -> kept.contains(state.partition()))
                            .toList(),
                    replyTo));
        });
        stateKeys = states.stream().mapToLong(NodeState::keys).sum();
    }

    /** Asks for the state as of the last batch; answers how many partitions will be told, none if some are kept by nobody now. */
    int tellState() {
        List<ExecutorId> owners = placement.owners();
        Map<ExecutorId, Set<Integer>> asked = new TreeMap<>();
        for (int partition = 0; partition < owners.size(); partition++) {
            asked.computeIfAbsent(owners.get(partition), executor -> new TreeSet<>())
                    .add(partition);
        }
        if (!placement.isComplete() || !executors.keySet().containsAll(asked.keySet())) {
            return 0;
        }
        asked.forEach((executor, partitions) -> {
            ActorRef<Executor.Command> address = executors.get(executor);
            if (address != null) {
                address.tell(new Executor.TellState(partitions, replyTo));
            }
        });
        return owners.size();
    }

    void executorUp(ExecutorHandle handle) {
        executors.put(handle.id(), handle.executor());
        placement.up(handle.id());
    }

    void executorDown(ExecutorId executor) {
        executors.remove(executor);
        placement.down(executor);
    }

    boolean isStateLost() {
        return placement.isLost();
    }

    long lostPartitions() {
        return placement.lostPartitions();
    }

    /** Sends state to executors that lack it; between two batches only. */
    void sendState() {
        for (Placement.Transfer transfer : placement.transfers()) {
            ActorRef<Executor.Command> from = executors.get(transfer.from());
            ActorRef<Executor.Command> to = executors.get(transfer.to());
            if (from != null && to != null) {
                from.tell(new Executor.SendState(transfer.partitions(), to, replyTo));
            }
        }
    }

    void stateInstalled(Executor.StateInstalled installed) {
        placement.installed(installed.executor(), installed.partitions());
    }

    /** The blocks of a batch are asked for, perhaps again: where they were before says nothing. */
    void allocating() {
        allocatedBatch = NONE;
        blocks = List.of();
    }

    /** These are the blocks of a batch. */
    void allocated(BlockManager.Allocated allocated) {
        allocatedBatch = allocated.batch();
        blocks = allocated.blocks();
    }

    /** Who would work on the batch; empty if its blocks are not known, or if some part of it can be done by nobody now. */
    Optional<Set<ExecutorId>> participants(BatchTime batch) {
        if (!batch.equals(allocatedBatch) || !placement.isComplete() || !allBlocksAreHeld()) {
            return Optional.empty();
        }
        if (blocks.isEmpty() && stateKeys == 0 && !plan.worksOnNothing()) {
            return Optional.of(Set.of());
        }
        Map<ExecutorId, List<Integer>> assigned = blockAssignment.assign(blocks, executors.keySet());
        assignment = new Assignment(assigned, owners(assigned.keySet()), placement.standbys());
        Set<ExecutorId> participants = new TreeSet<>(assigned.keySet());
        if (plan.levels() > 1) {
            participants.addAll(assignment.owners());
        }
        return Optional.of(participants);
    }

    private boolean allBlocksAreHeld() {
        for (BlockLocation block : blocks) {
            if (Collections.disjoint(block.holders(), executors.keySet())) {
                return false;
            }
        }
        return true;
    }

    /** Who works on each partition: one executor does all of a small batch if it touches no state. */
    private List<ExecutorId> owners(Set<ExecutorId> sources) {
        List<ExecutorId> owners = placement.owners();
        boolean one = touchesNoState() && sources.size() <= 1 && blockAssignment.isSmall(blocks);
        return one
                ? Collections.nCopies(
                        owners.size(),
                        sources.isEmpty() ? owners.get(0) : sources.iterator().next())
                : owners;
    }

    /** Without records and without state only what works on nothing has something to do, wherever the state will once lie. */
    private boolean touchesNoState() {
        return !plan.isStateful()
                || (blocks.isEmpty() && stateKeys == 0 && plan.remembersNothing() && placement.isSynced());
    }

    /** Has the executors work with these versions of the job's values, and collect the records of some nodes for attached outputs. */
    void run(BatchState state, List<Tap> taps, List<Long> versions) {
        ranOn.clear();
        stateKeysOfRun = 0;
        Assignment now = assignment;
        for (ExecutorId executor : new TreeSet<>(state.working())) {
            ActorRef<Executor.Command> address = executors.get(executor);
            if (address != null) {
                BatchOrder order = new BatchOrder(
                        state.batch(),
                        state.attempt(),
                        zero,
                        ordered(now.blocks().getOrDefault(executor, List.of())),
                        now.blocks().keySet(),
                        now.owners(),
                        now.standbys(),
                        taps,
                        versions,
                        tellChanges);
                ranOn.add(executor);
                address.tell(new Executor.Run(order, executors, replyTo));
            }
        }
    }

    private List<OrderedBlock> ordered(List<Integer> places) {
        List<OrderedBlock> ordered = new ArrayList<>();
        for (int place : places) {
            BlockLocation block = blocks.get(place);
            ordered.add(new OrderedBlock(place, block.info().id(), blockAssignment.work(block)));
        }
        return ordered;
    }

    /** An executor is done and has a state for so many keys. */
    void done(long keys) {
        stateKeysOfRun += keys;
    }

    /** Has the executors that worked, and those that keep a state, make the batch lasting. */
    void commit(BatchEffect.Commit commit) {
        blocks = List.of();
        if (plan.levels() > 1 && !ranOn.isEmpty()) {
            stateKeys = commit.failed().isEmpty() ? stateKeysOfRun : stateKeys + stateKeysOfRun;
            executors.forEach((id, executor) -> {
                if (plan.isStateful() || ranOn.contains(id)) {
                    executor.tell(new Executor.Commit(commit.batch(), commit.attempt(), commit.failed()));
                }
            });
            ranOn.clear();
        }
    }
}
