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
import java.util.List;

/** Keeps the blocks of one executor and answers for them; when it stops, they are gone. */
public final class BlockHolder extends AbstractBehavior<BlockHolder.Command> {

    /** What a holder can be asked. */
    public sealed interface Command extends WireMessage {}

    /** Keep a copy of this block. */
    public record Store(Block block, ActorRef<Event> replyTo) implements Command {}

    /** Let these blocks go. */
    public record Drop(List<BlockId> blocks) implements Command {
        /** Copies the list. */
        public Drop {
            blocks = List.copyOf(blocks);
        }
    }

    /** Send a copy of a block to another holder, which confirms it to {@code replyTo}. */
    public record Copy(BlockId block, ActorRef<Command> to, ActorRef<Event> replyTo) implements Command {}

    /** What a holder says. */
    public sealed interface Event extends WireMessage {}

    /** The block is kept by this executor. */
    public record Stored(BlockId block, ExecutorId holder) implements Event {}

    private final ExecutorId executor;
    private final BlockStore store;

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
                .onMessage(Drop.class, this::onDrop)
                .onMessage(Copy.class, this::onCopy)
                .onSignal(PostStop.class, this::onPostStop)
                .build();
    }

    private Behavior<Command> onStore(Store store) {
        this.store.put(store.block());
        store.replyTo().tell(new Stored(store.block().info().id(), executor));
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
            copy.to().tell(new Store(block, copy.replyTo()));
            block.release();
        }
        return this;
    }

    private Behavior<Command> onPostStop(PostStop signal) {
        store.clear();
        return this;
    }
}
