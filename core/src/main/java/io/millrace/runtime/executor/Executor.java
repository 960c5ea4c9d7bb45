// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.executor;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.operator.BatchTime;
import io.millrace.operator.FailedRecord;
import io.millrace.runtime.block.BlockStore;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.CrashPoints;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.plan.PhysicalPlan;
import io.millrace.runtime.wire.WireMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Works on batches: runs tasks on its slots, exchanges rows with the other executors, keeps the state of its partitions. */
public final class Executor extends AbstractBehavior<Executor.Command> {

    /** What an executor can be told. */
    public sealed interface Command extends WireMessage {}

    /** Work on this batch; an earlier attempt at it is given up. */
    public record Run(BatchOrder order, Map<ExecutorId, ActorRef<Command>> executors, ActorRef<Event> replyTo)
            implements Command {
        /** Copies the addresses. */
        public Run {
            executors = Map.copyOf(executors);
        }
    }

    /** An executor has finished a level; these rows are for the receiver of this message. */
    public record LevelDone(
            BatchTime batch, int attempt, int level, ExecutorId from, List<Shuffle> shuffles, Set<Integer> failedNodes)
            implements Command {}

    /** Keep these changes, made by {@code from}, until the batch is committed. */
    public record Stage(BatchTime batch, int attempt, ExecutorId from, List<NodeState> changes, ActorRef<Event> replyTo)
            implements Command {}

    /** The batch counts, but for these operators. */
    public record Commit(BatchTime batch, int attempt, Set<Integer> failedNodes) implements Command {}

    /** Send the state of these partitions to another executor, which says so when it has it. */
    public record SendState(Set<Integer> partitions, ActorRef<Command> to, ActorRef<Event> replyTo)
            implements Command {}

    /** This is the state of these partitions. */
    public record InstallState(Set<Integer> partitions, List<NodeState> states, ActorRef<Event> replyTo)
            implements Command {}

    /** Tell the state of these partitions as of the last batch that was committed. */
    public record TellState(Set<Integer> partitions, ActorRef<Event> replyTo) implements Command {}

    /** Die, as a process does that is killed: for tests. */
    public record Crash() implements Command {}

    private record TaskDone(
            BatchRun run,
            @Nullable Chain borrowed,
            @Nullable TaskResult result,
            @Nullable Throwable error) implements Command, NoSerializationVerificationNeeded {}

    private record CommitBroke(Throwable error) implements Command, NoSerializationVerificationNeeded {}

    /** What an executor says to the driver. */
    public sealed interface Event extends WireMessage {}

    /** The executor's part in the attempt is done; {@code stagedBy} are those whom it sent changes to keep,
     * {@code stateKeys} how many keys it has a state for, {@code changes} what it changed in the state if it was to tell. */
    public record Done(
            BatchTime batch,
            int attempt,
            ExecutorId executor,
            List<Collected> collected,
            List<NodeFailure> failures,
            TaskCounts.Totals totals,
            long stateKeys,
            Set<ExecutorId> stagedBy,
            List<NodeState> changes)
            implements Event {}

    /** The changes that {@code from} made are kept by {@code by}. */
    public record Staged(BatchTime batch, int attempt, ExecutorId from, ExecutorId by) implements Event {}

    /** The state of these partitions. */
    public record StateTold(ExecutorId executor, Set<Integer> partitions, List<NodeState> states) implements Event {}

    /** The state of these partitions is installed. */
    public record StateInstalled(ExecutorId executor, Set<Integer> partitions) implements Event {}

    private final ExecutorId id;
    private final PhysicalPlan plan;
    private final ExecutorSettings settings;
    private final BlockStore store;
    private final java.util.concurrent.Executor slots;
    private final CrashPoints crashPoints;
    private final PartitionStates states;
    private final ChainPool chains;
    private final List<LevelDone> early = new ArrayList<>();
    private @Nullable BatchRun run;
    private @Nullable Run waiting;
    private BatchTime stagedBatch = new BatchTime(Long.MIN_VALUE);
    private int stagedAttempt;

    private Executor(
            ActorContext<Command> context,
            ExecutorId id,
            PlannedJob job,
            ExecutorSettings settings,
            BlockStore store,
            java.util.concurrent.Executor slots,
            CrashPoints crashPoints) {
        super(context);
        this.id = id;
        this.plan = job.plan();
        this.settings = settings;
        this.store = store;
        this.slots = slots;
        this.crashPoints = crashPoints;
        this.states = new PartitionStates(job.initialStates(settings));
        this.chains = new ChainPool(ChainSetup.of(job, settings, states));
    }

    /**
     * An executor without state.
     *
     * @param id which it is
     * @param job the physical plan of the job, with the step classes made for it in this JVM
     * @param settings how it works
     * @param store where its blocks are
     * @param slots runs its tasks, as many at once as there are slots
     * @param crashPoints where it may die
     */
    public static Behavior<Command> create(
            ExecutorId id,
            PlannedJob job,
            ExecutorSettings settings,
            BlockStore store,
            java.util.concurrent.Executor slots,
            CrashPoints crashPoints) {
        return Behaviors.setup(context -> new Executor(context, id, job, settings, store, slots, crashPoints));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(TaskDone.class, this::onTaskDone)
                .onMessage(LevelDone.class, this::onLevelDone)
                .onMessage(Run.class, this::onRun)
                .onMessage(Stage.class, this::onStage)
                .onMessage(Commit.class, this::onCommit)
                .onMessage(CommitBroke.class, this::onCommitBroke)
                .onMessage(SendState.class, this::onSendState)
                .onMessage(InstallState.class, this::onInstallState)
                .onMessage(TellState.class, this::onTellState)
                .onMessage(Crash.class, this::onCrash)
                .build();
    }

    private Behavior<Command> onRun(Run order) {
        if (run != null && !run.isQuiet()) {
            run.cancel();
            waiting = order;
        } else {
            begin(order);
        }
        return this;
    }

    private void begin(Run command) {
        BatchOrder order = command.order();
        if (run != null || order.attempt() > 0) {
            states.rollback();
        }
        waiting = null;
        states.prepare(order.keptBy(id));
        chains.prepare(order.taps());
        BatchRun next = new BatchRun(order, plan, settings, id, store, chains, states, new Outside(command));
        run = next;
        crashPoints.reached(CrashPoint.BATCH_STARTED, Optional.of(id));
        next.start();
        List<LevelDone> known = List.copyOf(early);
        early.removeIf(message -> !isLater(message, order));
        known.forEach(message -> pass(next, message));
    }

    private static boolean isLater(LevelDone message, BatchOrder order) {
        int byBatch = message.batch().compareTo(order.batch());
        return byBatch > 0 || (byBatch == 0 && message.attempt() > order.attempt());
    }

    private Behavior<Command> onLevelDone(LevelDone message) {
        if (run != null && waiting == null && pass(run, message)) {
            return this;
        }
        early.add(message);
        return this;
    }

    private static boolean pass(BatchRun run, LevelDone message) {
        if (!run.order().isSameAttempt(message.batch(), message.attempt())) {
            return false;
        }
        run.levelDone(message.from(), message.level(), message.shuffles(), message.failedNodes());
        return true;
    }

    private Behavior<Command> onTaskDone(TaskDone done) {
        crashPoints.reached(CrashPoint.TASK_DONE, Optional.of(id));
        if (done.borrowed() != null) {
            chains.give(done.borrowed());
        }
        if (done.result() != null) {
            done.run().taskDone(done.result());
        } else if (done.error() != null) {
            done.run().taskDone(failed(done.run(), done.error()));
        }
        if (waiting != null && run != null && run.isQuiet()) {
            begin(waiting);
        }
        return this;
    }

    private TaskResult failed(BatchRun failedRun, Throwable error) {
        getContext()
                .getLog()
                .error(
                        "executor={} a task of batch {} broke",
                        id,
                        failedRun.order().batch(),
                        error);
        FailedRecord failed = new FailedRecord(
                failedRun.order().batch(),
                "-",
                -1,
                "-",
                "task",
                id.toString(),
                "-",
                Excerpt.escape(String.valueOf(error)));
        return new TaskResult(
                List.of(), List.of(), List.of(new NodeFailure(-1, failed, error)), List.of(), TaskCounts.Totals.NONE);
    }

    private Behavior<Command> onStage(Stage stage) {
        boolean newer = stage.batch().compareTo(stagedBatch) > 0
                || (stage.batch().equals(stagedBatch) && stage.attempt() > stagedAttempt);
        if (newer) {
            states.unstage();
            stagedBatch = stage.batch();
            stagedAttempt = stage.attempt();
        }
        if (stage.batch().equals(stagedBatch) && stage.attempt() == stagedAttempt) {
            states.stage(stage.changes());
            crashPoints.reached(CrashPoint.CHANGES_STAGED, Optional.of(id));
            stage.replyTo().tell(new Staged(stage.batch(), stage.attempt(), stage.from(), id));
        }
        return this;
    }

    private Behavior<Command> onCommit(Commit commit) {
        if (!commit.batch().equals(stagedBatch) || commit.attempt() != stagedAttempt) {
            states.unstage();
        }
        catchUp(states.commit(commit.failedNodes()));
        run = null;
        return this;
    }

    /** Has the slots do what a commit left to be done. Who asks for a table before that does it himself. */
    private void catchUp(List<PartitionState> left) {
        WorkQueue<PartitionState> queue = new WorkQueue<>(left, new AtomicBoolean());
        ActorRef<Command> self = getContext().getSelf();
        for (int i = 0; i < Math.min(settings.slots(), left.size()); i++) {
            slots.execute(() -> {
                try {
                    for (PartitionState state = queue.take(); state != null; state = queue.take()) {
                        state.catchUp();
                    }
                } catch (RuntimeException | Error e) {
                    self.tell(new CommitBroke(e));
                }
            });
        }
    }

    private Behavior<Command> onCommitBroke(CommitBroke broke) {
        throw new IllegalStateException("executor " + id + " could not keep what a batch changed", broke.error());
    }

    private Behavior<Command> onSendState(SendState send) {
        send.to().tell(new InstallState(send.partitions(), states.snapshot(send.partitions()), send.replyTo()));
        return this;
    }

    private Behavior<Command> onInstallState(InstallState install) {
        states.install(install.partitions(), install.states());
        crashPoints.reached(CrashPoint.STATE_INSTALLED, Optional.of(id));
        install.replyTo().tell(new StateInstalled(id, install.partitions()));
        return this;
    }

    private Behavior<Command> onTellState(TellState tell) {
        tell.replyTo().tell(new StateTold(id, tell.partitions(), states.snapshot(tell.partitions())));
        return this;
    }

    private Behavior<Command> onCrash(Crash crash) {
        getContext().getLog().warn("executor={} crashes, as it was told to", id);
        if (run != null) {
            run.cancel();
        }
        return Behaviors.stopped();
    }

    /** How a run of this executor reaches the others. */
    private final class Outside implements BatchRun.Outside {
        private final Run command;

        Outside(Run command) {
            this.command = command;
        }

        @Override
        public void start(Callable<TaskResult> task, Chain borrowed) {
            BatchRun started = run;
            ActorRef<Command> self = getContext().getSelf();
            if (started == null) {
                throw new IllegalStateException("a task is started outside of a batch");
            }
            slots.execute(() -> {
                try {
                    self.tell(new TaskDone(started, borrowed, task.call(), null));
                } catch (Throwable e) {
                    self.tell(new TaskDone(started, borrowed, null, e));
                }
            });
        }

        @Override
        public void send(ExecutorId to, int level, List<Shuffle> shuffles, Set<Integer> failedNodes) {
            ActorRef<Command> peer = command.executors().get(to);
            if (peer != null) {
                peer.tell(new LevelDone(
                        command.order().batch(), command.order().attempt(), level, id, shuffles, failedNodes));
            }
        }

        @Override
        public void done(TaskResult result) {
            BatchOrder order = command.order();
            Map<ExecutorId, List<NodeState>> byStandby = new TreeMap<>();
            for (NodeState change : result.changes()) {
                for (ExecutorId standby : order.standbys().get(change.partition())) {
                    byStandby
                            .computeIfAbsent(standby, executor -> new ArrayList<>())
                            .add(change);
                }
            }
            byStandby.forEach((standby, changes) -> {
                ActorRef<Command> peer = command.executors().get(standby);
                if (peer != null) {
                    peer.tell(new Stage(order.batch(), order.attempt(), id, changes, command.replyTo()));
                }
            });
            command.replyTo()
                    .tell(new Done(
                            order.batch(),
                            order.attempt(),
                            id,
                            result.collected(),
                            result.failures(),
                            result.totals(),
                            states.keys(),
                            new TreeSet<>(byStandby.keySet()),
                            order.tellChanges() ? result.changes() : List.of()));
        }
    }
}
