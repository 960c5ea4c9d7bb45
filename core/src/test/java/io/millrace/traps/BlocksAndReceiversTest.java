// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.HeldBlock;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How blocks are cut, what a receiver takes from its executor, and how often it may die. */
class BlocksAndReceiversTest {

    @Test
    void blocksAreCutByTimeAndByNumberAndNothingMakesNone() {
        try (BatchHarness harness = BatchHarness.builder("blocks")
                .set("block.interval", Duration.ofMillis(200))
                .set("block.records", 3)
                .build()) {
            harness.collect(harness.stream(harness.<Integer>input()));
            ScriptedInput<Integer> input = harness.input();
            harness.collect(harness.stream(input));
            harness.start();

            harness.advance(Duration.ofMillis(450));
            assertThat(harness.blocks()).as("nothing came").isEmpty();
            input.add(1);
            harness.advance(Duration.ofMillis(250));
            input.add(2, 3, 4, 5);
            harness.settle();

            assertThat(harness.blocks()).extracting(HeldBlock::name).containsExactly("input-1-0-0", "input-1-0-1");
            assertThat(harness.runBatch().blocks()).isEqualTo(3);
            assertThat(harness.runBatch().blocks()).isZero();
        }
    }

    @Test
    void aReceiverTakesNoTaskSlot() {
        try (BatchHarness harness = BatchHarness.builder("one-slot")
                .executors(1)
                .slots(1)
                .replication(1)
                .build()) {
            List<ScriptedInput<Integer>> inputs = new ArrayList<>();
            List<DStream<Integer>> streams = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                inputs.add(harness.input());
                streams.add(harness.stream(inputs.get(i)));
            }
            CollectedOutput<Integer> sums =
                    harness.collect(streams.get(0).union(streams.subList(1, 5)).reduce(Integer::sum));
            harness.start();

            inputs.forEach(input -> input.add(1));
            harness.runBatch();

            assertThat(sums.last()).containsExactly(5);
        }
    }

    @Test
    void aReceiverIsPlacedAnewHoweverOftenItsExecutorDies() {
        try (BatchHarness harness =
                BatchHarness.builder("dies").set("max-executor-restarts", 1).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input, 0));
            harness.start();

            for (int life = 0; life < 20; life++) {
                input.add(life);
                harness.runBatch();
                harness.crashExecutor(life % 2);
                harness.advance(Duration.ofSeconds(61));
            }

            assertThat(out.all()).hasSize(20);
            assertThat(harness.report()).as("the job goes on").isEmpty();
            assertThat(input.timesOpened()).isGreaterThan(10);
        }
    }

    @Test
    void aSourceThatFailsIsOpenedAgainForEver() {
        try (BatchHarness harness = BatchHarness.create("fails")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input));
            for (int i = 0; i < 50; i++) {
                input.fail(new IllegalStateException("refused"));
            }
            input.add(1);
            harness.start();

            harness.runUntil(() -> input.timesOpened() > 7);
            harness.advance(Duration.ofMinutes(10));

            assertThat(input.timesOpened()).isEqualTo(51);
            assertThat(out.all()).containsExactly(1);
        }
    }
}
