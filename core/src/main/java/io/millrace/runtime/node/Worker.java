// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.node;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Props;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.BlockStore;
import io.millrace.runtime.driver.ExecutorHandle;
import io.millrace.runtime.executor.Executor;
import io.millrace.runtime.ingest.ReceiverHost;
import java.util.function.Consumer;

/**
 * One executor with all that belongs to it: it works, keeps blocks and runs receivers as three actors over one store. If one of them
 * ends, all of them end, as they would in a process of their own.
 */
final class Worker extends AbstractBehavior<Worker.Command> {

    /** A worker needs to be told nothing. */
    interface Command {}

    private Worker(ActorContext<Command> context, WorkerSetup setup, Consumer<ExecutorHandle> ready) {
        super(context);
        BlockStore store = new BlockStore();
        Props props = DispatcherSelector.fromConfig(Node.DISPATCHER);
        ActorRef<BlockHolder.Command> holder = context.spawn(BlockHolder.create(setup.id(), store), "blocks", props);
        ActorRef<Executor.Command> executor = context.spawn(
                Executor.create(
                        setup.id(),
                        setup.job(),
                        setup.settings().executor(),
                        store,
                        setup.threads()
                                .slots(
                                        setup.id().toString(),
                                        setup.settings().executor().slots()),
                        setup.crashPoints()),
                "executor",
                props);
        ActorRef<ReceiverHost.Command> receivers =
                context.spawn(ReceiverHost.create(setup.ingest(store)), "receivers", props);
        context.watch(holder);
        context.watch(executor);
        context.watch(receivers);
        ready.accept(new ExecutorHandle(setup.id(), executor, holder, receivers));
    }

    /** A worker that says where it is reached. */
    static Behavior<Command> create(WorkerSetup setup, Consumer<ExecutorHandle> ready) {
        return Behaviors.setup(context -> new Worker(context, setup, ready));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onSignal(Terminated.class, terminated -> Behaviors.stopped())
                .build();
    }
}
