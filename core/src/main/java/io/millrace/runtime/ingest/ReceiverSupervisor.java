// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.actor.NoSerializationVerificationNeeded;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.stream.Materializer;
import io.millrace.operator.BatchTime;
import io.millrace.receiver.Receiver;
import io.millrace.runtime.block.Block;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockId;
import io.millrace.runtime.block.BlockManager;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.wire.WireMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Runs one receiver on one executor: opens its source, keeps the blocks that are cut, sees them replicated, reports them
 * to the block manager, and opens the source again when it ends.
 */
public final class ReceiverSupervisor extends AbstractBehavior<ReceiverSupervisor.Command> {

    /** What a supervisor can be told. */
    public sealed interface Command extends WireMessage {}

    /** These executors live, with their holders. */
    public record Peers(Map<ExecutorId, ActorRef<BlockHolder.Command>> holders) implements Command {
        /** Copies the holders. */
        public Peers {
            holders = Map.copyOf(holders);
        }
    }

    /**
     * A batch is due: cut what there is, and say when it counts as received.
     *
     * @param batch its time
     * @param lateForLast whether the batch before did not wait any longer for this receiver to say so
     */
    public record Seal(BatchTime batch, boolean lateForLast) implements Command {}

    /** Read the source no faster than this, nor than the settings allow. */
    public record Rate(double recordsPerSecond) implements Command {}

    /** Batches come so often from now on. */
    public record Interval(Duration interval) implements Command {}

    /** Receive nothing more; end when all that was received counts. */
    public record Stop() implements Command {}

    private sealed interface Internal extends Command, NoSerializationVerificationNeeded {}

    private record Cut(Block block) implements Internal {}

    private record SealReached(BatchTime batch) implements Internal {}

    private record Ended(Optional<Throwable> failure) implements Internal {}

    private record Copied(BlockHolder.Event event) implements Internal {}

    private record FromManager(BlockManager.ReceiverEvent event) implements Internal {}

    private record Reopen() implements Internal {}

    private record CopiesOverdue() implements Internal {}

    private record Complaint(String message, Throwable cause) implements Internal {}

    /** What a supervisor says to the driver. */
    public sealed interface Event extends WireMessage {}

    /** The receiver runs; it is reached at {@code supervisor}. */
    public record Started(int stream, int incarnation, String name, ExecutorId executor, ActorRef<Command> supervisor)
            implements Event {}

    /** All that was received before the batch was due counts as received. */
    public record Sealed(int stream, BatchTime batch) implements Event {}

    /** Something went wrong; {@code reopening} says whether the source is opened again. */
    public record Failed(int stream, String message, boolean reopening) implements Event {}

    /** The source is at its end and is not opened again; all it brought counts as received. */
    public record Finished(int stream) implements Event {}

    /**
     * So many bytes were read and did not count as received yet, at the most since this was said last; said with a batch, when there
     * is something to say, at most once per second.
     */
    public record AtRisk(int stream, long bytes) implements Event {}

    /** The receiver is stopped; all that was received counts. */
    public record Stopped(int stream, int incarnation) implements Event {}

    /** The supervisor itself failed. */
    public record Died(int stream, int incarnation, String cause) implements Event {}

    private final SupervisorSetup setup;
    private final int stream;
    private final int incarnation;
    private final Receiver<?> receiver;
    private final ReceiverRun run;
    private final Replication replication;
    private final SealQueue seals = new SealQueue();
    private final AtRiskPeak atRisk = new AtRiskPeak();
    private boolean reopenDue;
    private final ActorRef<BlockHolder.Event> copies;
    private final ActorRef<BlockManager.ReceiverEvent> fromManager;
    private Map<ExecutorId, ActorRef<BlockHolder.Command>> holders = Map.of();
    private int fruitlessStarts;
    private boolean overdueArmed;
    private boolean finished;
    private boolean finishSaid;
    private boolean stopping;

    private ReceiverSupervisor(ActorContext<Command> context, SupervisorSetup setup, int stream, int incarnation) {
        super(context);
        this.setup = setup;
        this.stream = stream;
        this.incarnation = incarnation;
        this.receiver = Objects.requireNonNull(setup.receivers().get(stream), () -> "no receiver of stream " + stream);
        this.replication = new Replication(
                setup.settings().replication(),
                setup.executor(),
                setup.settings().replicationTimeout());
        this.copies = context.messageAdapter(BlockHolder.Event.class, Copied::new);
        this.fromManager = context.messageAdapter(BlockManager.ReceiverEvent.class, FromManager::new);
        ActorRef<Command> self = context.getSelf();
        this.run = new ReceiverRun(
                setup,
                stream,
                incarnation,
                Materializer.createMaterializer(context),
                new IngestStage.Listener() {
                    @Override
                    public void onBlock(Block block) {
                        self.tell(new Cut(block));
                    }

                    @Override
                    public void onSealed(BatchTime batch) {
                        self.tell(new SealReached(batch));
                    }

                    @Override
                    public void onEnd(@Nullable Throwable failure) {
                        self.tell(new Ended(Optional.ofNullable(failure)));
                    }
                },
                (message, cause) -> self.tell(new Complaint(message, cause)));
    }

    /** A supervisor that opens its receiver as soon as it knows how much is outstanding. */
    static Behavior<Command> create(SupervisorSetup setup, int stream, int incarnation) {
        return Behaviors.setup(context -> {
            ReceiverSupervisor supervisor = new ReceiverSupervisor(context, setup, stream, incarnation);
            supervisor.begin();
            return supervisor;
        });
    }

    private void begin() {
        setup.blockManager().tell(new BlockManager.Attach(stream, incarnation, fromManager));
        setup.driver()
                .tell(new Started(
                        stream,
                        incarnation,
                        receiver.name(),
                        setup.executor(),
                        getContext().getSelf()));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Cut.class, this::onCut)
                .onMessage(Copied.class, this::onCopied)
                .onMessage(Seal.class, this::onSeal)
                .onMessage(SealReached.class, this::onSealReached)
                .onMessage(FromManager.class, this::onFromManager)
                .onMessage(Peers.class, this::onPeers)
                .onMessage(CopiesOverdue.class, this::onCopiesOverdue)
                .onMessage(Ended.class, this::onEnded)
                .onMessage(Reopen.class, this::onReopen)
                .onMessage(Complaint.class, this::onComplaint)
                .onMessage(Rate.class, this::onRate)
                .onMessage(Interval.class, this::onInterval)
                .onMessage(Stop.class, this::onStop)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onCut(Cut cut) {
        Block block = cut.block();
        fruitlessStarts = 0;
        atRisk.seen(run.atRiskBytes());
        seals.cut();
        run.cut(block.info());
        setup.store().put(block);
        block.release();
        setup.crashPoints().reached(CrashPoint.BLOCK_CUT, Optional.of(setup.executor()));
        ask(replication.begin(block.info(), nowMicros()));
        return settle();
    }

    private Behavior<Command> onCopied(Copied copied) {
        if (copied.event() instanceof BlockHolder.Stored stored
                && !replication.stored(stored.block(), stored.holder())) {
            setup.blockManager().tell(new BlockManager.LateCopy(stored.block(), stored.holder()));
        }
        return settle();
    }

    private Behavior<Command> onPeers(Peers peers) {
        holders = peers.holders();
        ask(replication.peers(holders.keySet(), nowMicros()));
        return settle();
    }

    private Behavior<Command> onCopiesOverdue(CopiesOverdue tick) {
        overdueArmed = false;
        List<Replication.Ask> asks = replication.overdue(nowMicros());
        if (!asks.isEmpty()) {
            getContext().getLog().warn("stream={} copies are overdue, asking again: {}", stream, asks);
        }
        ask(asks);
        return settle();
    }

    private Behavior<Command> onSeal(Seal seal) {
        sayAtRisk();
        seals.requested(seal.batch());
        if (!run.seal(seal.batch(), seal.lateForLast())) {
            seals.reached(seal.batch());
        }
        return settle();
    }

    private void sayAtRisk() {
        atRisk.seen(run.atRiskBytes())
                .due(nowMicros())
                .ifPresent(bytes -> setup.driver().tell(new AtRisk(stream, bytes)));
    }

    private Behavior<Command> onSealReached(SealReached reached) {
        seals.reached(reached.batch());
        return settle();
    }

    private Behavior<Command> onFromManager(FromManager message) {
        BlockManager.ReceiverEvent event = message.event();
        if (event instanceof BlockManager.Released released) {
            run.released(released.bytes());
        } else if (event instanceof BlockManager.Outstanding outstanding) {
            run.outstanding(outstanding);
            open();
        } else if (event instanceof BlockManager.Refused refused) {
            throw new IllegalStateException(refused.why());
        } else if (event instanceof BlockManager.Added added) {
            run.received(added.block());
            openIfDue();
            return settle();
        }
        return this;
    }

    private Behavior<Command> onEnded(Ended ended) {
        run.ended();
        seals.reachedAll();
        boolean again = !stopping
                && (ended.failure().isPresent() || receiver.restartPolicy().restartOnCompletion());
        ended.failure().ifPresent(cause -> complain(receiver.name() + " failed", cause, again));
        if (again) {
            setup.time()
                    .timer()
                    .at(
                            setup.time().now().plus(receiver.restartPolicy().delay(fruitlessStarts++)),
                            () -> getContext().getSelf().tell(new Reopen()));
        } else {
            finished = true;
        }
        return settle();
    }

    private Behavior<Command> onReopen(Reopen reopen) {
        reopenDue = true;
        openIfDue();
        return this;
    }

    /** A source with numbers is opened again only when it is known how far it counts. */
    private void openIfDue() {
        if (reopenDue && run.knowsOffsets()) {
            reopenDue = false;
            open();
        }
    }

    private void open() {
        if (!stopping) {
            run.open(receiver);
        }
    }

    private Behavior<Command> onComplaint(Complaint complaint) {
        complain(complaint.message(), complaint.cause(), false);
        return this;
    }

    private Behavior<Command> onRate(Rate rate) {
        run.rate(rate.recordsPerSecond());
        return this;
    }

    private Behavior<Command> onInterval(Interval changed) {
        run.interval(changed.interval());
        return this;
    }

    private Behavior<Command> onStop(Stop stop) {
        stopping = true;
        if (!run.stop()) {
            finished = true;
        }
        return settle();
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        run.gone();
        return this;
    }

    /** Reports what has become of blocks and seals, and ends if nothing is left to do. */
    private Behavior<Command> settle() {
        for (Replication.Done done : replication.done(nowMicros())) {
            setup.crashPoints().reached(CrashPoint.REPLICA_STORED, Optional.of(setup.executor()));
            add(done);
            seals.done();
        }
        seals.settled().forEach(batch -> setup.driver().tell(new Sealed(stream, batch)));
        if (replication.pending() > 0) {
            armOverdue();
        } else if (finished && stopping && !run.owesReceipts()) {
            setup.driver().tell(new Stopped(stream, incarnation));
            return Behaviors.stopped();
        } else if (finished && !stopping && !finishSaid) {
            finishSaid = true;
            setup.driver().tell(new Finished(stream));
        }
        return this;
    }

    private void add(Replication.Done done) {
        BlockId id = done.block().id();
        boolean needsContent = setup.logged() && !receiver.isReplayable();
        Optional<Block> content =
                needsContent ? Optional.ofNullable(setup.store().acquire(id)) : Optional.empty();
        if (needsContent && content.isEmpty()) {
            getContext().getLog().warn("block={} is gone before it was logged; it does not count", id);
            return;
        }
        setup.blockManager().tell(new BlockManager.Add(done.block(), done.holders(), content, fromManager));
    }

    private void armOverdue() {
        if (!overdueArmed) {
            overdueArmed = true;
            ActorRef<Command> self = getContext().getSelf();
            setup.time()
                    .timer()
                    .at(
                            setup.time().now().plus(setup.settings().replicationTimeout()),
                            () -> self.tell(new CopiesOverdue()));
        }
    }

    private void ask(List<Replication.Ask> asks) {
        for (Replication.Ask ask : asks) {
            BlockId id = ask.block();
            ActorRef<BlockHolder.Command> holder = holders.get(ask.executor());
            Block block = setup.store().acquire(id);
            if (holder != null && block != null) {
                holder.tell(new BlockHolder.Store(block, copies));
                block.release();
            }
        }
    }

    private void complain(String message, Throwable cause, boolean reopening) {
        String text = message + ": " + cause;
        getContext().getLog().warn("stream={} {}{}", stream, text, reopening ? "; opening it again" : "");
        setup.driver().tell(new Failed(stream, text, reopening));
    }

    private long nowMicros() {
        return setup.time().micros();
    }
}
