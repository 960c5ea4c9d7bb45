// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.stream;

import static org.assertj.core.api.Assertions.assertThat;

import akka.stream.BoundedSourceQueue;
import akka.stream.KillSwitches;
import akka.stream.OverflowStrategy;
import akka.stream.QueueOfferResult;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import io.millrace.listener.StopReport;
import io.millrace.receiver.RestartPolicy;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamReceiverTest {

    @Test
    void isFinishedWhenTheSourceCompletes() {
        try (BatchHarness harness = BatchHarness.create("complete")) {
            CollectedOutput<Integer> out =
                    harness.collect(harness.stream(StreamReceiver.of("numbers", () -> Source.from(List.of(1, 2, 3)))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly(1, 2, 3);
            assertThat(harness.events().lines()).contains("receiver 0 stopped: its source is finished");
        }
    }

    @Test
    void asksForTheSourceAgainAfterAFailureAndSaysSo() {
        AtomicInteger openings = new AtomicInteger();
        try (BatchHarness harness = BatchHarness.create("failing")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(StreamReceiver.of(
                    "numbers",
                    () -> openings.incrementAndGet() == 1
                            ? Source.<Integer>failed(new IOException("not now"))
                            : Source.single(7))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly(7);
            assertThat(harness.events().lines())
                    .contains("receiver 0 failed: numbers failed: java.io.IOException: not now; opened again");
        }
    }

    @Test
    void findsLinesInBytesAndReportsOneThatIsCutOff() {
        try (BatchHarness harness = BatchHarness.create("lines")) {
            Source<ByteString, ?> bytes = Source.from(
                            List.of(ByteString.fromString("a\nb"), ByteString.fromString("c\nhalf")))
                    .concatLazy(Source.lazySource(() -> Source.failed(new IOException("cut off"))));
            AtomicInteger openings = new AtomicInteger();
            CollectedOutput<String> out = harness.collect(harness.stream(StreamReceiver.lines(
                    "bytes",
                    () -> openings.incrementAndGet() == 1 ? bytes : Source.single(ByteString.fromString("last")))));
            harness.start();

            harness.runBatches(2);

            assertThat(out.all()).containsExactly("a", "bc", "last");
            assertThat(harness.events().lines())
                    .anyMatch(line -> line.contains("dropped 4 bytes of an unfinished line of bytes at position 5"));
        }
    }

    @Test
    void opensACompletedSourceAgainIfAsked() {
        StreamReceiver<Integer> receiver =
                StreamReceiver.of("numbers", () -> Source.single(1)).restart(RestartPolicy.DEFAULT);
        try (BatchHarness harness = BatchHarness.create("again")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();

            harness.runBatch();

            assertThat(out.all()).hasSizeGreaterThan(3);
            assertThat(receiver.name()).isEqualTo("numbers");
        }
    }

    private static BatchHarness slow(String name) {
        return BatchHarness.builder(name).set("receiver.max-rate", 1).build();
    }

    @Test
    void aGracefulStopProcessesWhatADrainedSourceHolds() {
        CompletableFuture<BoundedSourceQueue<Integer>> queue = new CompletableFuture<>();
        StreamReceiver<Integer> receiver = StreamReceiver.of(
                "queue",
                () -> Source.<Integer>queue(100).mapMaterializedValue(made -> {
                    queue.complete(made);
                    return made;
                }),
                BoundedSourceQueue::complete);
        try (BatchHarness harness = slow("drained")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            for (int i = 0; i < 50; i++) {
                assertThat(queue.join().offer(i)).isEqualTo(QueueOfferResult.enqueued());
            }
            harness.settle();

            StopReport report = harness.stop();

            assertThat(report.complete()).isTrue();
            assertThat(out.all()).isEqualTo(IntStream.range(0, 50).boxed().toList());
            assertThat(harness.now()).isEqualTo(Instant.ofEpochMilli(1_000));
        }
    }

    @Test
    void aGracefulStopProcessesTheLinesThatADrainedSourceHolds() {
        StreamReceiver<String> receiver = StreamReceiver.lines(
                "lines",
                () -> Source.from(List.of("a\n", "b\n", "c\n", "d"))
                        .map(ByteString::fromString)
                        .concat(Source.never())
                        .buffer(10, OverflowStrategy.backpressure())
                        .viaMat(KillSwitches.single(), (left, right) -> right),
                UniqueKillSwitch::shutdown);
        try (BatchHarness harness = BatchHarness.create("lines")) {
            CollectedOutput<String> out = harness.collect(harness.stream(receiver));
            harness.start();
            harness.settle();

            assertThat(harness.stop().complete()).isTrue();

            assertThat(out.all()).containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void aGracefulStopCancelsASourceThatCannotBeDrained() {
        try (BatchHarness harness = slow("cancelled")) {
            CollectedOutput<Integer> out =
                    harness.collect(harness.stream(StreamReceiver.of("numbers", () -> Source.range(1, 1_000))));
            harness.start();

            assertThat(harness.stop().complete()).isTrue();

            assertThat(out.all()).containsExactly(1);
        }
    }

    @Test
    void aSourceWhoseDrainThrowsIsCancelledAndThatIsReported() {
        StreamReceiver<Integer> receiver = StreamReceiver.of("numbers", () -> Source.range(1, 1_000), made -> {
            throw new IllegalStateException("stuck");
        });
        try (BatchHarness harness = slow("throws")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();

            assertThat(harness.stop().complete()).isTrue();

            assertThat(out.all()).containsExactly(1);
            assertThat(harness.events().lines())
                    .contains("receiver 0 failed: the source could not be drained:"
                            + " java.lang.IllegalStateException: stuck");
        }
    }

    @Test
    void aSourceThatDoesNotEndHoldsUpTheStopNoLongerThanItMay() {
        StreamReceiver<Integer> receiver = StreamReceiver.of("never", Source::<Integer>never, made -> {});
        try (BatchHarness harness =
                BatchHarness.builder("never").set("stop-timeout", "5s").build()) {
            harness.collect(harness.stream(receiver));
            harness.start();

            assertThat(harness.stop().complete()).isFalse();

            assertThat(harness.now()).isEqualTo(Instant.ofEpochSecond(5));
        }
    }
}
