// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import akka.Done;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.stream.Materializer;
import akka.stream.OverflowStrategy;
import akka.stream.QueueOfferResult;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.Source;
import akka.stream.javadsl.SourceQueueWithComplete;
import akka.stream.javadsl.StreamConverters;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulationStreamsTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Simulation simulation = Simulation.seeded(3);
    private final ActorSystem<Void> system = simulation.start(Behaviors.empty(), "streams");

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void completesAStreamWithoutTimePassing() {
        CompletionStage<List<Integer>> numbers =
                Source.range(1, 100).map(number -> number * 2).runWith(Sink.seq(), system);

        simulation.runUntilIdle();

        assertThat(numbers.toCompletableFuture())
                .isCompletedWithValue(
                        IntStream.rangeClosed(1, 100).mapToObj(n -> n * 2).toList());
    }

    @Test
    void runsAStreamOnAMaterializerOfItsOwnAndAcrossAsyncBoundaries() {
        Materializer own = simulation.call(() -> Materializer.createMaterializer(system));

        CompletionStage<Integer> sum = Source.range(1, 1_000)
                .async()
                .mapAsync(4, number -> CompletableFuture.supplyAsync(() -> number, simulation.executor()))
                .async()
                .runWith(Sink.fold(0, Integer::sum), own);

        assertThat(simulation.await(sum, LIMIT)).isEqualTo(500_500);
        assertThat(simulation.runnablesFromOutside()).isZero();
    }

    @Test
    void acceptsOffersToAQueueAndHoldsThemBackWhenItIsFull() {
        List<Integer> taken = new ArrayList<>();
        SourceQueueWithComplete<Integer> queue = Source.<Integer>queue(2, OverflowStrategy.backpressure())
                .mapAsync(1, number -> {
                    CompletableFuture<Integer> slow = new CompletableFuture<>();
                    simulation.time().timer().at(simulation.now().plusSeconds(1), () -> slow.complete(number));
                    return slow;
                })
                .to(Sink.foreach(taken::add))
                .run(system);

        List<CompletableFuture<QueueOfferResult>> offers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            offers.add(queue.offer(i).toCompletableFuture());
            simulation.runUntilIdle();
        }

        assertThat(offers.get(2)).isCompleted();
        assertThat(offers.get(3)).isNotDone();
        simulation.advance(Duration.ofSeconds(10));
        assertThat(offers.get(3)).isCompleted();
        assertThat(taken).containsExactly(0, 1, 2, 3);
    }

    @Test
    void ticksInVirtualTime() {
        CompletionStage<List<String>> ticks = Source.tick(Duration.ofSeconds(1), Duration.ofHours(1), "tick")
                .map(tick -> tick + " " + simulation.now())
                .take(2)
                .runWith(Sink.seq(), system);

        assertThat(simulation.await(ticks, Duration.ofHours(2)))
                .containsExactly("tick 2000-01-01T00:00:01Z", "tick 2000-01-01T01:00:01Z");
    }

    @Test
    void readsABlockingStreamOnTheSimulation() {
        byte[] bytes = "blocking".getBytes(StandardCharsets.UTF_8);

        CompletionStage<String> read = StreamConverters.fromInputStream(() -> new ByteArrayInputStream(bytes))
                .map(chunk ->
                        chunk.utf8String() + " on " + Thread.currentThread().getName())
                .runWith(Sink.head(), system);

        assertThat(simulation.await(read, LIMIT))
                .isEqualTo("blocking on " + Thread.currentThread().getName());
    }

    @Test
    void cancelsASubstreamThatNobodyRunsAfterTheTimeoutInVirtualTime() {
        CompletableFuture<Done> ended = Source.from(List.of(1, 2, 3))
                .concat(Source.maybe())
                .watchTermination((nothing, done) -> done.toCompletableFuture())
                .prefixAndTail(1)
                .to(Sink.ignore())
                .run(system);

        simulation.advance(Duration.ofSeconds(4));
        assertThat(ended).isNotDone();
        simulation.advance(Duration.ofSeconds(2));

        assertThat(ended).isCompleted();
    }
}
