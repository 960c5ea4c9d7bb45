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
import io.millrace.runtime.block.BlockRegistry.CopyPlan;
import io.millrace.runtime.wire.WireMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

    /** A receiver of a stream lives; it is told how much of the stream is outstanding, and later what is released. */
    public record Attach(int stream, ActorRef<ReceiverEvent> receiver) implements Command {}

    /** A block is held as often as it must be: it counts as received. */
    public record Add(BlockInfo block, List<ExecutorId> holders, ActorRef<ReceiverEvent> replyTo) implements Command {
        /** Copies the holders. */
        public Add {
            holders = List.copyOf(holders);
        }
    }

    /** Which blocks are in this batch? Those that belong to none yet join it. */
    public record Allocate(BatchTime batch) implements Command {}

    /** How much waits for a batch? */
    public record CountWaiting() implements Command {}

    /** The batch is done; its blocks may go. */
    public record Release(BatchTime batch) implements Command {}

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

    /** Blocks of which no copy is left: their records are lost. */
    public record DataLost(List<BlockInfo> blocks) implements Event {
        /** Copies the blocks. */
        public DataLost {
            blocks = List.copyOf(blocks);
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

    /** So many bytes of the stream were received before and are not yet processed. */
    public record Outstanding(long bytes) implements ReceiverEvent {}

    /** So many bytes of the stream are processed and gone. */
    public record Released(long bytes) implements ReceiverEvent {}

    private final BlockRegistry registry;
    private final boolean announceBlocks;
    private final ActorRef<Event> driver;
    private final ActorRef<BlockHolder.Event> copies;
    private final Map<ExecutorId, ActorRef<BlockHolder.Command>> holders = new HashMap<>();
    private final Map<Integer, ActorRef<ReceiverEvent>> receivers = new HashMap<>();
    private int underReplicated;

    private BlockManager(ActorContext<Command> context, int factor, boolean announceBlocks, ActorRef<Event> driver) {
        super(context);
        this.registry = new BlockRegistry(factor);
        this.announceBlocks = announceBlocks;
        this.driver = driver;
        this.copies = context.messageAdapter(BlockHolder.Event.class, event -> new Copied((BlockHolder.Stored) event));
    }

    /**
     * A block manager that knows nothing yet.
     *
     * @param factor how often every block is to be held
     * @param announceBlocks whether the driver wants to hear of every block
     * @param driver who is told
     */
    public static Behavior<Command> create(int factor, boolean announceBlocks, ActorRef<Event> driver) {
        return Behaviors.setup(context -> new BlockManager(context, factor, announceBlocks, driver));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(ExecutorUp.class, this::onExecutorUp)
                .onMessage(ExecutorDown.class, this::onExecutorDown)
                .onMessage(Attach.class, this::onAttach)
                .onMessage(Add.class, this::onAdd)
                .onMessage(Allocate.class, this::onAllocate)
                .onMessage(CountWaiting.class, this::onCountWaiting)
                .onMessage(Release.class, this::onRelease)
                .onMessage(Copied.class, this::onCopied)
                .build();
    }

    private Behavior<Command> onExecutorUp(ExecutorUp up) {
        holders.put(up.executor(), up.holder());
        copy(registry.executorUp(up.executor()));
        return this;
    }

    private Behavior<Command> onExecutorDown(ExecutorDown down) {
        holders.remove(down.executor());
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
        attach.receiver().tell(new Outstanding(registry.outstandingBytes(attach.stream())));
        return this;
    }

    private Behavior<Command> onAdd(Add add) {
        List<CopyPlan> plans = registry.add(add.block(), add.holders());
        add.replyTo().tell(new Added(add.block().id()));
        if (announceBlocks) {
            driver.tell(new Registered(new BlockLocation(add.block(), add.holders())));
        }
        if (!plans.isEmpty()) {
            copy(plans);
        }
        return this;
    }

    private Behavior<Command> onAllocate(Allocate allocate) {
        driver.tell(new Allocated(allocate.batch(), registry.allocate(allocate.batch())));
        return this;
    }

    private Behavior<Command> onCountWaiting(CountWaiting count) {
        driver.tell(new Waiting(registry.waiting(), registry.waitingBytes()));
        return this;
    }

    private Behavior<Command> onRelease(Release release) {
        Map<ExecutorId, List<BlockId>> drops = new HashMap<>();
        Map<Integer, Long> freed = new HashMap<>();
        for (BlockLocation location : registry.release(release.batch())) {
            BlockId id = location.info().id();
            location.holders()
                    .forEach(holder -> drops.computeIfAbsent(holder, h -> new ArrayList<>())
                            .add(id));
            freed.merge(id.stream(), location.info().bytes(), Long::sum);
        }
        drops.forEach((executor, ids) -> {
            ActorRef<BlockHolder.Command> holder = holders.get(executor);
            if (holder != null) {
                holder.tell(new BlockHolder.Drop(ids));
            }
        });
        freed.forEach((stream, bytes) -> {
            ActorRef<ReceiverEvent> receiver = receivers.get(stream);
            if (receiver != null) {
                receiver.tell(new Released(bytes));
            }
        });
        return this;
    }

    private Behavior<Command> onCopied(Copied copied) {
        BlockHolder.Stored stored = copied.stored();
        ActorRef<BlockHolder.Command> holder = holders.get(stored.holder());
        if (!registry.stored(stored.block(), stored.holder()) && holder != null) {
            holder.tell(new BlockHolder.Drop(List.of(stored.block())));
        }
        sayUnderReplicated();
        return this;
    }

    private void copy(List<CopyPlan> plans) {
        for (CopyPlan plan : plans) {
            ActorRef<BlockHolder.Command> from = holders.get(plan.from());
            ActorRef<BlockHolder.Command> to = holders.get(plan.to());
            if (from != null && to != null) {
                from.tell(new BlockHolder.Copy(plan.block(), to, copies));
            }
        }
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
