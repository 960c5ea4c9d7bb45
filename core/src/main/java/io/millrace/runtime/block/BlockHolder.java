// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.block;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.runtime.wire.WireMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keeps the blocks of one executor and answers for them; when it stops, they are gone. */
public final class BlockHolder extends AbstractBehavior<BlockHolder.Command> {

    /** What a holder can be asked. */
    public sealed interface Command extends WireMessage {}

    /** Keep a copy of this block, which its receiver has just cut. */
    public record Store(Block block, ActorRef<Event> replyTo) implements Command {}

    /** Keep a copy of this block, which counts as received. */
    public record StoreAgain(Block block, ActorRef<Event> replyTo) implements Command {}

    /** Let go of all blocks that were cut in earlier lives of a stream's receiver, but for these, and take no more of them. */
    public record Forget(int stream, int beforeIncarnation, Set<BlockId> except) implements Command {
        /** Copies the set. */
        public Forget {
            except = Set.copyOf(except);
        }
    }

    /** Let these blocks go. */
    public record Drop(List<BlockId> blocks) implements Command {
        /** Copies the list. */
        public Drop {
            blocks = List.copyOf(blocks);
        }
    }

    /** Send a copy of a block to another holder, which confirms it to {@code replyTo}. */
    public record Copy(BlockId block, ActorRef<Command> to, ActorRef<Event> replyTo) implements Command {}

    /** Send these blocks to somebody who is no holder. */
    public record Fetch(List<BlockId> blocks, ActorRef<Event> replyTo) implements Command {
        /** Copies the list. */
        public Fetch {
            blocks = List.copyOf(blocks);
        }
    }

    /** Which blocks are kept? For tests. */
    public record Inspect(ActorRef<Event> replyTo) implements Command {}

    /** What a holder says. */
    public sealed interface Event extends WireMessage {}

    /** The block is kept by this executor. */
    public record Stored(BlockId block, ExecutorId holder) implements Event {}

    /** Blocks that were asked for, and those that are not there. */
    public record Fetched(List<Block> blocks, List<BlockId> gone) implements Event {
        /** Copies the lists. */
        public Fetched {
            blocks = List.copyOf(blocks);
            gone = List.copyOf(gone);
        }
    }

    /** An executor keeps these blocks. */
    public record Held(ExecutorId holder, Set<BlockId> blocks) implements Event {
        /** Copies the set. */
        public Held {
            blocks = Set.copyOf(blocks);
        }
    }

    private final ExecutorId executor;
    private final BlockStore store;
    private final Map<Integer, Integer> lives = new HashMap<>();

    private BlockHolder(ActorContext<Command> context, ExecutorId executor, BlockStore store) {
        super(context);
        this.executor = executor;
        this.store = store;
    }

    /** A holder that answers for what is in {@code store}. */
    public static Behavior<Command> create(ExecutorId executor, BlockStore store) {
        return Behaviors.setup(context -> new BlockHolder(context, executor, store));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Store.class, this::onStore)
                .onMessage(StoreAgain.class, this::onStoreAgain)
                .onMessage(Drop.class, this::onDrop)
                .onMessage(Forget.class, this::onForget)
                .onMessage(Copy.class, this::onCopy)
                .onMessage(Fetch.class, this::onFetch)
                .onMessage(Inspect.class, this::onInspect)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onStore(Store message) {
        BlockId id = message.block().info().id();
        if (id.incarnation() < lives.getOrDefault(id.stream(), 0)) {
            getContext().getLog().debug("executor={} block={} comes from a receiver that was replaced", executor, id);
            return this;
        }
        return keep(message.block(), message.replyTo());
    }

    private Behavior<Command> onStoreAgain(StoreAgain message) {
        return keep(message.block(), message.replyTo());
    }

    private Behavior<Command> keep(Block block, ActorRef<Event> replyTo) {
        store.put(block);
        replyTo.tell(new Stored(block.info().id(), executor));
        return this;
    }

    private Behavior<Command> onForget(Forget forget) {
        lives.merge(forget.stream(), forget.beforeIncarnation(), Math::max);
        for (BlockId id : store.ids()) {
            boolean old = id.stream() == forget.stream() && id.incarnation() < forget.beforeIncarnation();
            if (old && !forget.except().contains(id)) {
                store.drop(id);
            }
        }
        return this;
    }

    private Behavior<Command> onDrop(Drop drop) {
        drop.blocks().forEach(store::drop);
        return this;
    }

    private Behavior<Command> onCopy(Copy copy) {
        Block block = store.acquire(copy.block());
        if (block == null) {
            getContext().getLog().debug("executor={} block={} gone before it could be copied", executor, copy.block());
        } else {
            copy.to().tell(new StoreAgain(block, copy.replyTo()));
            block.release();
        }
        return this;
    }

    private Behavior<Command> onFetch(Fetch fetch) {
        List<Block> found = new ArrayList<>();
        List<BlockId> gone = new ArrayList<>();
        for (BlockId id : fetch.blocks()) {
            Block block = store.acquire(id);
            if (block == null) {
                gone.add(id);
            } else {
                found.add(block.detached());
                block.release();
            }
        }
        fetch.replyTo().tell(new Fetched(found, gone));
        return this;
    }

    private Behavior<Command> onInspect(Inspect inspect) {
        inspect.replyTo().tell(new Held(executor, store.ids()));
        return this;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        store.clear();
        return this;
    }
}
