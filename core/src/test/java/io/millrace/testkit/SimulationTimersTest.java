// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Cancellable;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulationTimersTest {

    private final Simulation simulation = Simulation.seeded(1);
    private final List<String> seen = new ArrayList<>();
    private Instant start = Instant.EPOCH;

    @BeforeEach
    void rememberTheStart() {
        start = simulation.now();
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void firesTimersOfActorsInVirtualTime() {
        simulation.start(
                Behaviors.<String>withTimers(timers -> {
                    timers.startTimerAtFixedRate("rate", Duration.ofSeconds(10));
                    timers.startTimerWithFixedDelay("delay", Duration.ofSeconds(15));
                    timers.startSingleTimer("once", Duration.ofMillis(1));
                    return noting();
                }),
                "timers");

        simulation.advance(Duration.ofSeconds(40));

        assertThat(seen)
                .containsExactly(
                        "once 1", "rate 10000", "delay 15000", "rate 20000", "delay 30000", "rate 30000", "rate 40000");
    }

    @Test
    void schedulesForActorsInVirtualTime() {
        simulation.start(
                Behaviors.<String>setup(context -> {
                    context.scheduleOnce(Duration.ofHours(1), context.getSelf(), "hour");
                    Cancellable never = context.scheduleOnce(Duration.ofSeconds(1), context.getSelf(), "never");
                    assertThat(never.cancel()).isTrue();
                    assertThat(never.cancel()).isFalse();
                    assertThat(never.isCancelled()).isTrue();
                    return noting();
                }),
                "once");

        simulation.advance(Duration.ofHours(2));

        assertThat(seen).containsExactly("hour 3600000");
    }

    @Test
    void timesOutReceiveAndAskInVirtualTime() {
        ActorSystem<String> system = simulation.start(
                Behaviors.<String>setup(context -> {
                    context.setReceiveTimeout(Duration.ofMinutes(5), "silence");
                    return noting();
                }),
                "timeouts");

        CompletableFuture<String> answer = AskPattern.<String, String>ask(
                        system, replyTo -> "question", Duration.ofMinutes(2), system.scheduler())
                .toCompletableFuture();
        simulation.advance(Duration.ofMinutes(6));

        assertThat(seen).containsExactly("question 0", "silence 300000");
        assertThat(answer).failsWithin(Duration.ZERO).withThrowableThat().withCauseInstanceOf(TimeoutException.class);
    }

    @Test
    void stopsAFixedRateThatIsCancelled() {
        ActorSystem<String> system = simulation.start(noting(), "rate");
        Cancellable beat = system.classicSystem()
                .scheduler()
                .scheduleAtFixedRate(
                        Duration.ZERO, Duration.ofSeconds(1), () -> system.tell("beat"), system.executionContext());

        simulation.advance(Duration.ofMillis(2_500));
        assertThat(beat.cancel()).isTrue();
        simulation.advance(Duration.ofSeconds(10));

        assertThat(seen).containsExactly("beat 0", "beat 1000", "beat 2000");
    }

    private Behavior<String> noting() {
        return Behaviors.receiveMessage(message -> {
            seen.add(message + " " + Duration.between(start, simulation.now()).toMillis());
            return Behaviors.same();
        });
    }
}
