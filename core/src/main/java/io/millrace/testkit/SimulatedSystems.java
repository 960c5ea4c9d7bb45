// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import com.typesafe.config.Config;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The actor systems of one simulation, from start to termination. Belongs to the driver. */
final class SimulatedSystems {

    private static final Duration VIRTUAL_LIMIT = Duration.ofMinutes(1);
    private static final Duration REAL_LIMIT = Duration.ofSeconds(10);

    private final Stepper stepper;
    private final String id;
    private final List<ActorSystem<?>> systems = new ArrayList<>();
    private boolean closed;

    SimulatedSystems(Stepper stepper) {
        this.stepper = stepper;
        this.id = SimulationRegistry.add(stepper);
    }

    <T> ActorSystem<T> start(Behavior<T> guardian, String name, Config config) {
        if (closed) {
            throw new IllegalStateException("the simulation is closed, so it does not start " + name);
        }
        ActorSystem<T> system = ActorSystem.create(guardian, name, SimulationConfig.of(id, config));
        systems.add(system);
        return system;
    }

    void close() {
        if (closed) {
            return;
        }
        closed = true;
        stepper.thawAll();
        try {
            systems.forEach(ActorSystem::terminate);
            awaitTermination();
        } finally {
            SimulationRegistry.remove(id);
            stepper.queue().close();
            stepper.time().clear();
        }
    }

    /** Without time passing if that will do; then with; then with help from real threads, such as those of sockets. */
    private void awaitTermination() {
        Instant limit = stepper.time().now().plus(VIRTUAL_LIMIT);
        while (!stepper.until(limit, this::terminated)) {
            if (!workComes()) {
                throw new IllegalStateException("within " + VIRTUAL_LIMIT + " these did not terminate: " + alive());
            }
        }
    }

    private boolean workComes() {
        try {
            return stepper.queue().await(REAL_LIMIT);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean terminated() {
        return systems.stream().allMatch(SimulatedSystems::terminated);
    }

    private List<String> alive() {
        return systems.stream()
                .filter(system -> !terminated(system))
                .map(ActorSystem::name)
                .toList();
    }

    private static boolean terminated(ActorSystem<?> system) {
        return system.getWhenTerminated().toCompletableFuture().isDone();
    }
}
