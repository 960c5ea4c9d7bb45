// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.function.ReduceFunction;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of a window when its own function throws, on values of one batch or of several. */
class WindowFunctionFailuresTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** Like a function that checks for overflow: whatever holds all of what it refuses is refused. */
    private static final ReduceFunction<Integer> UP_TO_TWENTY = (left, right) -> {
        if (left + right > 20) {
            throw new ArithmeticException("more than twenty");
        }
        return left + right;
    };

    private final BatchHarness harness = BatchHarness.create("function-failures");
    private final ScriptedInput<Integer> input = harness.input();
    private final DStream<Integer> numbers = harness.stream(input);

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void thoseFailThatCannotBeFoldedAndNoOthers() {
        List<Integer> values = List.of(1, 9, 9, 9, 1, 1, 15, 4, 1, 2, 2, 2, 19, 1, 1, 1, 1, 1, 1, 1);
        for (int length : new int[] {2, 3, 4, 5, 7}) {
            try (BatchHarness job = BatchHarness.create("length-" + length)) {
                ScriptedInput<Integer> source = job.input();
                DStream<Integer> all = job.stream(source);
                CollectedOutput<Integer> sums = job.collect(all.reduceByWindow(UP_TO_TWENTY, seconds(length), SECOND));
                CollectedOutput<Pair<String, Integer>> byKey = job.collect(all.mapToPair(number -> Pair.of("a", number))
                        .reduceByKeyAndWindow(UP_TO_TWENTY, seconds(length)));
                job.start();
                for (int value : values) {
                    source.add(value);
                    job.runBatch();
                }

                List<Integer> expected = new ArrayList<>();
                for (int last = 1; last <= values.size(); last++) {
                    int sum = values.subList(Math.max(0, last - length), last).stream()
                            .mapToInt(Integer::intValue)
                            .sum();
                    if (sum <= 20) {
                        expected.add(sum);
                    }
                }
                assertThat(sums.all()).as("windows of %s s", length).isEqualTo(expected);
                assertThat(byKey.all()).extracting(Pair::value).as("of pairs").isEqualTo(expected);
            }
        }
    }

    @Test
    void slicesOfSeveralBatchesFailAsOne() {
        CollectedOutput<Integer> sums = harness.collect(numbers.reduceByWindow(UP_TO_TWENTY, seconds(4), seconds(2)));
        CollectedOutput<Long> counts = harness.collect(numbers.count());

        run(1, 2, 15, 15, 3, 4, 5, 6);

        assertThat(sums.times()).containsExactly(2000L, 8000L);
        assertThat(sums.all()).containsExactly(3, 18);
        assertThat(counts.times()).hasSize(8);
    }

    @Test
    void whateverTakesSuchAWindowFailsAndIsToldWhy() {
        PairDStream<String, Integer> window =
                numbers.mapToPair(number -> Pair.of("a", number)).reduceByKeyAndWindow(UP_TO_TWENTY, seconds(2));
        CollectedOutput<Pair<String, Integer>> sums = harness.collect(window);
        CollectedOutput<Integer> values = harness.collect(window.map(Pair::value));
        CollectedOutput<Pair<String, Integer>> totals = harness.collect(
                window.updateStateByKey((now, before) -> java.util.Optional.of(before.orElse(0) + now.size())));
        CollectedOutput<Pair<String, Integer>> windows = harness.collect(window.window(seconds(2)));

        run(1, 15, 15, 1, 1);

        assertThat(sums.times()).containsExactly(1000L, 2000L, 4000L, 5000L);
        assertThat(values.all()).containsExactly(1, 16, 16, 2);
        assertThat(totals.all()).extracting(Pair::value).containsExactly(1, 2, 3, 4);
        assertThat(windows.times()).containsExactly(1000L, 2000L, 5000L);
        assertThat(harness.batches().get(2).outputs())
                .allSatisfy(output -> assertThat(output.failure().orElseThrow())
                        .contains("reduceByKeyAndWindow", "batch 3000 ms", "more than twenty"));
    }

    @Test
    void aBatchThatCannotBeFoldedInItselfIsLostAsLongAsAWindowHoldsIt() {
        CollectedOutput<Integer> sums = harness.collect(numbers.reduceByWindow(UP_TO_TWENTY, seconds(2), SECOND));
        harness.start();

        input.add(1);
        harness.runBatch();
        input.add(15, 15);
        harness.runBatch();
        input.add(3);
        harness.runBatch();
        input.add(4);
        harness.runBatch();

        assertThat(sums.times()).containsExactly(1000L, 4000L);
        assertThat(sums.last()).containsExactly(7);
    }

    @Test
    void withAnInverseABatchThatFailedIsLostAsLongAsAWindowHoldsIt() {
        CollectedOutput<Integer> sums =
                harness.collect(numbers.reduceByWindow(UP_TO_TWENTY, (sum, left) -> sum - left, seconds(2), SECOND));

        run(1, 15, 15, 1, 2, 3);

        // In Spark all fail from the third one on.
        assertThat(sums.times()).containsExactly(1000L, 2000L, 5000L, 6000L);
        assertThat(sums.all()).containsExactly(1, 16, 3, 5);
    }

    @Test
    void whatIsBrokenIsSoInEveryCopy() {
        CollectedOutput<Integer> sums = harness.collect(
                numbers.reduceByWindow(UP_TO_TWENTY, seconds(6), SECOND).named("sums"));
        harness.crashWhen(CrashPoint.AFTER_COMMIT, 0, 4);
        harness.crashWhen(CrashPoint.AFTER_COMMIT, 1, 6);

        run(1, 12, 12, 1, 1, 1, 1, 1, 1, 1);

        assertThat(harness.crashes()).isEqualTo(2);
        assertThat(sums.times()).containsExactly(1000L, 2000L, 8000L, 9000L, 10_000L);
        assertThat(sums.all()).containsExactly(1, 13, 17, 6, 6);
        assertThat(harness.state("sums")).isNotEmpty();
    }

    private void run(int... values) {
        harness.start();
        for (int value : values) {
            input.add(value);
            harness.runBatch();
        }
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }
}
