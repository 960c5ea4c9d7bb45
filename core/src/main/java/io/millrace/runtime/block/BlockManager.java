// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.operator.BatchTime;
import io.millrace.receiver.OffsetRange;
import io.millrace.runtime.block.BlockRegistry.CopyPlan;
import io.millrace.runtime.wire.WireMessage;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Knows every block that counts as received: its size, its holders, its batch. Lives beside the driver, decides by a
 * {@link BlockRegistry}.
 */
public final class BlockManager extends AbstractBehavior<BlockManager.Command> {

    /** What the block manager can be asked or told. */
    public sealed interface Command extends WireMessage {}

    /** An executor lives and its holder is at this address. */
    public record ExecutorUp(ExecutorId executor, ActorRef<BlockHolder.Command> holder) implements Command {}

    /** An executor died with all it held. */
    public record ExecutorDown(ExecutorId executor) implements Command {}

    /**
     * A receiver of a stream lives; it is told how much of the stream is outstanding, and later what is released. What its earlier
     * lives cut and never reported counts no more.
     */
    public record Attach(int stream, int incarnation, ActorRef<ReceiverEvent> receiver) implements Command {}

    /** A block is held as often as it must be: it counts as received, once it is logged if {@code content} is to be. */
    public record Add(
            BlockInfo block, List<ExecutorId> holders, Optional<Block> content, ActorRef<ReceiverEvent> replyTo)
            implements Command {
        /** Copies the holders. */
        public Add {
            holders = List.copyOf(holders);
        }
    }

    /**
     * What an earlier run of the job had received, before any executor lives.
     *
     * @param offsets how far the source of each stream was read, by split
     * @param planned the batch that was planned and not done, if there is one
     */
    public record Recover(Map<Integer, Map<String, Long>> offsets, Optional<PlannedBatch> planned) implements Command {
        /** Copies the offsets. */
        public Recover {
            offsets = Map.copyOf(offsets);
        }
    }

    /** A block that an earlier run of the job had received is held again. */
    public record Restore(BlockInfo block, List<ExecutorId> holders) implements Command {
        /** Copies the holders. */
        public Restore {
            holders = List.copyOf(holders);
        }
    }

    /** An executor that was asked in vain holds a copy after all: it is kept as long as the block, and dropped with it. */
    public record LateCopy(BlockId block, ExecutorId holder) implements Command {}

    /** A block that was to be logged is in the log: it counts. */
    public record Logged(BlockId block) implements Command {}

    /** Which blocks are in this batch? Those that belong to none yet join it. */
    public record Allocate(BatchTime batch) implements Command {}

    /** Tell the driver of every block from now on, or of none. */
    public record Announce(boolean blocks) implements Command {}

    /** Which blocks are there? For tests. */
    public record Inspect(ActorRef<Event> replyTo) implements Command {}

    /** How much waits for a batch? */
    public record CountWaiting() implements Command {}

    /** The batch is done; its blocks may go, or stay until they are to be forgotten. */
    public record Release(BatchTime batch, boolean keep) implements Command {}

    /** The kept blocks of these batches may go. */
    public record Forget(List<BatchTime> batches) implements Command {
        /** Copies the batches. */
        public Forget {
            batches = List.copyOf(batches);
        }
    }

    /** Have holders send these blocks to somebody; those that nobody holds are answered at once. */
    public record Collect(List<BlockId> blocks, ActorRef<BlockHolder.Event> replyTo) implements Command {
        /** Copies the blocks. */
        public Collect {
            blocks = List.copyOf(blocks);
        }
    }

    private record Copied(BlockHolder.Stored stored) implements Command, akka.actor.NoSerializationVerificationNeeded {}

    /** What the block manager says to the driver. */
    public sealed interface Event extends WireMessage {}

    /** The blocks of a batch, in order of arrival. */
    public record Allocated(BatchTime batch, List<BlockLocation> blocks) implements Event {
        /** Copies the blocks. */
        public Allocated {
            blocks = List.copyOf(blocks);
        }
    }

    /** A block counts as received; said only if the driver wants to hear of blocks. */
    public record Registered(BlockLocation block) implements Event {}

    /** A block belongs to the job from now on; it is to be logged, and {@link Logged} is to be told. */
    public record ToLog(BlockInfo block, Optional<Block> content) implements Event {}

    /** Blocks of which no copy is left: their records are lost. */
    public record DataLost(List<BlockInfo> blocks) implements Event {
        /** Copies the blocks. */
        public DataLost {
            blocks = List.copyOf(blocks);
        }
    }

    /** All blocks still to be processed, of which the last {@code waiting} are in no batch yet, and those kept for replay. */
    public record Contents(List<BlockLocation> blocks, int waiting, int underReplicated, List<BlockLocation> kept)
            implements Event {
        /** Copies the blocks. */
        public Contents {
            blocks = List.copyOf(blocks);
            kept = List.copyOf(kept);
        }
    }

    /** So much waits for a batch. */
    public record Waiting(int blocks, long bytes) implements Event {}

    /** How many blocks have too few copies; said when the number changes. */
    public record UnderReplicated(int blocks) implements Event {}

    /** What the block manager says to receivers. */
    public sealed interface ReceiverEvent extends WireMessage {}

    /** The block counts as received. */
    public record Added(BlockId block) implements ReceiverEvent {}

    /**
     * What of the stream was received before.
     *
     * @param bytes how many bytes are not yet processed
     * @param offsets how far its source was read, by split
     * @param replays the blocks that are to be read again first
     */
    public record Outstanding(long bytes, Map<String, Long> offsets, List<List<OffsetRange>> replays)
            implements ReceiverEvent {
        /** Copies the collections. */
        public Outstanding {
            offsets = Map.copyOf(offsets);
            replays = replays.stream().map(List::copyOf).toList();
        }
    }

    /** The block does not count and never will: it brings a part of what counts already again. */
    public record Refused(BlockId block, String why) implements ReceiverEvent {}

    /** So many bytes of the stream are processed and gone. */
    public record Released(long bytes) implements ReceiverEvent {}

    private final BlockRegistry registry;
    private final ActorRef<Event> driver;
    private final CrashPoints crashPoints;
    private final ActorRef<BlockHolder.Event> copies;
    private final Holders holders = new Holders();
    private final Map<Integer, ActorRef<ReceiverEvent>> receivers = new HashMap<>();
    private final Map<Integer, Integer> lives = new TreeMap<>();
    private final ReadOffsets offsets = new ReadOffsets();
    private final Map<BlockId, ActorRef<ReceiverEvent>> unlogged = new LinkedHashMap<>();
    private final Map<Integer, Attach> attaching = new TreeMap<>();
    private final boolean logged;
    private Optional<BatchTime> allocating = Optional.empty();
    private Optional<BatchTime> allocated = Optional.empty();
    private boolean announceBlocks;
    private int underReplicated;

    private BlockManager(
            ActorContext<Command> context,
            int factor,
            boolean logged,
            boolean announceBlocks,
            ActorRef<Event> driver,
            CrashPoints crashPoints) {
        super(context);
        this.logged = logged;
        this.registry = new BlockRegistry(factor);
        this.announceBlocks = announceBlocks;
        this.driver = driver;
        this.crashPoints = crashPoints;
        this.copies = context.messageAdapter(BlockHolder.Event.class, event -> new Copied((BlockHolder.Stored) event));
    }

    /**
     * A block manager that knows nothing yet.
     *
     * @param factor how often every block is to be held
     * @param logged true if a block counts only when the driver has logged it
     * @param announceBlocks whether the driver wants to hear of every block
     * @param driver who is told
     * @param crashPoints where executors may die
     */
    public static Behavior<Command> create(
            int factor, boolean logged, boolean announceBlocks, ActorRef<Event> driver, CrashPoints crashPoints) {
        return Behaviors.setup(
                context -> new BlockManager(context, factor, logged, announceBlocks, driver, crashPoints));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ExecutorUp.class, this::onExecutorUp)
                .onMessage(ExecutorDown.class, this::onExecutorDown)
                .onMessage(Attach.class, this::onAttach)
                .onMessage(Add.class, this::onAdd)
                .onMessage(Recover.class, this::onRecover)
                .onMessage(Restore.class, this::onRestore)
                .onMessage(Logged.class, this::onLogged)
                .onMessage(Allocate.class, this::onAllocate)
                .onMessage(CountWaiting.class, this::onCountWaiting)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Collect.class, this::onCollect)
                .onMessage(Copied.class, this::onCopied)
                .onMessage(LateCopy.class, this::onLateCopy)
                .onMessage(Announce.class, this::onAnnounce)
                .onMessage(Inspect.class, this::onInspect)
                .build();
    }

    private Behavior<Command> onExecutorUp(ExecutorUp up) {
        holders.up(up.executor(), up.holder());
        lives.forEach((stream, incarnation) -> forget(stream, incarnation, up.holder()));
        copy(registry.executorUp(up.executor()));
        return this;
    }

    private Behavior<Command> onExecutorDown(ExecutorDown down) {
        holders.down(down.executor());
        List<CopyPlan> plans = registry.executorDown(down.executor());
        List<BlockInfo> lost = registry.lost();
        if (!lost.isEmpty()) {
            driver.tell(new DataLost(lost));
        }
        copy(plans);
        return this;
    }

    private Behavior<Command> onAttach(Attach attach) {
        receivers.put(attach.stream(), attach.receiver());
        lives.put(attach.stream(), attach.incarnation());
        holders.all().forEach(holder -> forget(attach.stream(), attach.incarnation(), holder));
        attaching.put(attach.stream(), attach);
        answerAttach(attach.stream());
        return this;
    }

    /** Answers a receiver, unless blocks of its former life are on their way to the log: what it is told counts. */
    private void answerAttach(int stream) {
        if (unlogged.keySet().stream().anyMatch(block -> block.stream() == stream)) {
            return;
        }
        Attach attach = attaching.remove(stream);
        if (attach == null) {
            return;
        }
        attach.receiver()
                .tell(new Outstanding(
                        registry.outstandingBytes(attach.stream()),
                        offsets.of(attach.stream()),
                        registry.missing(attach.stream())));
    }

    private Behavior<Command> onLogged(Logged logged) {
        ActorRef<ReceiverEvent> receiver = unlogged.remove(logged.block());
        if (receiver != null) {
            receiver.tell(new Added(logged.block()));
        }
        answerAttach(logged.block().stream());
        return this;
    }

    private Behavior<Command> onRecover(Recover recover) {
        offsets.recover(recover.offsets());
        recover.planned().ifPresent(registry::plan);
        return this;
    }

    private Behavior<Command> onRestore(Restore restore) {
        copy(registry.add(restore.block(), restore.holders()));
        answerAllocation();
        return this;
    }

    /** Has a holder let go of what earlier lives of a receiver left behind without reporting it. */
    private void forget(int stream, int incarnation, ActorRef<BlockHolder.Command> holder) {
        if (incarnation > 0) {
            holder.tell(new BlockHolder.Forget(stream, incarnation, registry.blocksOf(stream)));
        }
    }

    private Behavior<Command> onAdd(Add add) {
        BlockId id = add.block().id();
        if (id.incarnation() < lives.getOrDefault(id.stream(), 0)) {
            getContext().getLog().warn("block={} is reported by a receiver that was replaced; it does not count", id);
            return this;
        }
        Optional<ReadOffsets.Again> again = offsets.again(add.block());
        if (again.isPresent()) {
            refuse(add, again.get());
            return this;
        }
        List<CopyPlan> plans = registry.add(add.block(), add.holders());
        offsets.count(add.block());
        if (logged) {
            unlogged.put(id, add.replyTo());
            driver.tell(new ToLog(add.block(), add.content()));
        } else {
            add.replyTo().tell(new Added(add.block().id()));
        }
        answerAllocation();
        if (announceBlocks) {
            driver.tell(new Registered(new BlockLocation(add.block(), add.holders())));
        }
        if (registry.isLost(add.block().id())) {
            driver.tell(new DataLost(List.of(add.block())));
        }
        if (!plans.isEmpty()) {
            copy(plans);
        }
        crashPoints.reached(CrashPoint.BLOCK_ADDED, Optional.empty());
        return this;
    }

    /** A part of the block counts already: it is refused, unless all of it does. */
    private void refuse(Add add, ReadOffsets.Again again) {
        BlockId id = add.block().id();
        add.holders().forEach(holder -> keepOrDrop(id, holder));
        if (again.all()) {
            getContext()
                    .getLog()
                    .info(
                            "block={} counts already, under another name: {}",
                            id,
                            add.block().ranges());
            add.replyTo().tell(new Added(id));
        } else {
            String why = "block " + id + " brings " + again.range() + ", of which all before " + again.counted()
                    + " counts already";
            getContext().getLog().error("{}", why);
            add.replyTo().tell(new Refused(id, why));
        }
    }

    private Behavior<Command> onAllocate(Allocate allocate) {
        allocating = Optional.of(allocate.batch());
        answerAllocation();
        return this;
    }

    /** Answers what the driver has asked for, unless blocks that were planned for the batch are still to come. */
    private void answerAllocation() {
        allocating.filter(registry::canAllocate).ifPresent(batch -> {
            allocating = Optional.empty();
            // what the log says of a batch must hold for every attempt at it: what came since waits for the next one
            boolean again = logged && allocated.filter(batch::equals).isPresent();
            allocated = Optional.of(batch);
            driver.tell(new Allocated(batch, again ? registry.allocated(batch) : registry.allocate(batch)));
        });
    }

    private Behavior<Command> onCountWaiting(CountWaiting count) {
        driver.tell(new Waiting(registry.waiting(), registry.waitingBytes()));
        return this;
    }

    private Behavior<Command> onRelease(Release release) {
        List<BlockLocation> done = release.keep() ? registry.keep(release.batch()) : registry.release(release.batch());
        if (!release.keep()) {
            holders.drop(done);
        }
        Map<Integer, Long> freed = new HashMap<>();
        for (BlockLocation location : done) {
            freed.merge(location.info().id().stream(), location.info().bytes(), Long::sum);
        }
        freed.forEach((stream, bytes) -> {
            ActorRef<ReceiverEvent> receiver = receivers.get(stream);
            if (receiver != null) {
                receiver.tell(new Released(bytes));
            }
        });
        return this;
    }

    private Behavior<Command> onForget(Forget forget) {
        holders.drop(registry.forget(forget.batches()));
        return this;
    }

    private Behavior<Command> onCollect(Collect collect) {
        holders.send(collect.blocks(), registry::holders, collect.replyTo());
        return this;
    }

    private Behavior<Command> onCopied(Copied copied) {
        keepOrDrop(copied.stored().block(), copied.stored().holder());
        return this;
    }

    private Behavior<Command> onLateCopy(LateCopy late) {
        keepOrDrop(late.block(), late.holder());
        return this;
    }

    private void keepOrDrop(BlockId block, ExecutorId executor) {
        if (!registry.stored(block, executor)) {
            holders.drop(block, executor);
        }
        sayUnderReplicated();
    }

    private Behavior<Command> onAnnounce(Announce announce) {
        announceBlocks = announce.blocks();
        return this;
    }

    private Behavior<Command> onInspect(Inspect inspect) {
        inspect.replyTo()
                .tell(new Contents(
                        registry.locations(), registry.waiting(), registry.underReplicated(), registry.kept()));
        return this;
    }

    private void copy(List<CopyPlan> plans) {
        holders.copy(plans, copies);
        if (!plans.isEmpty()) {
            getContext()
                    .getLog()
                    .info(
                            "copying blocks again: {}",
                            plans.stream()
                                    .collect(Collectors.groupingBy(plan -> "to " + plan.to(), Collectors.counting())));
        }
        sayUnderReplicated();
    }

    private void sayUnderReplicated() {
        int now = registry.underReplicated();
        if (now != underReplicated) {
            underReplicated = now;
            driver.tell(new UnderReplicated(now));
        }
    }
}
