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
import io.millrace.listener.StopReport;
import io.millrace.operator.BatchTime;
import io.millrace.runtime.batch.BatchEvent;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.wire.WireMessage;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Drives the job: every batch interval it has receivers cut their blocks, has executors work on what came, and has the outputs
 * written. It decides nothing itself: see {@link CurrentBatch}, {@link BatchSchedule}, {@link BatchDispatch}.
 */
public final class Driver extends AbstractBehavior<Driver.Command> {

    /** What a driver can be told. */
    public sealed interface Command extends WireMessage {}

    /** An executor lives. */
    public record ExecutorUp(ExecutorHandle handle) implements Command {}

    /** Stop the job: at once, or when all that was received is processed. */
    public record Stop(boolean graceful) implements Command {}

    /** Give away the batches that are kept. */
    public record Export(CompletableFuture<KeptRun> reply) implements Command, NoSerializationVerificationNeeded {}

    /** Change something while the job runs. */
    public record Change(JobChange change) implements Command, NoSerializationVerificationNeeded {}

    private sealed interface Internal extends Command, NoSerializationVerificationNeeded {}

    private record Tick() implements Internal {}

    private record SealOverdue(BatchTime batch) implements Internal {}

    private record StopOverdue() implements Internal {}

    private record ExecutorGone(ExecutorId executor) implements Internal {}

    private record PlaceReceivers() implements Internal {}

    private record Written(BatchTime batch, Outputs.Written written, Instant ended) implements Internal {}

    private record Do(Runnable what) implements Internal {}

    private record FromHolder(BlockHolder.Event event) implements Internal {}

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
    private final BatchSchedule schedule;
    private final ActorRef<BlockHolder.Event> restoring;
    private final Announcements announcements;
    private final ReceiverTracker receivers;
    private final JobControl control;
    private final BatchDispatch dispatch;
    private final ActorRef<BlockManager.Command> blocks;
    private final BatchKeeper keeper;
    private final JobEnd end;
    private final CurrentBatch batch;
    private final Optional<DurableJob> durable;
    private final Map<ExecutorId, ExecutorHandle> executors = new TreeMap<>();
    private boolean begun;

    private Driver(ActorContext<Command> context, DriverSetup setup) {
        super(context);
        this.setup = setup;
        ActorRef<Command> self = context.getSelf();
        Listeners listeners = new Listeners(setup.listeners(), setup.outputThread());
        ActorRef<BlockManager.Event> fromBlocks = context.messageAdapter(BlockManager.Event.class, FromBlocks::new);
        this.blocks = context.spawn(
                BlockManager.create(
                        setup.settings().replication(),
                        setup.durability().isPresent(),
                        listeners.hearsBlocks(),
                        fromBlocks,
                        setup.crashPoints()),
                "block-manager",
                DispatcherSelector.sameAsParent());
        DriverParts parts = DriverParts.of(
                setup,
                listeners,
                blocks,
                context.messageAdapter(Executor.Event.class, FromExecutor::new),
                () -> self.tell(new Tick()));
        this.schedule = parts.schedule();
        this.announcements = parts.announcements();
        this.receivers = parts.receivers();
        this.control = parts.control();
        this.dispatch = parts.dispatch();
        this.keeper = parts.keeper();
        this.end = parts.end();
        this.restoring = context.messageAdapter(BlockHolder.Event.class, FromHolder::new);
        this.batch = new CurrentBatch(setup, parts, new BatchOutside(self));
        this.durable = batch.durable();
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

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(FromExecutor.class, this::onFromExecutor)
                .onMessage(FromReceiver.class, this::onFromReceiver)
                .onMessage(FromBlocks.class, this::onFromBlocks)
                .onMessage(Tick.class, this::onTick)
                .onMessage(SealOverdue.class, this::onSealOverdue)
                .onMessage(Written.class, this::onWritten)
                .onMessage(Do.class, this::onDo)
                .onMessage(FromHolder.class, this::onFromHolder)
                .onMessage(ExecutorUp.class, this::onExecutorUp)
                .onMessage(ExecutorGone.class, this::onExecutorGone)
                .onMessage(PlaceReceivers.class, this::onPlaceReceivers)
                .onMessage(Change.class, this::onChange)
                .onMessage(Export.class, this::onExport)
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
        announcements.executorAdded(handle.id());
        if (!begun && executors.size() == setup.settings().executors()) {
            begun = true;
            dispatch.begin();
            setup.rerun().ifPresent(rerun -> dispatch.install(rerun.states()));
            setup.durability()
                    .filter(durability -> !durability.history().isEmpty())
                    .ifPresent(durability -> dispatch.install(durability.states()));
            announcements.started(schedule.zero());
            if (durable.isEmpty()) {
                go();
            }
        }
        if (begun && !batch.isGoing()) {
            restore();
        }
        if (batch.isGoing()) {
            receivers.executors(executors);
            if (batch.isIdle()) {
                dispatch.sendState();
            }
            batch.runIfPossible();
        }
        return this;
    }

    /** Puts back what earlier runs have left, then goes on where they were cut off. */
    private void restore() {
        durable.ifPresent(job -> {
            if (job.restore(executors, restoring)) {
                job.begin();
                goIfPossible();
            }
        });
    }

    private Behavior<Command> onFromHolder(FromHolder message) {
        if (!batch.isGoing() && message.event() instanceof BlockHolder.Stored stored) {
            durable.filter(job -> job.stored(stored)).ifPresent(job -> {
                job.begin();
                goIfPossible();
            });
        }
        return this;
    }

    private void goIfPossible() {
        if (!batch.isGoing()
                && !end.isOver()
                && durable.stream().noneMatch(job -> job.batches().isFinishingTheLast())) {
            go();
        }
    }

    /** Receivers may bring something, and batches come. */
    private void go() {
        receivers.executors(executors);
        schedule.arm();
        batch.go();
    }

    private Behavior<Command> onDo(Do message) {
        if (!end.isOver()) {
            message.what().run();
        }
        return this;
    }

    private Behavior<Command> onExecutorGone(ExecutorGone gone) {
        lose(gone.executor());
        return this;
    }

    private void lose(ExecutorId executor) {
        if (executors.remove(executor) == null || end.isOver()) {
            return;
        }
        getContext().getLog().warn("executor={} is lost", executor);
        blocks.tell(new BlockManager.ExecutorDown(executor));
        dispatch.executorDown(executor);
        durable.ifPresent(DurableJob::executorLost);
        announcements.executorLost(executor);
        for (int stream : receivers.executorLost(executor)) {
            announcements.receiverLost(stream, executor);
            batch.heard(new BatchEvent.StreamGone(stream));
        }
        if (dispatch.isStateLost()) {
            end.stateLost(dispatch.lostPartitions());
            return;
        }
        if (batch.isGoing()) {
            receivers.executors(executors);
        }
        batch.heard(new BatchEvent.ExecutorLost(executor));
        end.endIfDrained(batch.state());
    }

    private Behavior<Command> onPlaceReceivers(PlaceReceivers place) {
        receivers.executors(executors);
        return this;
    }

    // ---- batches ----

    private Behavior<Command> onTick(Tick tick) {
        schedule.woken();
        batch.beginIfDue();
        return this;
    }

    private Behavior<Command> onChange(Change change) {
        control.change(change.change());
        return this;
    }

    private Behavior<Command> onExport(Export export) {
        keeper.export(getContext(), export.reply());
        return this;
    }

    private Behavior<Command> onSealOverdue(SealOverdue overdue) {
        batch.sealOverdue(overdue.batch());
        return this;
    }

    private Behavior<Command> onFromExecutor(FromExecutor message) {
        Executor.Event event = message.event();
        if (event instanceof Executor.Done done) {
            batch.done(done);
        } else if (event instanceof Executor.Staged staged) {
            batch.heard(new BatchEvent.Staged(staged.batch(), staged.attempt(), staged.from(), staged.by()));
        } else if (event instanceof Executor.StateInstalled installed) {
            dispatch.stateInstalled(installed);
        } else if (event instanceof Executor.StateTold told) {
            durable.ifPresent(job -> job.told(told));
        }
        return this;
    }

    private Behavior<Command> onWritten(Written done) {
        batch.written(done.batch(), done.written(), done.ended());
        return this;
    }

    /** What the batch has the driver do. */
    private final class BatchOutside implements CurrentBatch.Outside {
        private final ActorRef<Command> self;

        BatchOutside(ActorRef<Command> self) {
            this.self = self;
        }

        @Override
        public Timer.Scheduled sealOverdueAfter(Duration delay, BatchTime batch) {
            return tellAfter(delay, new SealOverdue(batch));
        }

        @Override
        public void tellWritten(BatchTime batch, Outputs.Written written, Instant ended) {
            self.tell(new Written(batch, written, ended));
        }

        @Override
        public void run(Runnable what) {
            self.tell(new Do(what));
        }

        @Override
        public void goIfPossible() {
            Driver.this.goIfPossible();
        }
    }

    // ---- blocks ----

    private Behavior<Command> onFromBlocks(FromBlocks message) {
        BlockManager.Event event = message.event();
        if (event instanceof BlockManager.Allocated allocated) {
            batch.allocated(allocated);
        } else if (event instanceof BlockManager.ToLog toLog) {
            durable.ifPresent(job -> job.batches().received(toLog));
        } else if (event instanceof BlockManager.DataLost lost) {
            end.dataLost(lost.blocks());
        } else if (event instanceof BlockManager.Waiting waiting) {
            end.waiting(waiting, batch.state(), batch.record());
        } else {
            announcements.blocks(event);
        }
        return this;
    }

    // ---- receivers ----

    private Behavior<Command> onFromReceiver(FromReceiver message) {
        ReceiverSupervisor.Event event = message.event();
        if (event instanceof ReceiverSupervisor.Sealed sealed
                && sealed.batch().equals(batch.state().batch())) {
            receivers.sealed(sealed.stream());
        }
        Optional<BatchEvent> news = receivers.heard(event);
        if (event instanceof ReceiverSupervisor.Died died) {
            if (news.isEmpty()) {
                return this;
            }
            getContext().getLog().error("stream={} its receiver died: {}", died.stream(), died.cause());
            tellAfter(Duration.ofSeconds(1), new PlaceReceivers());
        }
        announcements.receiver(event);
        news.ifPresent(batch::heard);
        end.endIfDrained(batch.state());
        return this;
    }

    // ---- the end ----

    private Behavior<Command> onStop(Stop stop) {
        if (!stop.graceful()) {
            end.end(false);
        } else if (end.stop()) {
            durable.ifPresent(job -> setup.crashPoints().reached(DurablePoint.STOPPING));
            tellAfter(setup.settings().stopTimeout(schedule.interval()), new StopOverdue());
            end.endIfDrained(batch.state());
        }
        return this;
    }

    private Behavior<Command> onStopOverdue(StopOverdue overdue) {
        if (!end.isOver()) {
            getContext()
                    .getLog()
                    .warn(
                            "the graceful stop took longer than {} and is broken off",
                            setup.settings().stopTimeout(schedule.interval()));
            end.end(false);
        }
        return this;
    }

    // ---- time ----

    private Timer.Scheduled tellAfter(Duration delay, Command command) {
        ActorRef<Command> self = getContext().getSelf();
        return setup.time().timer().at(setup.time().now().plus(delay), () -> self.tell(command));
    }
}
