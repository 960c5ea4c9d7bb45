// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.BatchInfo;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** With backpressure a receiver is read as fast as the batches can work, as Spark's PID estimator says. */
class RateControlTest {

    /** What a batch of so many records takes, in microseconds. */
    private LongUnaryOperator cost = records -> 0;

    private long inBatch;

    private static BatchHarnessBuilder rated(int initialRate, int minRate) {
        return BatchHarness.builder("rated")
                .set("backpressure.enabled", true)
                .set("backpressure.initial-rate", initialRate)
                .set("backpressure.pid.min-rate", minRate);
    }

    /** A job that has more to read than it ever can. */
    private ScriptedInput<Integer> start(BatchHarness harness) {
        ScriptedInput<Integer> input = harness.input();
        harness.collect(harness.stream(input, 0)
                .filter(record -> {
                    inBatch++;
                    return true;
                })
                .count());
        harness.outputsTake(() -> {
            Duration taken = Duration.ofNanos(cost.applyAsLong(inBatch) * 1_000);
            inBatch = 0;
            return taken;
        });
        input.addAll(Collections.nCopies(100_000, 1));
        harness.start();
        return input;
    }

    /** How many records are read in each of the next seconds. */
    private static List<Long> readPerSecond(BatchHarness harness, ScriptedInput<Integer> input, int seconds) {
        List<Long> read = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            long before = input.taken();
            harness.advance(Duration.ofSeconds(1));
            read.add(input.taken() - before);
        }
        return read;
    }

    @Test
    void fallsWhenBatchesTakeLongerThanTheIntervalAndRisesAgain() {
        try (BatchHarness harness = rated(1_000, 100).build()) {
            ScriptedInput<Integer> input = start(harness);

            // 500 records/s can be worked on. The batches take 2, 4, 8, 6.4 and 2.4 s, and absorb 0, 1, 3, 7 and 5
            // intervals:
            // 500 - 0.2 * 1 * 500; 500 - 0.2 * 3 * 500; 500 - 0.2 * 7 * 500 and 500 - 0.2 * 5.4 * 500, but no less than
            // 100
            cost = records -> records * 2_000;
            List<Long> slow = readPerSecond(harness, input, 40);
            assertThat(slow.subList(0, 7)).as("the initial rate").containsOnly(1_000L);
            assertThat(slow.subList(7, 15)).containsOnly(400L);
            assertThat(slow.subList(15, 21)).containsOnly(200L);
            assertThat(slow.subList(22, 24)).as("the lowest rate").containsOnly(100L);
            assertThat(slow.subList(26, 40)).as("what can be worked on").containsOnly(500L);
            assertThat(last(harness).processingDelay()).isEqualTo(Duration.ofSeconds(1));
            assertThat(last(harness).absorbedIntervals()).isZero();

            cost = records -> records * 500;
            List<Long> fast = readPerSecond(harness, input, 10);
            assertThat(fast.subList(2, 10)).allMatch(read -> read >= 1_990 && read <= 2_010);
        }
    }

    private static BatchInfo last(BatchHarness harness) {
        return harness.batches().get(harness.batches().size() - 1);
    }

    @Test
    void neverFallsBelowTheLowestRate() {
        try (BatchHarness harness = rated(120, 110).build()) {
            ScriptedInput<Integer> input = start(harness);
            cost = records -> records * 10_000;

            List<Long> read = readPerSecond(harness, input, 20);

            assertThat(read.subList(0, 3)).allMatch(each -> each >= 119 && each <= 121);
            assertThat(read.subList(4, 20)).allMatch(each -> each >= 109 && each <= 111);
        }
    }

    @Test
    void neverRisesAboveTheHighestRate() {
        try (BatchHarness harness =
                rated(5_000, 1).set("receiver.max-rate", 300).build()) {
            ScriptedInput<Integer> input = start(harness);
            cost = records -> records * 100;

            assertThat(readPerSecond(harness, input, 8)).allMatch(read -> read >= 299 && read <= 301);
        }
    }

    @Test
    void aReceiverThatIsMovedKeepsItsRate() {
        try (BatchHarness harness = rated(100, 1).build()) {
            ScriptedInput<Integer> input = start(harness);
            cost = records -> records * 2_000;
            List<Long> before = readPerSecond(harness, input, 5);
            assertThat(before.subList(3, 5)).containsOnly(500L);
            cost = records -> 0; // batches that take no time change no rate

            harness.crashExecutor(0);
            List<Long> after = readPerSecond(harness, input, 5);

            assertThat(input.timesOpened()).isEqualTo(2);
            assertThat(after).as("not the initial rate of 100").allMatch(read -> read >= 499 && read <= 501);
        }
    }

    @Test
    void aReceiverThatIsMovedBeforeThereIsARateHasTheInitialOne() {
        try (BatchHarness harness = rated(100, 1).build()) {
            ScriptedInput<Integer> input = start(harness);
            readPerSecond(harness, input, 2);

            harness.crashExecutor(0);

            assertThat(readPerSecond(harness, input, 3)).allMatch(read -> read >= 99 && read <= 101);
        }
    }
}
