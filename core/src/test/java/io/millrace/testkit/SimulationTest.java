// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.DispatcherSelector;
import akka.actor.typed.javadsl.Behaviors;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final Simulation simulation =
            Simulation.of(SimulationSettings.fifo().withMaxSteps(1_000));
    private final List<String> seen = new ArrayList<>();

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void deliversMessagesOnlyWhenRunAndOnTheCallingThread() {
        ActorSystem<String> system = simulation.start(
                Behaviors.receiveMessage(message -> {
                    seen.add(message + " on " + Thread.currentThread().getName());
                    return Behaviors.same();
                }),
                "node");
        system.tell("hello");
        assertThat(seen).isEmpty();

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("hello on " + Thread.currentThread().getName());
    }

    @Test
    void runsTasksOfItsExecutorFirstComeFirstServed() {
        Executor slots = simulation.executor();
        slots.execute(() -> {
            seen.add("first");
            slots.execute(() -> seen.add("third"));
        });
        slots.execute(() -> seen.add("second"));

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("first", "second", "third");
        assertThat(simulation.steps()).isEqualTo(3);
    }

    @Test
    void runsToIdleBetweenTimers() {
        Instant at = simulation.now().plus(SECOND);
        simulation.time().timer().at(at, () -> {
            seen.add("timer 1");
            simulation.executor().execute(() -> seen.add("its work"));
        });
        simulation.time().timer().at(at, () -> seen.add("timer 2"));

        simulation.advance(SECOND);

        assertThat(seen).containsExactly("timer 1", "its work", "timer 2");
        assertThat(simulation.now()).isEqualTo(at);
    }

    @Test
    void countsADueTimerAsWork() {
        simulation.time().timer().at(simulation.now(), () -> seen.add("due"));
        simulation.time().timer().at(simulation.now().plusNanos(1), () -> seen.add("not yet"));

        simulation.runUntilIdle();

        assertThat(seen).containsExactly("due");
    }

    @Test
    void stopsAtTheStepThatMakesTheConditionTrue() {
        for (int i = 1; i <= 3; i++) {
            int second = i;
            simulation.time().timer().at(simulation.now().plusSeconds(i), () -> seen.add("second " + second));
        }
        Instant begin = simulation.now();

        simulation.runUntil(() -> seen.size() == 2, Duration.ofMinutes(1));

        assertThat(simulation.now()).isEqualTo(begin.plusSeconds(2));
        assertThatThrownBy(() -> simulation.runUntil(() -> false, Duration.ofMinutes(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("PT1M");
    }

    @Test
    void returnsTheResultOfAStageAsSoonAsItIsThere() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Instant at = simulation.now().plus(SECOND);
        simulation.time().timer().at(at, () -> stage.complete("done"));

        assertThat(simulation.await(stage, Duration.ofMinutes(1))).isEqualTo("done");
        assertThat(simulation.now()).isEqualTo(at);
    }

    @Test
    void namesTheLastRunnableOfALiveLock() {
        ActorSystem<String> system = simulation.start(
                Behaviors.setup(context -> Behaviors.receiveMessage(message -> {
                    context.getSelf().tell(message);
                    return Behaviors.same();
                })),
                "restless");
        system.tell("again");

        assertThatThrownBy(simulation::runUntilIdle)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("1000 steps")
                .hasMessageContaining("the mailbox of akka://restless/user");
        system.terminate();
    }

    @Test
    void letsNobodyRunItFromInside() {
        List<Throwable> thrown = new ArrayList<>();
        simulation.executor().execute(() -> thrown.add(catchThrowable(simulation::runUntilIdle)));
        simulation.executor().execute(() -> thrown.add(catchThrowable(simulation::close)));

        simulation.runUntilIdle();

        assertThat(thrown)
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused).hasMessageContaining("already being run"));
    }

    @Test
    void startsAnotherSystemFromInside() {
        simulation.time().timer().at(simulation.now().plus(SECOND), () -> {
            ActorSystem<String> late = simulation.start(
                    Behaviors.receiveMessage(message -> {
                        seen.add(message);
                        return Behaviors.same();
                    }),
                    "late");
            late.tell("up");
        });
        simulation.start(Behaviors.empty(), "early");

        simulation.advance(SECOND);

        assertThat(seen).containsExactly("up");
    }

    @Test
    void bootsWithALoggerActorThatAkkaWaitsFor() {
        Config config = ConfigFactory.parseString("akka.loggers = [\"akka.event.slf4j.Slf4jLogger\"]");

        ActorSystem<String> system = simulation.start(Behaviors.empty(), "logging", config);

        assertThat(system.settings().config().getStringList("akka.loggers"))
                .containsExactly("akka.event.slf4j.Slf4jLogger");
    }

    @Test
    void takesOverEveryDispatcherOfTheConfiguration() {
        Config config = ConfigFactory.parseString("""
            millrace.dispatcher { type = Dispatcher, executor = thread-pool-executor }
            millrace.tasks { executor = fork-join-executor, throughput = 50 }
            millrace.pinned { type = PinnedDispatcher }
            millrace.executor = "not a dispatcher"
            """);
        ActorSystem<String> system = simulation.start(Behaviors.empty(), "node", config);

        for (String path : List.of(
                "millrace.dispatcher",
                "millrace.tasks",
                "millrace.pinned",
                "akka.actor.default-dispatcher",
                "akka.actor.internal-dispatcher",
                "akka.actor.default-blocking-io-dispatcher")) {
            system.dispatchers()
                    .lookup(DispatcherSelector.fromConfig(path))
                    .execute(() ->
                            seen.add(path + " on " + Thread.currentThread().getName()));
        }
        simulation.runUntilIdle();

        assertThat(seen)
                .hasSize(6)
                .allMatch(line -> line.endsWith(" on " + Thread.currentThread().getName()));
        assertThat(system.settings().config().getString("millrace.executor")).isEqualTo("not a dispatcher");
    }
}
