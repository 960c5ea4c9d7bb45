// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.StopReport;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How jobs start and end. */
class LifeCycleTest {

    @Test
    void processesWhatWasReceivedWhenItIsStoppedGracefully() {
        try (BatchHarness harness = BatchHarness.create("graceful")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();
            input.add("a");
            harness.runBatch();
            input.add("b", "c");
            harness.advance(Duration.ofMillis(10));

            StopReport report = harness.stop();

            assertThat(out.all()).containsExactly("a", "b", "c");
            assertThat(out.isClosed()).isTrue();
            assertThat(input.isOpen()).isFalse();
            assertThat(report).isEqualTo(new StopReport(2, 3, 0, 0, true));
            assertThat(report.describe()).isEqualTo("stopped after 2 batches and 3 records; nothing was left");
            assertThat(harness.report()).contains(report);
            assertThat(harness.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            assertThat(harness.events().lines())
                    .containsSubsequence(
                            "receiver 0 stopped: the job stops",
                            "batch 2000 ms completed: 2 records",
                            "stopped after 2 batches and 3 records; nothing was left");
        }
    }

    @Test
    void takesNothingMoreFromTheSourceOnceItStops() {
        try (BatchHarness harness = BatchHarness.create("no-more")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();
            input.add("a");
            harness.settle();

            var end = harness.context().stop();
            harness.settle();
            input.add("b");
            harness.advance(Duration.ofSeconds(3));

            assertThat(end.toCompletableFuture()).isCompletedWithValue(new StopReport(1, 1, 0, 0, true));
            assertThat(out.all()).containsExactly("a");
            assertThat(input.left()).isEqualTo(1);
        }
    }

    @Test
    void endsAtOnceWhenNothingWasReceived() {
        try (BatchHarness harness = BatchHarness.create("nothing")) {
            harness.collect(harness.stream(harness.<String>input()));
            harness.start();

            StopReport report = harness.stop();

            assertThat(report).isEqualTo(new StopReport(0, 0, 0, 0, true));
            assertThat(harness.now().toEpochMilli()).isZero();
        }
    }

    @Test
    void reportsWhatIsLeftWhenItIsStoppedAtOnce() {
        try (BatchHarness harness = BatchHarness.create("hard")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();
            input.add("a");
            harness.runBatch();
            input.add("b", "c");
            harness.advance(Duration.ofMillis(300));

            StopReport report = harness.stop(false);

            assertThat(report).isEqualTo(new StopReport(1, 1, 1, 132, false));
            assertThat(report.describe())
                    .isEqualTo("stopped after 1 batches and 1 records; left unprocessed: 1 blocks of 132 bytes");
            assertThat(out.all()).containsExactly("a");
            assertThat(out.isClosed()).isTrue();
        }
    }

    @Test
    void breaksAGracefulStopOffThatTakesTooLong() {
        try (BatchHarness harness = BatchHarness.builder("too-long")
                .set("stop-timeout", Duration.ofSeconds(5))
                .build()) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input, 0));
            harness.start();
            harness.freezeExecutor(1);
            input.add("a");
            harness.settle();

            StopReport report = harness.stop();

            assertThat(report.complete()).isFalse();
            assertThat(harness.now().toEpochMilli()).isEqualTo(5000);
        }
    }

    @Test
    void stopsGracefullyThoughAnExecutorDiesMeanwhile() {
        try (BatchHarness harness = BatchHarness.create("dies")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input, 0));
            harness.start();
            input.add("a");
            harness.advance(Duration.ofMillis(300));

            var end = harness.context().stop();
            harness.crashExecutor(0);
            harness.advance(Duration.ofSeconds(3));

            assertThat(end.toCompletableFuture()).isCompletedWithValue(new StopReport(1, 1, 0, 0, true));
            assertThat(out.all()).containsExactly("a");
        }
    }

    @Test
    void leavesNothingBehindWhenItDoesNotStart() {
        try (BatchHarness harness =
                BatchHarness.builder("fails").executors(1).replication(2).build()) {
            harness.collect(harness.stream(harness.<String>input()));

            assertThatThrownBy(harness::start)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("millrace.replication = 2 needs as many executors, but millrace.executors = 1");

            assertThat(harness.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            assertThatThrownBy(() -> harness.context().awaitTermination())
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageContaining("the job did not start")
                    .hasMessageContaining("millrace.replication = 2");
            assertThatThrownBy(harness::start).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void refusesToStartWithoutAnOutput() {
        try (BatchHarness harness = BatchHarness.create("no-output")) {
            harness.stream(harness.<String>input());

            assertThatThrownBy(harness::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("No output operations registered, so nothing to execute");
            assertThat(harness.context().state()).isEqualTo(StreamingContext.State.INITIALIZED);
        }
    }

    @Test
    void rethrowsTheFirstFailureToWhoeverWaits() throws InterruptedException {
        try (BatchHarness harness = BatchHarness.create("waits")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input).map(Integer::parseInt));
            harness.start();
            assertThat(harness.context().awaitTermination(Duration.ZERO)).isEqualTo(Optional.empty());

            input.add("one");
            harness.runBatch();

            assertThatThrownBy(() -> harness.context().awaitTermination())
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageContaining("failed in batch 1000 ms on record one")
                    .hasCauseInstanceOf(NumberFormatException.class);
            input.add("2");
            harness.runBatch();
            assertThat(out.all()).containsExactly(2);
            assertThat(harness.stop().complete()).isTrue();
        }
    }

    @Test
    void returnsTheReportToWhoeverWaits() throws InterruptedException {
        try (BatchHarness harness = BatchHarness.create("returns")) {
            harness.collect(harness.stream(harness.<String>input()));
            harness.start();
            harness.runBatch();

            StopReport report = harness.stop();

            assertThat(harness.context().awaitTermination()).isEqualTo(report);
            assertThat(harness.context().awaitTermination(Duration.ZERO)).contains(report);
        }
    }

    @Test
    void runsSeveralJobsInOneActorSystemAndStopsOneWithoutTheOther() {
        try (BatchHarness first = BatchHarness.create("twin")) {
            ScriptedInput<String> firstInput = first.input();
            CollectedOutput<String> firstOut = first.collect(first.stream(firstInput));
            first.start();
            try (BatchHarness second = BatchHarness.builder("twin")
                    .batchInterval(Duration.ofMillis(500))
                    .beside(first)
                    .build()) {
                ScriptedInput<String> secondInput = second.input();
                CollectedOutput<String> secondOut = second.collect(second.stream(secondInput));
                second.start();
                firstInput.add("1");
                secondInput.add("2");
                second.runBatch();
                assertThat(secondOut.at(500)).containsExactly("2");
                assertThat(firstOut.batches()).isEmpty();

                assertThat(second.stop().complete()).isTrue();
            }
            first.runBatch();
            assertThat(firstOut.at(1000)).containsExactly("1");
            assertThat(first.simulation().runnablesFromOutside()).isZero();
        }
    }

    @Test
    void failsWhenExecutorsDieTooOften() {
        try (BatchHarness harness = BatchHarness.builder("too-often")
                .set("max-executor-restarts", 2)
                .build()) {
            harness.collect(harness.stream(harness.<String>input()));
            harness.start();

            for (int i = 0; i < 3; i++) {
                harness.crashExecutor(1);
            }

            assertThatThrownBy(() -> harness.context().awaitTermination())
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessage("executor-1.2 died, and executors were replaced 2 times within a minute, which is"
                            + " millrace.max-executor-restarts");
        }
    }

    @Test
    void doesNothingWhenItIsStoppedBeforeItStarts() {
        try (BatchHarness harness = BatchHarness.create("never")) {
            harness.collect(harness.stream(harness.<String>input()));

            assertThat(harness.stop()).isEqualTo(new StopReport(0, 0, 0, 0, true));
            assertThatThrownBy(harness::start)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("A context starts once, but this one is STOPPED");
            assertThat(harness.events().lines()).isEqualTo(List.of());
        }
    }
}
