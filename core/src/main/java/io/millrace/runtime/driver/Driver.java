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
import io.millrace.runtime.batch.BatchEffect;
import io.millrace.runtime.batch.BatchEvent;
import io.millrace.runtime.batch.BatchProtocol;
import io.millrace.runtime.batch.BatchState;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.DurablePoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.durable.JournalEntry;
import io.millrace.runtime.executor.Collected;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.executor.LostBatch;
import io.millrace.runtime.executor.NodeFailure;
import io.millrace.runtime.ingest.ReceiverSupervisor;
import io.millrace.runtime.wire.WireMessage;
import io.millrace.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Drives the job: every batch interval it has receivers cut their blocks, has executors work on what came, and has the outputs
 * written. It decides nothing itself: see {@link BatchProtocol}, {@link BatchSchedule}, {@link BatchDispatch}.
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
    private final Outputs outputs;
    private final OutputWriting writing;
    private final Optional<DurableJob> durable;
    private final ActorRef<BlockHolder.Event> restoring;
    private final LostBatches lost;
    private final Announcements announcements;
    private final ReceiverTracker receivers;
    private final JobControl control;
    private final Attachments attachments;
    private final BatchVersions versions;
    private final BatchDispatch dispatch;
    private final ActorRef<BlockManager.Command> blocks;
    private final BatchKeeper keeper;
    private final JobEnd end;
    private final Map<ExecutorId, ExecutorHandle> executors = new TreeMap<>();
    private BatchState state;
    private BatchRecord record;
    private Timer.Scheduled sealLimit = () -> {};
    private boolean begun;
    private boolean going;
    private List<LostBatch> lostBefore = List.of();

    private Driver(ActorContext<Command> context, DriverSetup setup) {
        super(context);
        this.setup = setup;
        ActorRef<Command> self = context.getSelf();
        this.schedule = new BatchSchedule(setup, () -> self.tell(new Tick()));
        this.lost = new LostBatches(setup.plan(), schedule.zero(), lostBefore(setup));
        this.outputs = new Outputs(setup.plan(), setup.time());
        this.writing = new OutputWriting(setup);
        Listeners listeners = new Listeners(setup.listeners(), setup.outputThread());
        this.announcements = new Announcements(listeners);
        this.receivers = ReceiverTracker.of(
                setup.plan(),
                setup.durability()
                        .map(durability -> durability.history().lives())
                        .orElse(Map.of()));
        this.attachments = new Attachments(setup.plan(), outputs, setup.outputThread());
        this.versions = new BatchVersions(setup.values(), setup.outputThread());
        this.dispatch = new BatchDispatch(
                setup.plan(),
                setup.settings(),
                setup.durability().isPresent(),
                schedule.zero(),
                context.messageAdapter(Executor.Event.class, FromExecutor::new));
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
        this.keeper = new BatchKeeper(setup, schedule.zero(), outputs, blocks);
        this.control = new JobControl(setup, schedule, receivers, listeners, blocks, attachments);
        this.end = new JobEnd(setup, receivers, blocks, outputs, listeners);
        this.restoring = context.messageAdapter(BlockHolder.Event.class, FromHolder::new);
        this.durable = setup.durability()
                .map(durability -> new DurableJob(
                        setup,
                        durability,
                        schedule.zero(),
                        blocks,
                        what -> self.tell(new Do(what)),
                        new DurableOutside(self)));
        this.state = BatchState.initial(schedule.zero());
        this.record = new BatchRecord(
                setup.plan(),
                schedule.zero(),
                0,
                List.of(),
                versions.infos(),
                setup.time().now());
    }

    private static List<LostBatch> lostBefore(DriverSetup setup) {
        return setup.rerun()
                .map(Rerun::lost)
                .or(() -> setup.durability()
                        .map(durability -> durability.history().lost()))
                .orElse(List.of());
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
        if (begun && !going) {
            restore();
        }
        if (going) {
            receivers.executors(executors);
            if (state.phase() == BatchState.Phase.IDLE) {
                dispatch.sendState();
            }
            runIfPossible();
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
        if (!going && message.event() instanceof BlockHolder.Stored stored) {
            durable.filter(job -> job.stored(stored)).ifPresent(job -> {
                job.begin();
                goIfPossible();
            });
        }
        return this;
    }

    private void goIfPossible() {
        if (!going
                && !end.isOver()
                && durable.stream().noneMatch(job -> job.batches().isFinishingTheLast())) {
            go();
        }
    }

    /** Receivers may bring something, and batches come. */
    private void go() {
        going = true;
        receivers.executors(executors);
        schedule.arm();
        beginBatchIfDue();
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
            step(new BatchEvent.StreamGone(stream));
        }
        if (dispatch.isStateLost()) {
            end.stateLost(dispatch.lostPartitions());
            return;
        }
        if (going) {
            receivers.executors(executors);
        }
        step(new BatchEvent.ExecutorLost(executor));
        end.endIfDrained(state);
    }

    private Behavior<Command> onPlaceReceivers(PlaceReceivers place) {
        receivers.executors(executors);
        return this;
    }

    // ---- batches ----

    private Behavior<Command> onTick(Tick tick) {
        schedule.woken();
        beginBatchIfDue();
        return this;
    }

    private void beginBatchIfDue() {
        if (end.isOver() || !going || state.phase() != BatchState.Phase.IDLE) {
            return;
        }
        schedule.take().ifPresent(due -> {
            control.begins(due);
            versions.begins(due.batch());
            record = new BatchRecord(
                    attachments.plan(),
                    due.batch(),
                    due.absorbed(),
                    lost.heldIn(due.batch(), attachments.plan()),
                    versions.infos(),
                    setup.time().now());
            step(new BatchEvent.Due(due.batch(), receivers.running()));
        });
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
        if (overdue.batch().equals(state.batch()) && state.phase() == BatchState.Phase.SEALING) {
            receivers.overdue();
        }
        step(new BatchEvent.SealOverdue(overdue.batch()));
        return this;
    }

    private Behavior<Command> onFromExecutor(FromExecutor message) {
        Executor.Event event = message.event();
        if (event instanceof Executor.Done done) {
            if (state.isWaitingFor(done.batch(), done.attempt(), done.executor())) {
                record.done(done);
                dispatch.done(done.stateKeys());
            }
            Set<Integer> failed = record.plan()
                    .withDependants(
                            record.failures().stream().map(NodeFailure::node).toList());
            step(new BatchEvent.Done(done.batch(), done.attempt(), done.executor(), done.stagedBy(), failed));
        } else if (event instanceof Executor.Staged staged) {
            step(new BatchEvent.Staged(staged.batch(), staged.attempt(), staged.from(), staged.by()));
        } else if (event instanceof Executor.StateInstalled installed) {
            dispatch.stateInstalled(installed);
        } else if (event instanceof Executor.StateTold told) {
            durable.ifPresent(job -> job.told(told));
        }
        return this;
    }

    private Behavior<Command> onWritten(Written done) {
        done.written().failures().forEach(this::outputFailed);
        durable.ifPresent(job -> job.batches().written());
        control.completed(record, done.ended());
        end.batchDone(record.records());
        step(new BatchEvent.Written(done.batch()));
        return this;
    }

    private void outputFailed(Outputs.Failure failed) {
        getContext().getLog().error("output={} {}", failed.output(), failed.description(), failed.cause());
        setup.parent().tell(new OutputFailed(failed.description(), failed.cause()));
    }

    private void step(BatchEvent event) {
        BatchProtocol.Step step = BatchProtocol.step(state, event);
        state = step.state();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(BatchEffect effect) {
        if (effect instanceof BatchEffect.AskSeal ask) {
            sealLimit = tellAfter(setup.settings().sealTimeout(schedule.interval()), new SealOverdue(ask.batch()));
            receivers.seal(ask.batch(), ask.streams());
        } else if (effect instanceof BatchEffect.Allocate allocate) {
            sealLimit.cancel();
            dispatch.allocating();
            blocks.tell(new BlockManager.Allocate(allocate.batch()));
        } else if (effect instanceof BatchEffect.Run) {
            durable.ifPresentOrElse(
                    job -> job.batches().run(record.batch(), record.absorbed(), record.blocks(), this::run), this::run);
        } else if (effect instanceof BatchEffect.Write && isStoppedByFailure()) {
            stopByFailure(record.failed().orElseThrow());
        } else if (effect instanceof BatchEffect.Write write) {
            setup.crashPoints().reached(CrashPoint.BEFORE_OUTPUT, Optional.empty());
            lostBefore = lost.all();
            lost.batchDone(record.batch(), record.plan(), record.failures());
            durable.ifPresentOrElse(job -> log(job, write.failed()), () -> write(Optional.empty()));
        } else if (effect instanceof BatchEffect.Commit commit) {
            commit(commit);
        }
    }

    private boolean isStoppedByFailure() {
        return setup.settings().stopOnFailedBatch() && record.failed().isPresent();
    }

    /** The job ends before anything of the batch counts. */
    private void stopByFailure(NodeFailure failure) {
        String description = failure.failed().describe();
        getContext().getLog().error("batch={} fails the job: {}", record.batch(), description, failure.cause());
        setup.parent().tell(new OutputFailed(description, failure.cause()));
        end.fail("The batch " + record.batch() + " has failed, and nothing of it counts"
                + (durable.isPresent() ? "; it is run again when the job is started again" : "") + ": "
                + description);
    }

    /** Runs the batch whose blocks are known, unless an executor is missing that must come first. */
    private void runIfPossible() {
        if (state.phase() == BatchState.Phase.ALLOCATING) {
            dispatch.participants(state.batch())
                    .ifPresent(participants -> step(new BatchEvent.Allocated(state.batch(), participants)));
        }
    }

    private void run() {
        if (state.phase() == BatchState.Phase.RUNNING) {
            dispatch.run(state, attachments.taps(), versions.numbers());
        }
    }

    /** The log is told what the batch is, before outputs are. */
    private void log(DurableJob job, Set<Integer> failed) {
        record.staged(outputs.staged(record.batch(), schedule.zero(), record.collected(), record.failures()));
        boolean changesNothing = record.changesNothing() && lost.all().equals(lostBefore);
        job.batches().done(record, failed, lost.all(), changesNothing);
    }

    private void write(Optional<LoggedBatch> logged) {
        BatchRecord written = record;
        ActorRef<Command> self = getContext().getSelf();
        writing.begin(
                () -> outputs.begin(written.batch(), schedule.zero(), written.collected(), written.failures(), logged),
                done -> {
                    Instant endedAt = setup.time().now();
                    announcements.batchWritten(written, done, endedAt);
                    self.tell(new Written(written.batch(), done, endedAt));
                },
                why -> self.tell(new Do(() -> end.fail(why))));
    }

    private void commit(BatchEffect.Commit commit) {
        setup.crashPoints().reached(CrashPoint.BEFORE_COMMIT, Optional.empty());
        dispatch.commit(commit);
        keeper.completed(record, commit.failed(), lostBefore);
        setup.crashPoints().reached(CrashPoint.AFTER_COMMIT, Optional.empty());
        durable.ifPresent(job -> job.committed(record.batch(), lost.all(), dispatch));
        dispatch.sendState();
        end.endIfDrained(state);
        beginBatchIfDue();
    }

    /** What the log has the driver do. */
    private final class DurableOutside implements DurableBatches.Outside {
        private final ActorRef<Command> self;

        DurableOutside(ActorRef<Command> self) {
            this.self = self;
        }

        @Override
        public void whenStood(long records, long sequence) {
            self.tell(new Do(() -> durable.ifPresent(job -> job.batches().stood(records, sequence))));
        }

        @Override
        public void write(LoggedBatch batch) {
            Driver.this.write(Optional.of(batch));
        }

        @Override
        public void writeAgain(LoggedBatch batch, JournalEntry.Prepared prepared, List<Collected> staged) {
            writing.begin(
                    () -> outputs.again(prepared.batch(), staged, batch),
                    done -> self.tell(new Do(() -> {
                        done.failures().forEach(Driver.this::outputFailed);
                        durable.ifPresent(job -> job.batches().written());
                        goIfPossible();
                    })),
                    why -> self.tell(new Do(() -> end.fail(why))));
        }

        @Override
        public void exit(String why) {
            end.fail(why);
        }
    }

    // ---- blocks ----

    private Behavior<Command> onFromBlocks(FromBlocks message) {
        BlockManager.Event event = message.event();
        if (event instanceof BlockManager.Allocated allocated) {
            if (allocated.batch().equals(state.batch()) && state.phase() == BatchState.Phase.ALLOCATING) {
                record.attempt(allocated.blocks(), setup.time().now());
                dispatch.allocated(allocated);
                runIfPossible();
                announcements.batchStarted(state, record);
            }
        } else if (event instanceof BlockManager.ToLog toLog) {
            durable.ifPresent(job -> job.batches().received(toLog));
        } else if (event instanceof BlockManager.DataLost lost) {
            end.dataLost(lost.blocks());
        } else if (event instanceof BlockManager.Waiting waiting) {
            end.waiting(waiting, state, record);
        } else {
            announcements.blocks(event);
        }
        return this;
    }

    // ---- receivers ----

    private Behavior<Command> onFromReceiver(FromReceiver message) {
        ReceiverSupervisor.Event event = message.event();
        if (event instanceof ReceiverSupervisor.Sealed sealed && sealed.batch().equals(state.batch())) {
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
        news.ifPresent(this::step);
        end.endIfDrained(state);
        return this;
    }

    // ---- the end ----

    private Behavior<Command> onStop(Stop stop) {
        if (!stop.graceful()) {
            end.end(false);
        } else if (end.stop()) {
            durable.ifPresent(job -> setup.crashPoints().reached(DurablePoint.STOPPING));
            tellAfter(setup.settings().stopTimeout(schedule.interval()), new StopOverdue());
            end.endIfDrained(state);
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
