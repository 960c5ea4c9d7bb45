// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.custom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.StopReport;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CustomReceiverTest {

    private final Recorded receiver = new Recorded();

    @Test
    void putsSingleRecordsIntoBlocksAndLeavesWholeBlocksAsTheyAre() {
        try (BatchHarness harness = BatchHarness.create("blocks")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> handle = receiver.handle();

            handle.store(1);
            handle.store(2);
            CompletionStage<Void> stored = handle.storeLater(List.of(3, 4));
            CompletionStage<Void> empty = handle.storeLater(List.of());
            handle.store(5);
            harness.settle();
            assertThat(stored.toCompletableFuture()).isCompleted();
            assertThat(empty.toCompletableFuture()).isCompleted();
            harness.runBatch();

            assertThat(out.at(1000)).containsExactly(1, 2, 3, 4, 5);
            assertThat(harness.events().blocks())
                    .extracting(block -> block.records())
                    .containsExactly(2L, 2L, 1L);
        }
    }

    @Test
    void saysThatABlockIsStoredOnlyWhenAnotherExecutorHasIt() {
        try (BatchHarness harness = BatchHarness.create("frozen")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();

            harness.freezeExecutor(1);
            CompletableFuture<Void> stored =
                    receiver.handle().storeLater(List.of(1)).toCompletableFuture();
            harness.advance(Duration.ofSeconds(20));
            assertThat(stored).isNotDone();
            harness.thawExecutor(1);

            assertThat(stored).isCompleted();
            harness.runBatch();
            assertThat(out.all()).containsExactly(1);
        }
    }

    @Test
    void waitsInStoreUntilTheBlockCounts() {
        try (BatchHarness harness = BatchHarness.create("waits")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> handle = receiver.handle();
            CompletableFuture<Void> returned =
                    CompletableFuture.runAsync(() -> handle.store(List.of(1, 2)), task -> new Thread(task).start());

            while (!returned.isDone()) {
                harness.settle();
            }

            assertThat(harness.blocks()).hasSize(1);
            harness.runBatch();
            assertThat(out.all()).containsExactly(1, 2);
        }
    }

    @Test
    void neverLosesABlockThatIsStoredWhenTheExecutorDies() {
        for (CrashPoint point : List.of(CrashPoint.BLOCK_CUT, CrashPoint.REPLICA_STORED, CrashPoint.BLOCK_ADDED)) {
            for (long seed = 0; seed < 5; seed++) {
                Recorded custom = new Recorded();
                try (BatchHarness harness =
                        BatchHarness.builder("crash").seed(seed).build()) {
                    CollectedOutput<Integer> out = harness.collect(harness.stream(custom));
                    harness.start();
                    harness.crashWhen(point, 0, 3);

                    for (int i = 0; i < 6; i++) {
                        storeUntilItCounts(harness, custom, i);
                    }
                    harness.runBatches(2);

                    assertThat(harness.crashes()).isEqualTo(1);
                    assertThat(out.all()).as("%s seed %s", point, seed).contains(0, 1, 2, 3, 4, 5);
                    assertThat(out.all().size()).isBetween(6, 7);
                }
            }
        }
    }

    private static void storeUntilItCounts(BatchHarness harness, Recorded custom, int record) {
        CompletableFuture<Void> stored;
        do {
            stored = custom.handle().storeLater(List.of(record)).toCompletableFuture();
            harness.settle();
            assertThat(stored).isDone();
        } while (stored.isCompletedExceptionally());
    }

    @Test
    void failsWhatIsNotStoredWhenTheJobStops() {
        try (BatchHarness harness = BatchHarness.create("stops")) {
            harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> handle = receiver.handle();
            harness.freezeExecutor(1);
            CompletableFuture<Void> stored = handle.storeLater(List.of(1)).toCompletableFuture();
            harness.settle();

            harness.stop(false);

            assertThat(stored).isCompletedExceptionally();
            assertThat(handle.isStopped()).isTrue();
            assertThat(receiver.stops).hasValue(1);
            assertThatThrownBy(() -> handle.store(2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("the receiver is stopped");
        }
    }

    @Test
    void countsWhatWasStoredWhenTheJobStopsGracefully() {
        try (BatchHarness harness = BatchHarness.create("graceful")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            CompletableFuture<Void> stored =
                    receiver.handle().storeLater(List.of(1)).toCompletableFuture();
            harness.settle();

            assertThat(harness.stop().complete()).isTrue();

            assertThat(stored).isCompleted();
            assertThat(out.all()).containsExactly(1);
        }
    }

    @Test
    void restartsAfterTheDelayAndReportsWhy() {
        try (BatchHarness harness = BatchHarness.create("restart")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> first = receiver.handle();
            first.store(1);
            first.restart("lost the connection", new IOException("reset"));
            harness.advance(Duration.ofMillis(1900));
            assertThat(first.isStopped()).isTrue();
            assertThat(receiver.stops).hasValue(1);
            assertThat(receiver.starts).hasSize(1);
            first.restart("once more");

            harness.advance(Duration.ofMillis(200));
            receiver.handle().store(2);
            harness.runBatch();

            assertThat(receiver.starts).hasSize(2);
            assertThat(out.all()).containsExactly(1, 2);
            assertThat(harness.events().lines())
                    .filteredOn(line -> line.contains("failed"))
                    .containsExactly("receiver 0 failed: lost the connection; starting again after PT2S:"
                            + " java.io.IOException: reset");
        }
    }

    @Test
    void isFinishedWhenItStopsItself() {
        try (BatchHarness harness = BatchHarness.create("stop")) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> handle = receiver.handle();
            handle.store(1);
            handle.stop("had enough", new IOException("end"));
            harness.runBatches(2);

            assertThat(out.all()).containsExactly(1);
            assertThat(receiver.stops).hasValue(1);
            assertThat(harness.events().lines())
                    .contains(
                            "receiver 0 failed: had enough: java.io.IOException: end",
                            "receiver 0 stopped: its source is finished");
        }
    }

    @Test
    void isStartedAgainWithGrowingDelaysWhenItsStartThrows() {
        receiver.failingStarts.set(3);
        try (BatchHarness harness = BatchHarness.create("throws")) {
            harness.collect(harness.stream(receiver));
            harness.start();
            harness.advance(Duration.ofMillis(650));
            assertThat(receiver.starts).isEmpty();
            harness.advance(Duration.ofMillis(100));

            assertThat(receiver.starts).hasSize(1);
            assertThat(harness.events().lines())
                    .filteredOn(line -> line.contains("no connection; opened again"))
                    .hasSize(3);
        }
    }

    @Test
    void runsOnTheExecutorThatItPrefers() {
        Recorded onOne = new Recorded(10, 1);
        try (BatchHarness harness = BatchHarness.create("preferred")) {
            harness.collect(harness.stream(onOne));
            harness.start();

            assertThat(onOne.handle().context().executor()).isEqualTo("executor-1");
            assertThat(onOne.handle().streamId()).isZero();
        }
    }

    @Test
    void aGracefulStopProcessesSingleRecordsThatWaitForTheRateLimit() {
        try (BatchHarness harness = BatchHarness.builder("drained")
                .set("receiver.max-rate", 10)
                .set("block.interval", "1h")
                .build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            ReceiverHandle<Integer> handle = receiver.handle();
            for (int i = 0; i < 500; i++) {
                handle.store(i);
            }
            CompletableFuture<Void> block = handle.storeLater(List.of(500)).toCompletableFuture();
            harness.settle();

            StopReport report = harness.stop();

            assertThat(report.complete()).isTrue();
            assertThat(report.records()).isEqualTo(501);
            assertThat(out.all())
                    .isEqualTo(IntStream.rangeClosed(0, 500).boxed().toList());
            assertThat(block).isCompleted();
            assertThat(harness.now()).isEqualTo(Instant.ofEpochMilli(1_000));
            assertThat(receiver.stops).hasValue(1);
            assertThat(harness.events().lines()).noneMatch(line -> line.contains("dropped"));
            assertThatThrownBy(() -> handle.store(501)).hasMessage("the receiver is stopped");
        }
    }

    @Test
    void aGracefulStopKeepsTheBoundOnWhatIsOutstanding() {
        try (BatchHarness harness = BatchHarness.builder("bounded")
                .set("block.bytes", 1024)
                .set("max-outstanding-bytes", 4096)
                .build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            for (int i = 0; i < 250; i++) {
                receiver.handle().store(i);
            }

            assertThat(harness.stop().complete()).isTrue();

            assertThat(out.at(1000)).as("64 bytes each").hasSize(64);
            assertThat(out.at(2000)).hasSize(64);
            assertThat(out.all()).isEqualTo(IntStream.range(0, 250).boxed().toList());
        }
    }

    @Test
    void aGracefulStopProcessesWhatWasStoredBeforeARestartThatIsStillToCome() {
        try (BatchHarness harness =
                BatchHarness.builder("restarting").set("receiver.max-rate", 1).build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            receiver.handle().store(1);
            receiver.handle().store(2);
            receiver.handle().store(3);
            receiver.handle().restart("again", new IOException("reset"), Duration.ofHours(1));
            harness.settle();

            assertThat(harness.stop().complete()).isTrue();

            assertThat(out.all()).containsExactly(1, 2, 3);
            assertThat(receiver.starts).hasSize(1);
            assertThat(receiver.stops).hasValue(1);
        }
    }

    @Test
    void aGracefulStopProcessesWhatThreadsStoreUntilTheyAreTurnedAway() throws InterruptedException {
        Recorded small = new Recorded(2, 0);
        List<Integer> stored = new CopyOnWriteArrayList<>();
        try (BatchHarness harness =
                BatchHarness.builder("threads").set("receiver.max-rate", 1).build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(small));
            harness.start();
            ReceiverHandle<Integer> handle = small.handle();
            Thread thread = new Thread(() -> {
                for (int i = 0; !handle.isStopped(); i++) {
                    try {
                        handle.store(i);
                        stored.add(i);
                    } catch (IllegalStateException turnedAway) {
                        return;
                    }
                }
            });
            thread.start();
            while (stored.size() < 3) {
                harness.settle();
            }

            assertThat(harness.stop().complete()).isTrue();

            thread.join();
            assertThat(out.all()).isEqualTo(stored);
        }
    }

    @Test
    void aHardStopDropsSingleRecords() {
        try (BatchHarness harness =
                BatchHarness.builder("hard").set("receiver.max-rate", 1).build()) {
            CollectedOutput<Integer> out = harness.collect(harness.stream(receiver));
            harness.start();
            receiver.handle().store(1);
            receiver.handle().store(2);
            harness.settle();

            harness.stop(false);

            assertThat(out.all()).isEmpty();
            assertThat(receiver.stops).hasValue(1);
        }
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> new Recorded(0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("capacity must be in 1..10000000, but is 0");
    }
}
