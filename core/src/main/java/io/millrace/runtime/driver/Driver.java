// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.listener.BatchInfo;
import io.millrace.listener.StopReport;
import io.millrace.operator.BatchTime;
import io.millrace.operator.SourceOperator;
import io.millrace.runtime.batch.BatchClock;
import io.millrace.runtime.batch.BatchEffect;
import io.millrace.runtime.batch.BatchEvent;
import io.millrace.runtime.batch.BatchProtocol;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.wire.WireMessage;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Drives the job: every batch interval it has receivers cut their blocks, has executors work on what came, and has the outputs
 * written. It decides nothing itself: see {@link BatchProtocol}, {@link BatchClock}, {@link BatchDispatch}.
 */
public final class Driver extends AbstractBehavior<Driver.Command> {

    /** What a driver can be told. */
    public sealed interface Command extends WireMessage {}

    /** An executor lives. */
    public record ExecutorUp(ExecutorHandle handle) implements Command {}

    /** Stop the job: at once, or when all that was received is processed. */
    public record Stop(boolean graceful) implements Command {}

    private sealed interface Internal extends Command, NoSerializationVerificationNeeded {}

    private record Tick() implements Internal {}

    private record SealOverdue(BatchTime batch) implements Internal {}

    private record StopOverdue() implements Internal {}

    private record ExecutorGone(ExecutorId executor) implements Internal {}

    private record PlaceReceivers() implements Internal {}

    private record Written(BatchTime batch, Outputs.Written written, Instant ended) implements Internal {}

    private record FromExecutor(Executor.Event event) implements Internal {}

    private record FromBlocks(BlockManager.Event event) implements Internal {}

    private record FromReceiver(ReceiverSupervisor.Event event) implements Internal {}

    /** What a driver says to the node it runs on. */
    public sealed interface Event extends NoSerializationVerificationNeeded {}

    /** An output failed in a batch; the job goes on. */
    public record OutputFailed(String description, Throwable cause) implements Event {}

    /** The job has ended; {@code failure} says why, if it was not told to. */
    public record Stopped(StopReport report, Optional<String> failure) implements Event {}

    private final DriverSetup setup;
    private final BatchClock clock;
    private final Outputs outputs;
    private final Listeners listeners;
    private final Ending ending = new Ending();
    private final ReceiverTracker receivers;
    private final BatchDispatch dispatch;
    private final ActorRef<BlockManager.Command> blocks;
    private final Map<ExecutorId, ExecutorHandle> executors = new TreeMap<>();
    private BatchState state;
    private BatchRecord record;
    private Instant nextTick = Instant.MIN;
    private Timer.Scheduled sealLimit = () -> {};
    private boolean begun;

    private Driver(ActorContext<Command> context, DriverSetup setup) {
        super(context);
        this.setup = setup;
        this.clock = new BatchClock(setup.settings().interval(), setup.time().now(), this::mayBeSkipped);
        this.outputs = new Outputs(setup.plan(), setup.time());
        this.listeners = new Listeners(setup.listeners(), setup.outputThread());
        this.receivers = new ReceiverTracker(preferences(setup));
        this.dispatch = new BatchDispatch(
                setup.plan(),
                setup.settings(),
                clock.zero(),
                context.messageAdapter(Executor.Event.class, FromExecutor::new));
        ActorRef<BlockManager.Event> fromBlocks = context.messageAdapter(BlockManager.Event.class, FromBlocks::new);
        this.blocks = context.spawn(
                BlockManager.create(
                        setup.settings().replication(), listeners.hearsBlocks(), fromBlocks, setup.crashPoints()),
                "block-manager",
                DispatcherSelector.sameAsParent());
        this.state = BatchState.initial(clock.zero());
        this.record = new BatchRecord(clock.zero(), 0, setup.time().now());
    }

    /**
     * A driver that begins its batches when all executors live.
     *
     * @param onReady told the block manager and where receivers report, before anything else happens
     */
    public static Behavior<Command> create(DriverSetup setup, OnReady onReady) {
        return Behaviors.setup(context -> {
            Driver driver = new Driver(context, setup);
            onReady.ready(driver.blocks, context.messageAdapter(ReceiverSupervisor.Event.class, FromReceiver::new));
            return driver;
        });
    }

    /** Hears of the addresses that executors need. */
    @FunctionalInterface
    public interface OnReady {
        /** Called once, on the driver's thread. */
        void ready(ActorRef<BlockManager.Command> blocks, ActorRef<ReceiverSupervisor.Event> receiverEvents);
    }

    private static Map<Integer, OptionalInt> preferences(DriverSetup setup) {
        Map<Integer, OptionalInt> preferences = new TreeMap<>();
        for (int stream = 0; stream < setup.plan().sources().size(); stream++) {
            SourceOperator<?> source = (SourceOperator<?>)
                    setup.plan().sources().get(stream).node().operator();
            preferences.put(stream, source.preferredExecutor());
        }
        return preferences;
    }

    private boolean mayBeSkipped(BatchTime time) {
        return setup.plan().mayBeSkipped(time, clock.zero());
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(FromExecutor.class, this::onFromExecutor)
                .onMessage(FromReceiver.class, this::onFromReceiver)
                .onMessage(FromBlocks.class, this::onFromBlocks)
                .onMessage(Tick.class, this::onTick)
                .onMessage(SealOverdue.class, this::onSealOverdue)
                .onMessage(Written.class, this::onWritten)
                .onMessage(ExecutorUp.class, this::onExecutorUp)
                .onMessage(ExecutorGone.class, this::onExecutorGone)
                .onMessage(PlaceReceivers.class, this::onPlaceReceivers)
                .onMessage(Stop.class, this::onStop)
                .onMessage(StopOverdue.class, this::onStopOverdue)
                .build();
    }

    // ---- executors ----

    private Behavior<Command> onExecutorUp(ExecutorUp up) {
        ExecutorHandle handle = up.handle();
        for (ExecutorId former : List.copyOf(executors.keySet())) {
            if (former.number() == handle.id().number()) {
                lose(former);
            }
        }
        executors.put(handle.id(), handle);
        getContext().watchWith(handle.executor(), new ExecutorGone(handle.id()));
        blocks.tell(new BlockManager.ExecutorUp(handle.id(), handle.holder()));
        dispatch.executorUp(handle);
        listeners.tell(listener -> listener.onExecutorAdded(handle.id().toString()));
        if (!begun && executors.size() == setup.settings().executors()) {
            begun = true;
            dispatch.begin();
            listeners.tell(listener -> listener.onStarted(clock.zero()));
            arm();
        }
        if (begun) {
            receivers.executors(executors);
            if (state.phase() == BatchState.Phase.IDLE) {
                dispatch.sendState();
            }
            runIfPossible();
        }
        return this;
    }

    private Behavior<Command> onExecutorGone(ExecutorGone gone) {
        lose(gone.executor());
        return this;
    }

    private void lose(ExecutorId executor) {
        if (executors.remove(executor) == null || ending.isOver()) {
            return;
        }
        getContext().getLog().warn("executor={} is lost", executor);
        blocks.tell(new BlockManager.ExecutorDown(executor));
        dispatch.executorDown(executor);
        listeners.tell(listener -> listener.onExecutorLost(executor.toString()));
        for (int stream : receivers.executorLost(executor)) {
            listeners.tell(listener -> listener.onReceiverStopped(stream, executor + " died"));
            step(new BatchEvent.StreamGone(stream));
        }
        if (dispatch.isStateLost()) {
            fail("The state of " + dispatch.lostPartitions() + " partitions is lost: every executor that kept it died ("
                    + setup.settings().replication() + " kept it)");
            return;
        }
        receivers.executors(executors);
        step(new BatchEvent.ExecutorLost(executor));
        endIfDrained();
    }

    private Behavior<Command> onPlaceReceivers(PlaceReceivers place) {
        receivers.executors(executors);
        return this;
    }

    // ---- batches ----

    private Behavior<Command> onTick(Tick tick) {
        nextTick = Instant.MIN;
        beginBatchIfDue();
        return this;
    }

    private void beginBatchIfDue() {
        if (ending.isOver() || !begun || state.phase() != BatchState.Phase.IDLE) {
            return;
        }
        Instant now = setup.time().now();
        Optional<BatchClock.Due> due = clock.take(now.toEpochMilli());
        if (due.isEmpty()) {
            arm();
            return;
        }
        record = new BatchRecord(due.get().batch(), due.get().absorbed(), now);
        step(new BatchEvent.Due(due.get().batch(), receivers.running()));
    }

    private void arm() {
        Instant at = clock.next().instant();
        if (!at.equals(nextTick)) {
            nextTick = at;
            ActorRef<Command> self = getContext().getSelf();
            setup.time().timer().at(at, () -> self.tell(new Tick()));
        }
    }

    private Behavior<Command> onSealOverdue(SealOverdue overdue) {
        if (overdue.batch().equals(state.batch()) && state.phase() == BatchState.Phase.SEALING) {
            receivers.overdue();
        }
        step(new BatchEvent.SealOverdue(overdue.batch()));
        return this;
    }

    private Behavior<Command> onFromExecutor(FromExecutor message) {
        Executor.Event event = message.event();
        if (event instanceof Executor.Done done) {
            if (isCurrent(done)) {
                record.done(done);
                dispatch.done(done.stateKeys());
            }
            Set<Integer> failed = setup.plan()
                    .withDependants(
                            done.failures().stream().map(NodeFailure::node).toList());
            step(new BatchEvent.Done(done.batch(), done.attempt(), done.executor(), done.stagedBy(), failed));
        } else if (event instanceof Executor.Staged staged) {
            step(new BatchEvent.Staged(staged.batch(), staged.attempt(), staged.from(), staged.by()));
        } else if (event instanceof Executor.StateInstalled installed) {
            dispatch.stateInstalled(installed);
        }
        return this;
    }

    private boolean isCurrent(Executor.Done done) {
        return state.phase() == BatchState.Phase.RUNNING
                && done.batch().equals(state.batch())
                && done.attempt() == state.attempt()
                && state.working().contains(done.executor());
    }

    private Behavior<Command> onWritten(Written done) {
        for (Outputs.Failure failed : done.written().failures()) {
            getContext().getLog().error("output={} {}", failed.output(), failed.description(), failed.cause());
            setup.parent().tell(new OutputFailed(failed.description(), failed.cause()));
        }
        ending.batchDone(record.records());
        step(new BatchEvent.Written(done.batch()));
        return this;
    }

    private void step(BatchEvent event) {
        BatchProtocol.Step step = BatchProtocol.step(state, event);
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(BatchEffect effect) {
        if (effect instanceof BatchEffect.AskSeal ask) {
            ActorRef<Command> self = getContext().getSelf();
            sealLimit = setup.time()
                    .timer()
                    .at(
                            setup.time().now().plus(setup.settings().sealTimeout()),
                            () -> self.tell(new SealOverdue(ask.batch())));
            receivers.seal(ask.batch(), ask.streams());
        } else if (effect instanceof BatchEffect.Allocate allocate) {
            sealLimit.cancel();
            dispatch.allocating();
            blocks.tell(new BlockManager.Allocate(allocate.batch()));
        } else if (effect instanceof BatchEffect.Run) {
            dispatch.run(state);
        } else if (effect instanceof BatchEffect.Write) {
            setup.crashPoints().reached(CrashPoint.BEFORE_OUTPUT, Optional.empty());
            write();
        } else if (effect instanceof BatchEffect.Commit commit) {
            commit(commit);
        }
    }

    /** Runs the batch whose blocks are known, unless an executor is missing that must come first. */
    private void runIfPossible() {
        if (state.phase() == BatchState.Phase.ALLOCATING) {
            dispatch.participants(state.batch())
                    .ifPresent(participants -> step(new BatchEvent.Allocated(state.batch(), participants)));
        }
    }

    private void write() {
        BatchRecord writing = record;
        ActorRef<Command> self = getContext().getSelf();
        setup.outputThread().execute(() -> {
            Outputs.Written written =
                    outputs.write(writing.batch(), clock.zero(), writing.collected(), writing.failures());
            Instant endedAt = setup.time().now();
            if (!listeners.isEmpty()) {
                BatchInfo info = writing.info(endedAt, written.outputs());
                written.failures()
                        .forEach(failed -> listeners.tellNow(listener ->
                                listener.onOutputFailed(writing.batch(), failed.output(), failed.description())));
                listeners.tellNow(listener -> listener.onBatchCompleted(info));
            }
            self.tell(new Written(writing.batch(), written, endedAt));
        });
    }

    private void commit(BatchEffect.Commit commit) {
        setup.crashPoints().reached(CrashPoint.BEFORE_COMMIT, Optional.empty());
        dispatch.commit(commit);
        if (!record.blocks().isEmpty()) {
            blocks.tell(new BlockManager.Release(commit.batch()));
        }
        setup.crashPoints().reached(CrashPoint.AFTER_COMMIT, Optional.empty());
        dispatch.sendState();
        endIfDrained();
        beginBatchIfDue();
    }

    // ---- blocks ----

    private Behavior<Command> onFromBlocks(FromBlocks message) {
        BlockManager.Event event = message.event();
        if (event instanceof BlockManager.Allocated allocated) {
            if (allocated.batch().equals(state.batch()) && state.phase() == BatchState.Phase.ALLOCATING) {
                record.attempt(allocated.blocks(), setup.time().now());
                dispatch.allocated(allocated);
                runIfPossible();
                sayStarted();
            }
        } else if (event instanceof BlockManager.Registered registered) {
            listeners.tell(listener -> listener.onBlockReceived(Reports.of(registered.block())));
        } else if (event instanceof BlockManager.UnderReplicated under) {
            listeners.tell(listener -> listener.onUnderReplicated(under.blocks()));
        } else if (event instanceof BlockManager.DataLost lost) {
            fail("Data is lost: no copy is left of the blocks "
                    + lost.blocks().stream().map(info -> info.id().toString()).collect(Collectors.joining(", "))
                    + " ("
                    + lost.blocks().stream().mapToLong(info -> info.bytes()).sum() + " bytes)");
        } else if (event instanceof BlockManager.Waiting waiting) {
            onWaiting(waiting);
        }
        return this;
    }

    private void sayStarted() {
        if (listeners.hearsStarts() && state.phase() == BatchState.Phase.RUNNING) {
            List<String> names = record.blocks().stream()
                    .map(block -> block.info().id().toString())
                    .toList();
            List<String> workers =
                    state.working().stream().sorted().map(ExecutorId::toString).toList();
            BatchTime batch = state.batch();
            listeners.tell(listener -> listener.onBatchStarted(batch, names, workers));
        }
    }

    // ---- receivers ----

    private Behavior<Command> onFromReceiver(FromReceiver message) {
        ReceiverSupervisor.Event event = message.event();
        if (event instanceof ReceiverSupervisor.Sealed sealed) {
            if (sealed.batch().equals(state.batch())) {
                receivers.sealed(sealed.stream());
            }
            step(new BatchEvent.Sealed(sealed.stream(), sealed.batch()));
        } else if (event instanceof ReceiverSupervisor.Started started) {
            receivers.started(started);
            listeners.tell(listener -> listener.onReceiverStarted(
                    started.stream(), started.name(), started.executor().toString()));
        } else if (event instanceof ReceiverSupervisor.Failed failed) {
            listeners.tell(listener -> listener.onReceiverError(failed.stream(), failed.message(), failed.reopening()));
        } else if (event instanceof ReceiverSupervisor.Finished finished) {
            listeners.tell(listener -> listener.onReceiverStopped(finished.stream(), "its source is finished"));
        } else if (event instanceof ReceiverSupervisor.Stopped stopped) {
            receivers.stopped(stopped.stream());
            listeners.tell(listener -> listener.onReceiverStopped(stopped.stream(), "the job stops"));
            step(new BatchEvent.StreamGone(stopped.stream()));
            endIfDrained();
        } else if (event instanceof ReceiverSupervisor.Died died && receivers.died(died.stream(), died.incarnation())) {
            getContext().getLog().error("stream={} its receiver died: {}", died.stream(), died.cause());
            listeners.tell(listener -> listener.onReceiverError(died.stream(), died.cause(), true));
            step(new BatchEvent.StreamGone(died.stream()));
            ActorRef<Command> self = getContext().getSelf();
            setup.time()
                    .timer()
                    .at(setup.time().now().plus(Duration.ofSeconds(1)), () -> self.tell(new PlaceReceivers()));
            endIfDrained();
        }
        return this;
    }

    // ---- the end ----

    private Behavior<Command> onStop(Stop stop) {
        if (!stop.graceful()) {
            end(false);
        } else if (ending.stop()) {
            receivers.stop();
            ActorRef<Command> self = getContext().getSelf();
            setup.time()
                    .timer()
                    .at(setup.time().now().plus(setup.settings().stopTimeout()), () -> self.tell(new StopOverdue()));
            endIfDrained();
        }
        return this;
    }

    private Behavior<Command> onStopOverdue(StopOverdue overdue) {
        if (!ending.isOver()) {
            getContext()
                    .getLog()
                    .warn(
                            "the graceful stop took longer than {} and is broken off",
                            setup.settings().stopTimeout());
            end(false);
        }
        return this;
    }

    /** Asks whether anything is left, when nothing more can come. */
    private void endIfDrained() {
        if (ending.isStopping()
                && !ending.isOver()
                && receivers.allStopped()
                && state.phase() == BatchState.Phase.IDLE) {
            blocks.tell(new BlockManager.CountWaiting());
        }
    }

    private void onWaiting(BlockManager.Waiting waiting) {
        if (ending.isOver()) {
            sayStopped(waiting);
        } else if (waiting.blocks() == 0 && state.phase() == BatchState.Phase.IDLE && receivers.allStopped()) {
            end(true);
        }
    }

    private void fail(String why) {
        if (!ending.isOver()) {
            ending.fail(why);
            getContext().getLog().error("the job fails: {}", why);
            end(false);
        }
    }

    private void end(boolean drained) {
        if (ending.end(drained)) {
            blocks.tell(new BlockManager.CountWaiting());
        }
    }

    /** Says that the job is over. An output that hangs, which may be why it is, is not waited for. */
    private void sayStopped(BlockManager.Waiting waiting) {
        boolean busy = state.phase() != BatchState.Phase.IDLE;
        ending.report(waiting, busy ? Optional.of(record) : Optional.empty()).ifPresent(report -> {
            Stopped stopped = new Stopped(report, ending.failure());
            setup.outputThread().execute(() -> {
                outputs.close();
                listeners.tellNow(listener -> listener.onStopped(report));
                if (ending.isDrained()) {
                    setup.parent().tell(stopped);
                }
            });
            if (!ending.isDrained()) {
                setup.parent().tell(stopped);
            }
        });
    }
}
