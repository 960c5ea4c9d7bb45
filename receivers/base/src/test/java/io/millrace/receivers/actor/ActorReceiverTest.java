// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.actor;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Props;
import akka.actor.typed.javadsl.Behaviors;
import io.millrace.listener.StopReport;
import io.millrace.receivers.actor.ActorReceiver.Ask;
import io.millrace.receivers.actor.ActorReceiver.Message;
import io.millrace.receivers.actor.ActorReceiver.Reply;
import io.millrace.receivers.actor.ActorReceiver.Store;
import io.millrace.receivers.actor.ActorReceiver.Tell;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ActorReceiverTest {

    private final List<Reply> replies = new ArrayList<>();

    private ActorRef<Reply> asker(BatchHarness harness) {
        ActorRef<Reply> asker = harness.actorSystem()
                .systemActorOf(
                        Behaviors.<Reply>receiveMessage(reply -> {
                            replies.add(reply);
                            return Behaviors.same();
                        }),
                        "asker",
                        Props.empty());
        harness.settle();
        return asker;
    }

    private static <T> ActorRef<Message<T>> ref(ActorReceiver<T> receiver) {
        return receiver.ref().toCompletableFuture().join();
    }

    @Test
    void takesWhatItIsToldAndAnswersWhatItIsAsked() {
        ActorReceiver<String> receiver = ActorReceiver.named("told");
        try (BatchHarness harness = BatchHarness.create("told")) {
            CollectedOutput<String> out = harness.collect(harness.stream(receiver, 0));
            harness.start();
            ActorRef<Reply> asker = asker(harness);

            ref(receiver).tell(new Tell<>("a"));
            ref(receiver).tell(new Ask<>("b", asker));
            ref(receiver).tell(new Store<>(List.of("c", "d"), asker));
            harness.settle();
            assertThat(replies).containsExactly(Reply.TAKEN, Reply.STORED);
            harness.runBatch();

            assertThat(out.all()).containsExactly("a", "b", "c", "d");
            assertThat(harness.events().blocks()).hasSize(2);
        }
    }

    @Test
    void saysStoredOnlyWhenAnotherExecutorHasTheBlock() {
        ActorReceiver<String> receiver = ActorReceiver.named("told");
        try (BatchHarness harness = BatchHarness.create("frozen")) {
            harness.collect(harness.stream(receiver, 0));
            harness.start();
            ActorRef<Reply> asker = asker(harness);

            harness.freezeExecutor(1);
            ref(receiver).tell(new Store<>(List.of("a"), asker));
            harness.settle();
            assertThat(replies).isEmpty();
            harness.thawExecutor(1);

            assertThat(replies).containsExactly(Reply.STORED);
        }
    }

    @Test
    void isBusyWhenTheBufferIsFullAndReportsWhatItDrops() {
        ActorReceiver<String> receiver = ActorReceiver.<String>named("told").capacity(3);
        try (BatchHarness harness = BatchHarness.builder("full")
                .set("block.bytes", 1024)
                .set("max-outstanding-bytes", 4096)
                .build()) {
            CollectedOutput<String> out = harness.collect(harness.stream(receiver, 0));
            harness.start();
            ActorRef<Reply> asker = asker(harness);
            harness.holdOutputs();
            for (int i = 0; i < 100; i++) {
                ref(receiver).tell(new Ask<>("x".repeat(100), asker));
            }
            for (int i = 0; i < 5; i++) {
                ref(receiver).tell(new Tell<>("dropped"));
            }
            harness.settle();
            long taken = replies.stream().filter(Reply.TAKEN::equals).count();
            assertThat(taken).isBetween(15L, 20L);
            assertThat(replies.stream().filter(Reply.BUSY::equals)).hasSize(97 - (int) taken);

            harness.releaseOutputs();
            harness.runBatches(3);

            assertThat(replies.stream().filter(Reply.TAKEN::equals)).hasSize((int) taken + 3);
            assertThat(out.all()).hasSize((int) taken + 3).doesNotContain("dropped");
            assertThat(harness.events().lines())
                    .anyMatch(line -> line.contains("dropped a record: ") && line.contains("has its 3 records"))
                    .anyMatch(line -> line.contains("dropped a record (the last of 4)"));
        }
    }

    @Test
    void hasAnotherActorWhenItsExecutorDied() {
        ActorReceiver<String> receiver = ActorReceiver.named("told");
        try (BatchHarness harness = BatchHarness.create("moved")) {
            CollectedOutput<String> out = harness.collect(harness.stream(receiver, 0));
            harness.start();
            ActorRef<Message<String>> first = ref(receiver);
            harness.crashExecutor(0);

            assertThat(ref(receiver)).isNotEqualTo(first);
            ref(receiver).tell(new Tell<>("b"));
            harness.runBatch();

            assertThat(out.all()).containsExactly("b");
        }
    }

    @Test
    void aGracefulStopProcessesWhatIsInTheBufferAndTakesNothingMore() {
        ActorReceiver<String> receiver = ActorReceiver.named("told");
        try (BatchHarness harness = BatchHarness.builder("drained")
                .set("block.bytes", 1024)
                .set("max-outstanding-bytes", 1024)
                .build()) {
            CollectedOutput<String> out = harness.collect(harness.stream(receiver, 0));
            harness.start();
            ActorRef<Reply> asker = asker(harness);
            ActorRef<Message<String>> ref = ref(receiver);
            ref.tell(new Tell<>("a".repeat(1024)));
            ref.tell(new Tell<>("b"));
            ref.tell(new Ask<>("c", asker));
            ref.tell(new Store<>(List.of("d", "e"), asker));
            harness.settle();

            CompletableFuture<StopReport> stopped = harness.context().stop().toCompletableFuture();
            harness.settle();
            ref.tell(new Ask<>("late", asker));
            ref.tell(new Store<>(List.of("late"), asker));
            ref.tell(new Tell<>("late"));
            harness.settle();
            assertThat(replies).containsExactly(Reply.FAILED, Reply.FAILED);
            assertThat(receiver.ref().toCompletableFuture()).isNotDone();
            harness.runUntil(stopped::isDone);

            assertThat(stopped.join().complete()).isTrue();
            assertThat(out.all()).containsExactly("a".repeat(1024), "b", "c", "d", "e");
            assertThat(replies).containsExactly(Reply.FAILED, Reply.FAILED, Reply.TAKEN, Reply.STORED);
            assertThat(harness.events().lines())
                    .filteredOn(line -> line.contains("dropped"))
                    .singleElement(as(STRING))
                    .contains("dropped a record: ")
                    .contains("the receiver stops");
        }
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> ActorReceiver.named("told").capacity(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be in 1..10000000, but is 0");
    }
}
