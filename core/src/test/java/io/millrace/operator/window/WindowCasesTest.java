// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What windows do where Spark's are known for something, and where they are not as Spark's. */
class WindowCasesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TWO = Duration.ofSeconds(2);
    private static final Duration THREE = Duration.ofSeconds(3);

    @Test
    void doublesDriftWithAnInverseAsInSparkAndNotWithout() {
        List<List<Pair<String, Double>>> tenths =
                List.of(List.of(a(0.1)), List.of(a(0.2)), List.of(a(0.3)), List.of(a(0.4)), List.of(a(0.7)));

        assertThat(run(
                        tenths,
                        7,
                        pairs -> pairs.reduceByKeyAndWindow(Double::sum, (sum, left) -> sum - left, TWO, SECOND)))
                .containsExactly(
                        List.of(a(0.1)),
                        List.of(a(0.30000000000000004)),
                        List.of(a(0.5)),
                        List.of(a(0.7)),
                        List.of(a(1.0999999999999999)),
                        List.of(a(0.6999999999999998)),
                        List.of(a(-1.1102230246251565e-16)));
        assertThat(run(tenths, 7, pairs -> pairs.reduceByKeyAndWindow(Double::sum, TWO)))
                .containsExactly(
                        List.of(a(0.1)),
                        List.of(a(0.30000000000000004)),
                        List.of(a(0.5)),
                        List.of(a(0.7)),
                        List.of(a(1.1)),
                        List.of(a(0.7)),
                        List.of());
    }

    @Test
    void anInverseThatIsNoneIsAppliedAllTheSame() {
        assertThat(run(
                        List.of(List.of(a(1.0)), List.of(a(2.0)), List.of()),
                        5,
                        pairs -> pairs.reduceByKeyAndWindow(Math::max, Math::min, TWO, SECOND)))
                .containsExactly(List.of(a(1.0)), List.of(a(2.0)), List.of(a(1.0)), List.of(a(1.0)), List.of(a(1.0)));
    }

    @Test
    void aFilterHidesAKeyOfTheWindowAndNothingIsLost() {
        // In Spark the third batch and all after it fail: "Neither previous window has value for key".
        assertThat(run(
                        List.of(
                                List.of(a(1.0), Pair.of("b", 5.0)),
                                List.of(Pair.of("b", 1.0)),
                                List.of(),
                                List.of(),
                                List.of(a(3.0))),
                        7,
                        pairs -> pairs.reduceByKeyAndWindow(
                                Double::sum, (sum, left) -> sum - left, TWO, SECOND, pair -> pair.value() > 1)))
                .containsExactly(
                        List.of(Pair.of("b", 5.0)),
                        List.of(Pair.of("b", 6.0)),
                        List.of(),
                        List.of(),
                        List.of(a(3.0)),
                        List.of(a(3.0)),
                        List.of());
    }

    @Test
    void whatIsInNoWindowIsNotCountedByAnInverse() {
        // Spark counts the first batch too, and never takes it out again.
        assertThat(run(
                        List.of(
                                List.of(a(100.0)),
                                List.of(a(1.0)),
                                List.of(a(2.0)),
                                List.of(a(100.0)),
                                List.of(a(4.0))),
                        9,
                        pairs -> pairs.reduceByKeyAndWindow(Double::sum, (sum, left) -> sum - left, TWO, THREE)))
                .containsExactly(List.of(a(3.0)), List.of(a(4.0)), List.of(a(0.0)));
    }

    @Test
    void theStateOfAWindowThatIsEmptyAgainIsEmpty() {
        try (BatchHarness harness = BatchHarness.create("empty")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input);
            PairDStream<String, Integer> ones = words.mapToPair(word -> Pair.of(word, 1));
            harness.collect(ones.reduceByKeyAndWindow(Integer::sum, Duration.ofSeconds(7), TWO)
                    .named("plain"));
            harness.collect(
                    words.countByValueAndWindow(Duration.ofSeconds(6), TWO).named("inverse"));
            harness.collect(ones.groupByKeyAndWindow(THREE).named("groups"));
            harness.collect(words.window(THREE).named("window"));
            harness.start();

            input.add("a", "b", "a");
            harness.runBatches(3);
            input.add("b");
            harness.runBatch();
            for (String operator : List.of("plain", "inverse", "groups", "window")) {
                assertThat(harness.state(operator)).as(operator).isNotEmpty();
            }
            harness.runBatches(10);

            for (String operator : List.of("plain", "inverse", "groups", "window")) {
                assertThat(harness.state(operator)).as(operator).isEmpty();
            }
        }
    }

    @Test
    void batchesBetweenTwoSlidesBecomeOneSlice() {
        try (BatchHarness harness = BatchHarness.create("slices")) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1))
                    .reduceByKeyAndWindow(Integer::sum, Duration.ofSeconds(60), Duration.ofSeconds(10))
                    .named("sums"));
            harness.start();

            for (int second = 1; second <= 50; second++) {
                input.add("a");
                harness.runBatch();
            }

            assertThat(harness.state("sums")).hasSize(5 + 1);
        }
    }

    @Test
    void aValueThatTheFunctionRefusesIsLeftOutForAsLongAsItWouldBeIn() {
        try (BatchHarness harness = BatchHarness.create("refused")) {
            ScriptedInput<Integer> input = harness.input();
            PairDStream<String, Integer> numbers = harness.stream(input).mapToPair(number -> Pair.of("a", number));
            CollectedOutput<Pair<String, Integer>> plain =
                    harness.collect(numbers.reduceByKeyAndWindow(WindowCasesTest::noThirteen, THREE)
                            .onError(ErrorPolicy.SKIP));
            CollectedOutput<Pair<String, Integer>> inverse = harness.collect(
                    numbers.reduceByKeyAndWindow(WindowCasesTest::noThirteen, (sum, left) -> sum - left, THREE, SECOND)
                            .onError(ErrorPolicy.SKIP));
            harness.start();

            for (int number : new int[] {1, 2, 10, 5}) {
                input.add(number);
                harness.runBatch();
            }
            harness.runBatches(3);

            assertThat(inverse.all()).extracting(Pair::value).containsExactly(1, 3, 3, 7, 5, 5, 0);
            assertThat(plain.times()).hasSize(7);
        }
    }

    private static int noThirteen(int left, int right) {
        if (left + right == 13) {
            throw new IllegalStateException("thirteen");
        }
        return left + right;
    }

    @Test
    void theSlideOfAWindowIsThatOfItsParentUnlessSaidOtherwise() {
        try (BatchHarness harness = BatchHarness.create("slides")) {
            PairDStream<String, Integer> slow = harness.stream(harness.<String>input())
                    .mapToPair(word -> Pair.of(word, 1))
                    .window(TWO, TWO);

            assertThat(slow.reduceByKeyAndWindow(Integer::sum, Duration.ofSeconds(4))
                            .slide())
                    .isEqualTo(TWO);
            assertThat(slow.groupByKeyAndWindow(Duration.ofSeconds(4)).slide()).isEqualTo(TWO);
            assertThat(slow.countByWindow(TWO, Duration.ofSeconds(6)).slide()).isEqualTo(Duration.ofSeconds(6));
            assertThatThrownBy(() -> slow.reduceByKeyAndWindow(Integer::sum, THREE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The window's length must be a positive multiple of the slide of its parent (2000 ms),"
                            + " but is 3000 ms");
            assertThatThrownBy(() -> slow.countByValueAndWindow(TWO, THREE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("The window's slide");
            assertThatThrownBy(() -> slow.countByValueAndWindow(TWO, TWO, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The number of partitions must be at least 1, but is 0");
        }
    }

    private static Pair<String, Double> a(double value) {
        return Pair.of("a", value);
    }

    /** What comes out of these batches and empty ones after them, sorted by key. */
    private static List<List<Pair<String, Double>>> run(
            List<List<Pair<String, Double>>> batches,
            int count,
            Function<PairDStream<String, Double>, PairDStream<String, Double>> window) {
        try (BatchHarness harness = BatchHarness.create("cases")) {
            ScriptedInput<Pair<String, Double>> input = harness.input();
            CollectedOutput<Pair<String, Double>> output =
                    harness.collect(window.apply(new PairDStream<>(harness.stream(input))));
            harness.start();
            for (int batch = 0; batch < count; batch++) {
                if (batch < batches.size()) {
                    input.addAll(batches.get(batch));
                }
                harness.runBatch();
            }
            return output.batches().stream()
                    .map(batch -> batch.records().stream()
                            .sorted((left, right) -> left.key().compareTo(right.key()))
                            .toList())
                    .toList();
        }
    }
}
