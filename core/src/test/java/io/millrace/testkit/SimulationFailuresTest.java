// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.SupervisorStrategy;
import akka.actor.typed.javadsl.Behaviors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationFailuresTest {

    private final Simulation simulation = Simulation.fifo();
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void handsTheFailureOfATaskToTheHandlerOfTheThreadAndGoesOn() {
        IllegalStateException failure = new IllegalStateException("task");
        AtomicReference<Throwable> handled = new AtomicReference<>();
        simulation.executor().execute(() -> {
            throw failure;
        });
        simulation.executor().execute(() -> seen.add("next"));

        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((failed, cause) -> handled.set(cause));
        try {
            simulation.runUntilIdle();
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }

        assertThat(handled).hasValue(failure);
        assertThat(simulation.uncaught()).containsExactly(failure);
        assertThat(seen).containsExactly("next");
    }

    @Test
    void leavesTheFailureOfAnActorToItsSupervisor() {
        ActorSystem<String> system = simulation.start(
                Behaviors.supervise(Behaviors.<String>receiveMessage(message -> {
                            seen.add(message);
                            if (message.equals("fail")) {
                                throw new IllegalStateException("actor");
                            }
                            return Behaviors.same();
                        }))
                        .onFailure(SupervisorStrategy.resume()),
                "supervised");
        system.tell("fail");
        system.tell("next");

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("fail", "next");
        assertThat(simulation.uncaught()).isEmpty();
    }

    @Test
    void throwsTheFatalFailureOfATaskAtTheCaller() {
        simulation.executor().execute(() -> {
            throw new NoClassDefFoundError("fatal");
        });
        simulation.executor().execute(() -> seen.add("next"));

        Thread thread = Thread.currentThread();
        Thread.UncaughtExceptionHandler before = thread.getUncaughtExceptionHandler();
        thread.setUncaughtExceptionHandler((failed, cause) -> {});
        try {
            assertThatThrownBy(simulation::runUntilIdle)
                    .isInstanceOf(NoClassDefFoundError.class)
                    .hasMessage("fatal");
        } finally {
            thread.setUncaughtExceptionHandler(before);
        }

        simulation.runUntilIdle();
        assertThat(seen).containsExactly("next");
    }

    @Test
    void throwsTheFatalFailureOfAnActorAtTheCallerAndTerminatesItsSystem() {
        ActorSystem<String> system = simulation.start(
                Behaviors.receiveMessage(message -> {
                    throw new NoClassDefFoundError(message);
                }),
                "fatal");
        system.tell("fatal");

        assertThatThrownBy(simulation::runUntilIdle).isInstanceOf(NoClassDefFoundError.class);
        simulation.runUntilIdle();

        assertThat(system.getWhenTerminated().toCompletableFuture()).isCompleted();
    }
}
