// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A block counts as received when it is held as often as it must be, never before. */
class ReplicationTest {

    @Test
    void countsNothingAsReceivedWhileTheOnlyOtherExecutorIsSilent() {
        try (BatchHarness harness = BatchHarness.create("silent")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input, 0));
            harness.start();

            harness.freezeExecutor(1);
            input.add("a", "b");
            harness.advance(Duration.ofMillis(30_500));

            assertThat(input.taken()).isEqualTo(2);
            assertThat(harness.events().blocks()).isEmpty();
            assertThat(harness.blocks()).isEmpty();
            assertThat(out.all()).isEmpty();
            assertThat(out.batches()).isNotEmpty();

            harness.thawExecutor(1);
            assertThat(harness.blocks())
                    .singleElement()
                    .satisfies(block -> assertThat(block.holders()).containsExactly("executor-0", "executor-1"));
            harness.runBatches(2);
            assertThat(out.all()).containsExactly("a", "b");
            assertThat(harness.heldBlocks().values()).allMatch(Set::isEmpty);
        }
    }

    @Test
    void asksAnotherExecutorWhenOneIsSilentAndLosesNoCopyToIt() {
        try (BatchHarness harness = BatchHarness.builder("third")
                .executors(3)
                .set("replication-timeout", Duration.ofSeconds(2))
                .build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input, 0));
            harness.start();

            harness.freezeExecutor(1);
            input.add("a", "b");
            harness.advance(Duration.ofMillis(1900));
            assertThat(harness.events().blocks()).isEmpty();

            harness.advance(Duration.ofMillis(600));
            assertThat(harness.events().blocks())
                    .singleElement()
                    .satisfies(block -> assertThat(block.holders()).containsExactly("executor-0", "executor-2"));
            harness.runBatches(2);
            assertThat(out.all()).containsExactly("a", "b");

            harness.thawExecutor(1);
            harness.runBatches(2);
            assertThat(harness.heldBlocks().values()).allMatch(Set::isEmpty);
            assertThat(out.all()).containsExactly("a", "b");
        }
    }

    @Test
    void copiesBlocksAgainWhenAHolderDies() {
        try (BatchHarness harness = BatchHarness.create("copies")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input, 0));
            harness.start();
            input.add("a");
            harness.advance(Duration.ofMillis(300));

            harness.crashExecutor(1);

            assertThat(harness.events().lines())
                    .containsSubsequence(
                            "executor-1 lost", "under-replicated: 1", "executor-1.1 added", "under-replicated: 0");
            assertThat(harness.heldBlocks().get("executor-1.1")).containsExactly("input-0-0-0");
            assertThat(harness.underReplicated()).isZero();

            harness.crashExecutor(0);
            harness.runBatch();
            assertThat(out.at(1000)).containsExactly("a");
        }
    }

    @Test
    void stopsTheJobNamingTheBlocksWhenNoCopyIsLeft() {
        try (BatchHarness harness = BatchHarness.create("lost")) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input));
            harness.start();
            input.add("a");
            harness.advance(Duration.ofMillis(300));

            harness.context().crashExecutor(0);
            harness.crashExecutor(1);

            assertThat(harness.context().stop().toCompletableFuture()).isCompletedExceptionally();
            assertThat(harness.context()
                            .stop()
                            .toCompletableFuture()
                            .handle((report, failure) -> failure.getMessage())
                            .join())
                    .contains("Data is lost")
                    .contains("input-0-0-0")
                    .contains("66 bytes");
            assertThat(harness.report().orElseThrow().complete()).isFalse();
        }
    }

    @Test
    void movesTheReceiverWhenItsExecutorDiesAndLeavesItThere() {
        try (BatchHarness harness = BatchHarness.create("moves")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input, 1));
            harness.start();
            input.add(1);
            harness.runBatch();

            harness.crashExecutor(1);
            input.add(2);
            harness.runBatch();

            assertThat(harness.events().lines())
                    .containsSubsequence(
                            "receiver 0 started on executor-1",
                            "receiver 0 stopped: executor-1 died",
                            "receiver 0 started on executor-0");
            assertThat(out.all()).isEqualTo(List.of(1, 2));
            assertThat(input.timesOpened()).isEqualTo(2);
        }
    }
}
