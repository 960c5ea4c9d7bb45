// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RateReceiverTest {

    private static List<Long> numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void givesEveryBatchTheRecordsThatWereDueInItWhateverTheInterleaving() {
        for (long seed = 0; seed < 5; seed++) {
            try (BatchHarness harness = BatchHarness.builder("rate")
                    .seed(seed)
                    .startAt(Instant.ofEpochMilli(12_345))
                    .build()) {
                CollectedOutput<Long> out = harness.collect(harness.stream(RateReceiver.perSecond(10)));
                harness.start();

                harness.runBatches(3);

                assertThat(out.at(13_000)).containsExactlyElementsOf(numbers(0, 10));
                assertThat(out.at(14_000)).containsExactlyElementsOf(numbers(10, 20));
                assertThat(out.at(15_000)).containsExactlyElementsOf(numbers(20, 30));
            }
        }
    }

    @Test
    void makesUpForBatchesThatWereAbsorbed() {
        try (BatchHarness harness = BatchHarness.create("late")) {
            CollectedOutput<Long> out = harness.collect(harness.stream(RateReceiver.perSecond(4)));
            harness.start();

            harness.holdOutputs();
            harness.advance(Duration.ofMillis(5500));
            harness.releaseOutputs();
            harness.runBatch();

            long end = out.batches().get(out.batches().size() - 1).time().millis();
            assertThat(out.all()).containsExactlyElementsOf(numbers(0, 4 * end / 1000));
        }
    }

    @Test
    void tellsWhenEachRecordWasDue() {
        try (BatchHarness harness = BatchHarness.create("times")) {
            CollectedOutput<Pair<Instant, Long>> out =
                    harness.collect(harness.stream(RateReceiver.perSecond(4).timestamped()));
            harness.start();

            harness.runBatches(2);

            assertThat(out.at(2000))
                    .containsExactly(
                            Pair.of(Instant.ofEpochMilli(1000), 4L),
                            Pair.of(Instant.ofEpochMilli(1250), 5L),
                            Pair.of(Instant.ofEpochMilli(1500), 6L),
                            Pair.of(Instant.ofEpochMilli(1750), 7L));
        }
    }

    @Test
    void growsToItsRate() {
        try (BatchHarness harness = BatchHarness.create("ramp")) {
            CollectedOutput<Long> out =
                    harness.collect(harness.stream(RateReceiver.perSecond(100).rampUp(Duration.ofSeconds(2)))
                            .count());
            harness.start();

            harness.runBatches(3);

            assertThat(out.all()).containsExactly(25L, 75L, 100L);
        }
    }

    @Test
    void losesAndRepeatsNothingWhenTheExecutorDiesBeforeTheRecordsAreCopied() {
        try (BatchHarness harness = BatchHarness.create("crash")) {
            CollectedOutput<Long> out = harness.collect(harness.stream(RateReceiver.perSecond(10), 0));
            harness.start();

            harness.crashWhen(CrashPoint.BLOCK_CUT, 0, 1);
            harness.runBatches(5);

            assertThat(harness.crashes()).isEqualTo(1);
            assertThat(out.all()).containsExactlyElementsOf(numbers(0, 50));
        }
    }

    @Test
    void refusesNumbersOutOfBounds() {
        assertThatThrownBy(() -> RateReceiver.perSecond(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("records per second must be in 1..100000000, but are 0");
        assertThatThrownBy(() -> RateReceiver.perSecond(1).rampUp(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("rampUp must be in 0..PT24H, but is PT-1S");
        assertThat(RateReceiver.perSecond(5).name()).isEqualTo("rate 5/s");
    }
}
