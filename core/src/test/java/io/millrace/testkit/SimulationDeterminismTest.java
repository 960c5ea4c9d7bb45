// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimulationDeterminismTest {

    private record Ball(int hits, ActorRef<Ball> from) {}

    /** What happened, in words, and the hash of the run. */
    private record Run(List<String> events, long hash, long steps, long fromOutside) {}

    @Test
    void repeatsARunOfTheSameSeed() {
        for (long seed = 0; seed < 5; seed++) {
            Run first = play(Simulation.seeded(seed));
            Run second = play(Simulation.seeded(seed));

            assertThat(second).as("seed %d", seed).isEqualTo(first);
        }
    }

    @Test
    void repeatsARunInOrder() {
        Run run = play(Simulation.fifo());

        assertThat(run).isEqualTo(play(Simulation.fifo()));
        assertThat(run.fromOutside()).isZero();
    }

    @Test
    void interleavesOtherwiseForOtherSeeds() {
        Set<List<String>> interleavings = new HashSet<>();
        Set<Long> hashes = new HashSet<>();
        for (long seed = 0; seed < 10; seed++) {
            Run run = play(Simulation.seeded(seed));
            interleavings.add(run.events());
            hashes.add(run.hash());
        }

        assertThat(interleavings).hasSizeGreaterThan(5);
        assertThat(hashes).hasSize(10);
    }

    @Test
    void repeatsRunsThatGoOnSideBySideInOtherThreads() {
        List<Run> alone = LongStream.range(0, 8)
                .mapToObj(seed -> play(Simulation.seeded(seed)))
                .toList();

        List<CompletableFuture<Run>> together = LongStream.range(0, 8)
                .mapToObj(seed -> CompletableFuture.supplyAsync(() -> play(Simulation.seeded(seed))))
                .toList();

        assertThat(together.stream().map(CompletableFuture::join).toList()).isEqualTo(alone);
    }

    @Test
    void countsWhatOtherThreadsBring() throws InterruptedException {
        try (Simulation simulation = Simulation.fifo()) {
            ActorSystem<String> system = simulation.start(Behaviors.ignore(), "outside");
            system.tell("from the thread that runs it");
            simulation.runUntilIdle();
            assertThat(simulation.runnablesFromOutside()).isZero();

            Thread outside = new Thread(() -> system.tell("from another"));
            outside.start();
            outside.join();

            assertThat(simulation.runnablesFromOutside()).isEqualTo(1);
        }
    }

    @Test
    void tellsTheWatchersOfAnActorOfItsEndInTheSameOrder() {
        assertThat(watch(4)).hasSize(8).isEqualTo(watch(4)).isNotEqualTo(watch(5));
    }

    @Test
    void keepsTheOrderOfAMailboxWhateverTheSeed() {
        for (long seed = 0; seed < 5; seed++) {
            List<Integer> seen = new ArrayList<>();
            try (Simulation simulation = Simulation.seeded(seed)) {
                ActorSystem<Integer> system = simulation.start(
                        Behaviors.receiveMessage(number -> {
                            seen.add(number);
                            return Behaviors.same();
                        }),
                        "ordered");
                for (int i = 0; i < 100; i++) {
                    system.tell(i);
                }
                simulation.runUntilIdle();
            }

            assertThat(seen).hasSize(100).isSorted();
        }
    }

    private static List<String> watch(long seed) {
        List<String> told = new ArrayList<>();
        try (Simulation simulation = Simulation.seeded(seed)) {
            simulation.start(
                    Behaviors.setup(context -> {
                        ActorRef<String> watched =
                                context.spawn(Behaviors.receiveMessage(message -> Behaviors.stopped()), "watched");
                        for (int i = 0; i < 8; i++) {
                            context.spawn(watcher("watcher-" + i, watched, told), "watcher-" + i);
                        }
                        context.scheduleOnce(Duration.ofSeconds(1), watched, "stop");
                        return Behaviors.empty();
                    }),
                    "watch");
            simulation.advance(Duration.ofSeconds(2));
        }
        return told;
    }

    private static Behavior<String> watcher(String name, ActorRef<String> watched, List<String> told) {
        return Behaviors.setup(context -> {
            context.watch(watched);
            return Behaviors.receive(String.class)
                    .onSignal(Terminated.class, signal -> {
                        told.add(name);
                        return Behaviors.same();
                    })
                    .build();
        });
    }

    private static Run play(Simulation simulation) {
        List<String> events = new ArrayList<>();
        try (simulation) {
            ActorSystem<Void> system = simulation.start(match(events), "match");
            simulation.advance(Duration.ofSeconds(1));
            CompletableFuture<List<Integer>> stream = Source.range(1, 40)
                    .mapAsyncUnordered(
                            8,
                            number -> CompletableFuture.supplyAsync(() -> number, simulation.executor())
                                    .thenApplyAsync(n -> n * n, simulation.executor()))
                    .async()
                    .runWith(Sink.seq(), system)
                    .toCompletableFuture();
            simulation.advance(Duration.ofSeconds(10));
            events.add("stream " + stream.join());
        }
        return new Run(events, simulation.traceHash(), simulation.steps(), simulation.runnablesFromOutside());
    }

    private static Behavior<Void> match(List<String> events) {
        return Behaviors.setup(context -> {
            for (int table = 0; table < 3; table++) {
                ActorRef<Ball> left = context.spawn(player("left " + table, events), "left-" + table);
                ActorRef<Ball> right = context.spawn(player("right " + table, events), "right-" + table);
                left.tell(new Ball(0, right));
            }
            return Behaviors.empty();
        });
    }

    /** Hits back at once, but every fifth time only after a while. */
    private static Behavior<Ball> player(String name, List<String> events) {
        return Behaviors.setup(context -> Behaviors.withTimers(timers -> Behaviors.receiveMessage(ball -> {
            events.add(name + " " + ball.hits());
            Ball back = new Ball(ball.hits() + 1, context.getSelf());
            if (ball.hits() % 5 == 4) {
                timers.startSingleTimer(new Ball(ball.hits() + 1, ball.from()), Duration.ofMillis(70));
            } else if (ball.hits() < 50) {
                ball.from().tell(back);
            }
            return Behaviors.same();
        })));
    }
}
