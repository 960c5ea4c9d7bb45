// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.ingest;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import io.millrace.runtime.block.BlockHolder;
import io.millrace.runtime.block.ExecutorId;
import io.millrace.runtime.wire.WireMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Starts and keeps the receivers of one executor. */
public final class ReceiverHost extends AbstractBehavior<ReceiverHost.Command> {

    /** What a host can be asked. */
    public sealed interface Command extends WireMessage {}

    /** Run the receiver of this stream; {@code incarnation} says how many lives it had before. */
    public record Start(int stream, int incarnation) implements Command {}

    /** These executors live, with their holders. */
    public record Peers(Map<ExecutorId, ActorRef<BlockHolder.Command>> holders) implements Command {
        /** Copies the holders. */
        public Peers {
            holders = Map.copyOf(holders);
        }
    }

    private final SupervisorSetup setup;
    private final Map<ActorRef<ReceiverSupervisor.Command>, Start> running = new HashMap<>();
    private Optional<Peers> peers = Optional.empty();

    private ReceiverHost(ActorContext<Command> context, SupervisorSetup setup) {
        super(context);
        this.setup = setup;
    }

    /** A host without receivers. */
    public static Behavior<Command> create(SupervisorSetup setup) {
        return Behaviors.setup(context -> new ReceiverHost(context, setup));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Start.class, this::onStart)
                .onMessage(Peers.class, this::onPeers)
                .onSignal(Terminated.class, this::onTerminated)
                .build();
    }

    private Behavior<Command> onStart(Start start) {
        ActorRef<ReceiverSupervisor.Command> supervisor = getContext()
                .spawn(
                        ReceiverSupervisor.create(setup, start.stream(), start.incarnation()),
                        "receiver-" + start.stream() + "-" + start.incarnation(),
                        DispatcherSelector.sameAsParent());
        getContext().watch(supervisor);
        running.put(supervisor, start);
        peers.ifPresent(known -> supervisor.tell(new ReceiverSupervisor.Peers(known.holders())));
        return this;
    }

    private Behavior<Command> onPeers(Peers newPeers) {
        peers = Optional.of(newPeers);
        running.keySet().forEach(supervisor -> supervisor.tell(new ReceiverSupervisor.Peers(newPeers.holders())));
        return this;
    }

    private Behavior<Command> onTerminated(Terminated terminated) {
        Start start = running.remove(terminated.getRef().<ReceiverSupervisor.Command>unsafeUpcast());
        if (start != null && terminated instanceof ChildFailed failed) {
            setup.driver()
                    .tell(new ReceiverSupervisor.Died(
                            start.stream(), start.incarnation(), String.valueOf(failed.getCause())));
        }
        return this;
    }
}
