// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Flow;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.Tcp;
import akka.util.ByteString;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulationLifecycleTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @Test
    void bootsAndClosesManyOneAfterTheOtherAndLeavesNoThread() throws InterruptedException {
        Set<Thread> before = threads();

        for (long seed = 0; seed < 20; seed++) {
            try (Simulation simulation = Simulation.seeded(seed)) {
                ActorSystem<Void> system = simulation.start(Behaviors.empty(), "node-" + seed);
                Source.range(1, 3).runWith(Sink.ignore(), system);
                simulation.runUntilIdle();
            }
        }

        assertEndsAll(before);
    }

    @Test
    void stopsTheActorsOfAllItsSystemsOnClose() {
        List<String> stopped = new ArrayList<>();
        Simulation simulation = Simulation.fifo();
        List<ActorSystem<String>> systems = new ArrayList<>();
        for (String name : List.of("driver", "executor")) {
            systems.add(simulation.start(
                    Behaviors.<String>setup(context -> Behaviors.receive(String.class)
                            .onSignal(PostStop.class, signal -> {
                                stopped.add(name);
                                return Behaviors.same();
                            })
                            .build()),
                    name));
        }
        simulation.runUntilIdle();

        simulation.close();
        simulation.close();

        assertThat(stopped).containsExactlyInAnyOrder("driver", "executor");
        assertThat(systems)
                .allMatch(system ->
                        system.getWhenTerminated().toCompletableFuture().isDone());
    }

    @Test
    void takesNothingMoreOnceClosed() {
        Simulation simulation = Simulation.fifo();
        simulation.close();

        assertThatThrownBy(() -> simulation.start(Behaviors.empty(), "late")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> simulation.executor().execute(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void isForgottenOnceClosed() {
        Simulation simulation = Simulation.fifo();
        ActorSystem<Void> system = simulation.start(Behaviors.empty(), "forgotten");
        String id = system.settings().config().getString(SimulationConfig.ID);
        assertThat(SimulationRegistry.contains(id)).isTrue();

        simulation.close();

        assertThat(SimulationRegistry.contains(id)).isFalse();
    }

    @Test
    void waitsForTheWorkOfSocketsAndEndsTheirThreadsOnClose() throws InterruptedException {
        Set<Thread> before = threads();
        try (Simulation simulation = Simulation.fifo()) {
            ActorSystem<Void> system = simulation.start(Behaviors.empty(), "sockets");
            CompletableFuture<Tcp.ServerBinding> binding = Tcp.get(system)
                    .bind("127.0.0.1", 0)
                    .to(Sink.foreach(connection -> connection.handleWith(Flow.of(ByteString.class), system)))
                    .run(system)
                    .toCompletableFuture();
            runWithSockets(simulation, binding);

            CompletableFuture<ByteString> echo = Source.single(ByteString.fromString("echo"))
                    .via(Tcp.get(system)
                            .outgoingConnection(
                                    "127.0.0.1", binding.join().localAddress().getPort()))
                    .runWith(Sink.fold(ByteString.emptyByteString(), ByteString::concat), system)
                    .toCompletableFuture();
            runWithSockets(simulation, echo);

            assertThat(echo.join().utf8String()).isEqualTo("echo");
            assertThat(newSince(before)).isNotEmpty();
        }

        assertEndsAll(before);
    }

    private static void runWithSockets(Simulation simulation, CompletableFuture<?> result) throws InterruptedException {
        simulation.runUntilIdle();
        while (!result.isDone()) {
            assertThat(simulation.awaitWork(PATIENCE)).isTrue();
            simulation.runUntilIdle();
        }
    }

    /** A thread that has done its last may take a moment to end. */
    private static void assertEndsAll(Set<Thread> before) throws InterruptedException {
        for (Thread thread : newSince(before)) {
            thread.join(PATIENCE.toMillis());
        }
        assertThat(newSince(before)).isEmpty();
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Without the JVM's own, and those of the pool other tests may have used. */
    private static List<Thread> newSince(Set<Thread> before) {
        return threads().stream()
                .filter(thread -> !before.contains(thread))
                .filter(thread -> !thread.getName().startsWith("ForkJoinPool.commonPool"))
                .filter(thread -> thread.getThreadGroup() != null
                        && !thread.getThreadGroup().getName().equals("system"))
                .toList();
    }
}
