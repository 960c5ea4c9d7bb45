// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.listener.BatchInfo;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When there is a batch, what is in it, and which streams have one. */
class BatchTimesTest {

    @ParameterizedTest
    @CsvSource({"12345, 1000, 13000", "12000, 1000, 13000", "12345, 1500, 13500", "-12345, 1000, -12000"})
    void batchesAreNamedByTheirEndsWhichAreMultiplesOfTheIntervalSinceTheEpoch(long start, long interval, long first) {
        try (BatchHarness harness = BatchHarness.builder("aligned")
                .startAt(Instant.ofEpochMilli(start))
                .batchInterval(Duration.ofMillis(interval))
                .build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input));
            harness.start();

            input.add("a");
            harness.runBatches(2);

            assertThat(out.times()).containsExactly(first, first + interval);
            assertThat(out.at(first)).containsExactly("a");
        }
    }

    @Test
    void aRecordIsInTheBatchInWhichItCameWhateverTimeItBears() {
        try (BatchHarness harness = BatchHarness.create("arrival")) {
            ScriptedInput<Pair<Long, String>> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input).map(Pair::value));
            harness.start();

            input.add(Pair.of(99_000L, "from the future"), Pair.of(-5L, "from the past"));
            harness.advance(Duration.ofMillis(999));
            input.add(Pair.of(0L, "just in time"));
            harness.runBatch();
            input.add(Pair.of(500L, "after the tick"));
            harness.runBatch();

            assertThat(out.at(1000)).containsExactly("from the future", "from the past", "just in time");
            assertThat(out.at(2000)).containsExactly("after the tick");
        }
    }

    @Test
    void slidesAreCountedFromTheTimeBeforeTheFirstBatch() {
        try (BatchHarness harness =
                BatchHarness.builder("zero").startAt(Instant.ofEpochMilli(5200)).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> windows =
                    harness.collect(harness.stream(input).window(Duration.ofSeconds(6), Duration.ofSeconds(3)));
            harness.start();

            for (int second = 6; second <= 14; second++) {
                input.add(second);
                harness.runBatch();
            }

            // zero time is 5000: the first window comes at zero + slide, holds less, and there is none in between
            assertThat(windows.times()).containsExactly(8000L, 11_000L, 14_000L);
            assertThat(windows.at(8000)).containsExactly(6, 7, 8);
            assertThat(windows.at(11_000)).containsExactly(6, 7, 8, 9, 10, 11);
            assertThat(windows.at(14_000)).containsExactly(9, 10, 11, 12, 13, 14);
        }
    }

    @Test
    void noBatchIsNotAnEmptyOneAndCannotBeUnitedWithABatch() {
        try (BatchHarness harness = BatchHarness.create("nothing")) {
            DStream<Integer> each = harness.stream(harness.<Integer>input());
            DStream<Integer> every = each.window(Duration.ofSeconds(2), Duration.ofSeconds(2));
            CollectedOutput<Integer> all = harness.collect(each);
            CollectedOutput<Long> counts = harness.collect(every.count());

            assertThatThrownBy(() -> each.union(every))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("1000 ms and 2000 ms");
            harness.start();
            harness.runBatches(4);

            assertThat(all.times()).containsExactly(1000L, 2000L, 3000L, 4000L);
            assertThat(counts.times()).containsExactly(2000L, 4000L);
            assertThat(counts.all()).containsExactly(0L, 0L);
        }
    }

    @Test
    void emptyBatchesRunEveryOutput() {
        try (BatchHarness harness = BatchHarness.create("empty")) {
            List<String> written = new ArrayList<>();
            DStream<String> words = harness.stream(harness.input());
            words.foreachBatch((time, records) -> written.add("words " + time + records));
            words.countByValue().foreachBatch((time, records) -> written.add("counts " + time + records));
            harness.start();

            harness.runBatches(2);

            assertThat(written)
                    .containsExactly("words 1000 ms[]", "counts 1000 ms[]", "words 2000 ms[]", "counts 2000 ms[]");
        }
    }

    @Test
    void anHourInWhichNoBatchCouldRunIsOneBatchAndNotThousands() {
        try (BatchHarness harness = BatchHarness.create("hour")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> out = harness.collect(harness.stream(input));
            harness.start();
            harness.holdOutputs();
            input.add(1);
            harness.advance(Duration.ofMillis(1500));

            input.add(2);
            harness.advance(Duration.ofHours(1));
            input.add(3);
            harness.releaseOutputs();
            harness.runBatch();

            assertThat(out.all()).containsExactly(1, 2, 3);
            assertThat(harness.batches())
                    .extracting(BatchInfo::absorbedIntervals)
                    .containsExactly(0, 3599, 0);
        }
    }

    @Test
    void aJobThatStartsLaterRunsNoBatchOfTheTimeBefore() {
        try (BatchHarness harness = BatchHarness.create("first")) {
            harness.collect(harness.stream(harness.<Integer>input()));
            harness.start();
            harness.runBatches(3);
            harness.stop();
            harness.advance(Duration.ofHours(1));
            try (BatchHarness second = BatchHarness.builder("second")
                    .beside(harness)
                    .batchInterval(Duration.ofMillis(400))
                    .build()) {
                CollectedOutput<Integer> out = second.collect(second.stream(second.<Integer>input()));
                second.start();

                second.runBatches(2);

                assertThat(out.times()).as("of the new interval").containsExactly(3_603_200L, 3_603_600L);
            }
        }
    }
}
