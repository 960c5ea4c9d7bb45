// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.Batch;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a job remembers of its batches, and how it is asked for them. */
class SliceTest {

    private static <T> List<List<T>> slice(DStream<T> stream, long from, long to) {
        return stream.slice(Instant.ofEpochMilli(from), Instant.ofEpochMilli(to)).stream()
                .map(Batch::records)
                .toList();
    }

    private static void run(BatchHarness harness, ScriptedInput<Integer> input, int batches) {
        for (int i = 1; i <= batches; i++) {
            input.add(i);
            harness.runBatch();
        }
    }

    @Test
    void aContextThatRemembersGivesTheBatchesOfAnyStream() {
        try (BatchHarness harness = BatchHarness.create("all")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            DStream<Integer> more = numbers.map(n -> n + 1);
            DStream<Integer> nobodyTakesIt = numbers.filter(n -> n > 2);
            CollectedOutput<Integer> out = harness.collect(more);
            harness.context().remember(Duration.ofSeconds(20));
            harness.start();

            run(harness, input, 6);

            assertThat(slice(more, 2000, 4000)).containsExactly(List.of(3), List.of(4), List.of(5));
            assertThat(slice(more, 3000, 3000)).containsExactly(List.of(4));
            assertThat(slice(numbers, 1000, 6000)).hasSize(6);
            assertThat(slice(nobodyTakesIt, 1000, 3000)).containsExactly(List.of(), List.of(), List.of(3));
            assertThat(out.all()).containsExactly(2, 3, 4, 5, 6, 7);
            assertThat(harness.batches().get(0).outputs())
                    .as("figures are about what the program asked for")
                    .hasSize(1);
        }
    }

    @Test
    void endsAreMovedBackToABatchTimeAndNeverBeforeTheFirst() {
        try (BatchHarness harness = BatchHarness.create("ends")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input).remember(Duration.ofSeconds(20));
            harness.collect(numbers);
            harness.start();

            run(harness, input, 5);

            assertThat(slice(numbers, 2500, 4999)).containsExactly(List.of(2), List.of(3), List.of(4));
            assertThat(slice(numbers, 3700, 3900)).containsExactly(List.of(3));
            assertThat(slice(numbers, 2999, 3000)).containsExactly(List.of(2), List.of(3));
            assertThat(slice(numbers, 0, 2000)).containsExactly(List.of(1), List.of(2));
            assertThat(slice(numbers, -3000, 1000)).containsExactly(List.of(1));
            assertThat(slice(numbers, 0, 0)).isEmpty();
            assertThat(slice(numbers, 4000, 2000)).isEmpty();
            assertThat(slice(numbers, 5000, 99_000)).containsExactly(List.of(5));
            assertThat(numbers.slice(Instant.MIN, Instant.MAX)).hasSize(5);
        }
    }

    @Test
    void aWindowedStreamIsSlicedBySlide() {
        try (BatchHarness harness = BatchHarness.create("windowed")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> window = harness.stream(input).window(Duration.ofSeconds(3), Duration.ofSeconds(2));
            CollectedOutput<Integer> out = harness.collect(window);
            harness.context().remember(Duration.ofSeconds(20));
            harness.start();

            run(harness, input, 6);
            harness.runBatches(2);

            List<List<Integer>> expected = List.of(List.of(1, 2), List.of(2, 3, 4), List.of(4, 5, 6));
            assertThat(slice(window, 2000, 6000)).isEqualTo(expected);
            assertThat(slice(window, 3000, 7000)).isEqualTo(expected);
            assertThat(slice(window, 1000, 1999)).isEmpty();
            assertThat(out.times()).containsExactly(2000L, 4000L, 6000L, 8000L);
        }
    }

    @Test
    void batchesAreForgottenWhenTheirTimeIsOver() {
        try (BatchHarness harness = BatchHarness.create("forget")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input).remember(Duration.ofSeconds(2));
            harness.collect(numbers);
            harness.start();

            run(harness, input, 5);

            assertThat(slice(numbers, 0, 9000)).containsExactly(List.of(4), List.of(5));
        }
    }

    @Test
    void theFunctionOfAnOutputSeesItsOwnBatch() {
        try (BatchHarness harness = BatchHarness.create("own")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input).remember(Duration.ofSeconds(9));
            List<List<List<Integer>>> seen = new ArrayList<>();
            numbers.foreachBatch((time, records) -> seen.add(slice(numbers, time.millis() - 1000, time.millis())));
            harness.start();

            run(harness, input, 2);

            assertThat(seen).containsExactly(List.of(List.of(1)), List.of(List.of(1), List.of(2)));
        }
    }

    @Test
    void aBatchInWhichTheStreamFailedIsLeftOutAndFailsNoOutput() {
        try (BatchHarness harness = BatchHarness.create("failed")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            DStream<Integer> quotients = numbers.map(n -> 10 / (n - 2)).remember(Duration.ofSeconds(9));
            CollectedOutput<Integer> out = harness.collect(numbers);
            harness.start();

            run(harness, input, 3);

            assertThat(slice(quotients, 0, 9000)).containsExactly(List.of(-10), List.of(10));
            assertThat(out.all()).containsExactly(1, 2, 3);
            assertThat(harness.batches())
                    .allSatisfy(info -> assertThat(info.outputs())
                            .allSatisfy(output -> assertThat(output.failure()).isEmpty()));
        }
    }

    @Test
    void aBatchThatIsWorkedOnAgainIsRememberedOnce() {
        for (CrashPoint point : List.of(CrashPoint.TASK_DONE, CrashPoint.BEFORE_OUTPUT, CrashPoint.BEFORE_COMMIT)) {
            try (BatchHarness harness = BatchHarness.create("crash")) {
                ScriptedInput<Integer> input = harness.input();
                DStream<Pair<Integer, Long>> counts =
                        harness.stream(input).countByValue().remember(Duration.ofSeconds(9));
                harness.collect(counts);
                harness.start();
                harness.crashWhen(point, 0);

                run(harness, input, 3);

                assertThat(harness.crashes()).isEqualTo(1);
                assertThat(slice(counts, 0, 9000))
                        .containsExactly(List.of(Pair.of(1, 1L)), List.of(Pair.of(2, 1L)), List.of(Pair.of(3, 1L)));
            }
        }
    }

    @Test
    void whatIsNotRememberedCannotBeSliced() {
        try (BatchHarness harness = BatchHarness.create("not")) {
            DStream<Integer> numbers = harness.stream(harness.<Integer>input());
            DStream<Integer> kept = numbers.map(n -> n).remember(Duration.ofSeconds(1));
            harness.collect(kept);

            assertThatThrownBy(() -> slice(kept, 0, 1000)).as("not started").isInstanceOf(IllegalStateException.class);
            harness.start();
            assertThatThrownBy(() -> slice(numbers, 0, 1000))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("receiver-1 are not remembered");
            assertThat(slice(kept, 0, 1000)).isEmpty();
        }
    }

    @Test
    void rememberingIsNoOutputAndHasBounds() {
        try (BatchHarness harness = BatchHarness.create("bounds")) {
            DStream<Integer> numbers = harness.stream(harness.input());
            StreamingContext context = harness.context();

            assertThatThrownBy(() -> numbers.remember(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> context.remember(Duration.ofSeconds(-1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Batches must be remembered for more than 0 s, but for PT-1S");
            context.remember(Duration.ofSeconds(1));
            assertThatThrownBy(() -> context.remember(Duration.ofSeconds(2))).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(harness::start).hasMessageContaining("No output operations registered");
        }
    }
}
