// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.Done;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import akka.pattern.StatusReply;
import io.millrace.operator.BatchTime;
import io.millrace.stream.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ActorSinkTest {

    private static final BatchTime FIRST = new BatchTime(1000);
    private static final Duration LONG = Duration.ofSeconds(30);

    /** What the actors of these tests are asked. */
    private record Take(Batch<String> batch, ActorRef<StatusReply<Done>> replyTo) {}

    @SuppressWarnings("NullAway.Init")
    private static ActorTestKit kit;

    @BeforeAll
    static void startTheSystem() {
        kit = ActorTestKit.create();
    }

    @AfterAll
    static void endTheSystem() {
        kit.shutdownTestKit();
    }

    @Test
    void tellsBatchesEmptyOnesToo() throws Exception {
        TestProbe<Batch<String>> actor = kit.createTestProbe();
        ActorSink<String> sink = ActorSink.tell(actor.ref());

        sink.write(FIRST, List.of());

        actor.expectMessage(new Batch<>(FIRST, List.of()));
    }

    @Test
    void isDoneWithABatchWhenTheActorHasReplied() throws Exception {
        List<String> done = new ArrayList<>();
        ActorRef<Take> actor = kit.spawn(Behaviors.receiveMessage(take -> {
            done.addAll(take.batch().records());
            take.replyTo().tell(StatusReply.ack());
            return Behaviors.same();
        }));
        ActorSink<String> sink = ActorSink.ask(kit.system(), actor, Take::new, LONG);

        sink.write(FIRST, List.of("a", "b"));

        assertThat(done).containsExactly("a", "b");
    }

    @Test
    void failsABatchThatTheActorDoesNotAcknowledgeInTime() {
        TestProbe<Take> silent = kit.createTestProbe();
        ActorSink<String> sink = ActorSink.ask(kit.system(), silent.ref(), Take::new, Duration.ofMillis(50));

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a")))
                .hasMessageContaining("did not acknowledge the batch 1000 ms of 1 records within PT0.05S")
                .hasMessageContaining(silent.ref().path().name());
    }

    @Test
    void failsABatchThatTheActorRefuses() {
        ActorRef<Take> actor = kit.spawn(Behaviors.receiveMessage(take -> {
            take.replyTo().tell(StatusReply.error("the disk is full"));
            return Behaviors.same();
        }));
        ActorSink<String> sink = ActorSink.ask(kit.system(), actor, Take::new, LONG);

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a")))
                .hasMessageContaining("refused the batch 1000 ms of 1 records: the disk is full");
    }

    @Test
    void failsABatchAtOnceIfTheActorIsGone() {
        ActorRef<Take> gone = kit.spawn(Behaviors.receiveMessage(take -> Behaviors.same()));
        kit.stop(gone);
        ActorSink<String> sink = ActorSink.ask(kit.system(), gone, Take::new, LONG);

        assertThatThrownBy(() -> sink.write(FIRST, List.of("a"))).hasMessageContaining("terminated");
    }

    @Test
    void namesATimeoutThatMakesNoSense() {
        assertThatThrownBy(() ->
                        ActorSink.ask(kit.system(), kit.<Take>createTestProbe().ref(), Take::new, Duration.ZERO))
                .hasMessage("timeout must be > 0, but is PT0S");
    }
}
