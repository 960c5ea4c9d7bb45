// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.operator.RecordOperator;
import io.millrace.operator.Step;
import io.millrace.operator.StepContext;
import io.millrace.operator.output.PrintFormat;
import io.millrace.operator.output.PrintOperator;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operators promise, in a whole job. */
class OperatorsTest {

    @Test
    void mapsFlatMapsAndFiltersInOrderOfArrival() {
        try (BatchHarness harness = BatchHarness.create("records")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> out = harness.collect(harness.stream(input)
                    .flatMap(line -> List.of(line.split(" ")))
                    .filter(word -> !word.equals("the"))
                    .map(word -> word + "!"));
            harness.start();

            input.add("the cat", "sat on", "the mat", "the");
            harness.runBatch();

            assertThat(out.last()).containsExactly("cat!", "sat!", "on!", "mat!");
        }
    }

    @Test
    void anyTaskKnowsHowManyPartitionsThereAre() {
        try (BatchHarness harness =
                BatchHarness.builder("partitions").set("partitions", 3).build()) {
            ScriptedInput<String> input = harness.input();
            RecordOperator<String, Integer> asking = new RecordOperator<>() {
                @Override
                public String kind() {
                    return "asking";
                }

                @Override
                public Step<String> open(StepContext context, Step<Integer> out) {
                    return record -> out.push(context.partitions());
                }
            };
            DStream<String> records = harness.stream(input);
            CollectedOutput<Integer> before = harness.collect(records.apply(asking));
            CollectedOutput<Integer> after =
                    harness.collect(records.repartition(2).apply(asking));
            harness.start();

            input.add("any");
            harness.runBatch();

            assertThat(before.last()).containsExactly(3);
            assertThat(after.last()).containsExactly(3);
        }
    }

    @Test
    void reducesByKeyAndMapsValues() {
        try (BatchHarness harness = BatchHarness.create("pairs")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Pair<String, String>> out = harness.collect(harness.stream(input)
                    .mapToPair(number -> Pair.of(number % 2 == 0 ? "even" : "odd", number))
                    .reduceByKey(Integer::sum)
                    .mapValues(sum -> "=" + sum));
            harness.start();

            input.add(1, 2, 3, 4, 5);
            harness.runBatch();

            assertThat(out.last()).containsExactlyInAnyOrder(Pair.of("even", "=6"), Pair.of("odd", "=9"));
        }
    }

    @Test
    void countsZeroAndReducesToNothingInAnEmptyBatch() {
        try (BatchHarness harness = BatchHarness.create("empty")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            CollectedOutput<Long> counts = harness.collect(numbers.count());
            CollectedOutput<Integer> sums = harness.collect(numbers.reduce(Integer::sum));
            CollectedOutput<Pair<Integer, Long>> byValue = harness.collect(numbers.countByValue());
            harness.start();

            harness.runBatch();
            input.add(7, 7, 1);
            harness.runBatch();
            harness.runBatch();

            assertThat(counts.all()).containsExactly(0L, 3L, 0L);
            assertThat(counts.times()).containsExactly(1000L, 2000L, 3000L);
            assertThat(sums.at(1000)).isEmpty();
            assertThat(sums.at(2000)).containsExactly(15);
            assertThat(sums.at(3000)).isEmpty();
            assertThat(byValue.at(1000)).isEmpty();
            assertThat(byValue.at(2000)).containsExactlyInAnyOrder(Pair.of(7, 2L), Pair.of(1, 1L));
        }
    }

    @Test
    void unitesStreamsOfSeveralReceiversWithDuplicates() {
        try (BatchHarness harness = BatchHarness.create("union")) {
            ScriptedInput<String> one = harness.input();
            ScriptedInput<String> two = harness.input();
            DStream<String> left = harness.stream(one);
            DStream<String> all = harness.context().union(left, harness.stream(two), left);
            CollectedOutput<String> out = harness.collect(all);
            CollectedOutput<Pair<String, Long>> counts = harness.collect(all.countByValue());
            harness.start();

            one.add("a");
            two.add("a", "b");
            harness.runBatch();

            assertThat(out.last()).containsExactlyInAnyOrder("a", "a", "a", "b");
            assertThat(counts.last()).containsExactlyInAnyOrder(Pair.of("a", 3L), Pair.of("b", 1L));
        }
    }

    @Test
    void givesTheRecordsOfTheLastBatchesFirstOnesPartial() {
        try (BatchHarness harness = BatchHarness.create("window")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> windows =
                    harness.collect(harness.stream(input).window(Duration.ofSeconds(3)));
            harness.start();

            for (int second = 1; second <= 5; second++) {
                input.add(second);
                harness.runBatch();
            }
            harness.runBatches(4);

            assertThat(windows.at(1000)).containsExactly(1);
            assertThat(windows.at(2000)).containsExactly(1, 2);
            assertThat(windows.at(3000)).containsExactly(1, 2, 3);
            assertThat(windows.at(5000)).containsExactly(3, 4, 5);
            assertThat(windows.at(7000)).containsExactly(5);
            assertThat(windows.at(8000)).isEmpty();
            assertThat(windows.at(9000)).isEmpty();
        }
    }

    @Test
    void givesAWindowOnlyEverySlideAndCountsOverIt() {
        try (BatchHarness harness = BatchHarness.create("slide")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> window = harness.stream(input).window(Duration.ofSeconds(4), Duration.ofSeconds(2));
            CollectedOutput<Integer> windows = harness.collect(window);
            CollectedOutput<Long> counts = harness.collect(window.count());
            harness.start();

            for (int second = 1; second <= 6; second++) {
                input.add(second);
                harness.runBatch();
            }
            harness.runBatches(4);

            assertThat(windows.times()).containsExactly(2000L, 4000L, 6000L, 8000L, 10000L);
            assertThat(windows.at(2000)).containsExactly(1, 2);
            assertThat(windows.at(4000)).containsExactly(1, 2, 3, 4);
            assertThat(windows.at(6000)).containsExactly(3, 4, 5, 6);
            assertThat(windows.at(8000)).containsExactly(5, 6);
            assertThat(counts.all()).containsExactly(2L, 4L, 4L, 2L, 0L);
        }
    }

    @Test
    void keepsAWindowWhenAnExecutorDies() {
        try (BatchHarness harness = BatchHarness.create("window-crash")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> windows =
                    harness.collect(harness.stream(input, 0).window(Duration.ofSeconds(4)));
            harness.start();

            for (int second = 1; second <= 3; second++) {
                input.add(second);
                harness.runBatch();
            }
            harness.crashExecutor(1);
            harness.runBatch();
            harness.crashExecutor(0);
            input.add(5);
            harness.runBatch();

            assertThat(windows.at(3000)).containsExactly(1, 2, 3);
            assertThat(windows.at(4000)).containsExactlyInAnyOrder(1, 2, 3);
            assertThat(windows.at(5000)).containsExactlyInAnyOrder(2, 3, 5);
        }
    }

    @Test
    void removesAKeyWhoseStateBecomesEmptyAndCallsEveryKeyInEveryBatch() {
        try (BatchHarness harness = BatchHarness.create("expire")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Integer>> lives = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1))
                    .<Integer>updateStateByKey((ones, left) ->
                            ones.isEmpty() ? left.map(l -> l - 1).filter(l -> l > 0) : Optional.of(2))
                    .named("lives"));
            harness.start();

            input.add("a");
            harness.runBatch();
            input.add("b");
            harness.runBatch();
            harness.runBatches(3);

            assertThat(lives.at(1000)).containsExactly(Pair.of("a", 2));
            assertThat(lives.at(2000)).containsExactlyInAnyOrder(Pair.of("a", 1), Pair.of("b", 2));
            assertThat(lives.at(3000)).containsExactly(Pair.of("b", 1));
            assertThat(lives.at(4000)).isEmpty();
            assertThat(harness.<String, Integer>state("lives")).isEmpty();
        }
    }

    @Test
    void writesOutputsInTheOrderInWhichTheyWereRegistered() {
        try (BatchHarness harness = BatchHarness.create("order")) {
            ScriptedInput<String> input = harness.input();
            List<String> written = new ArrayList<>();
            DStream<String> words = harness.stream(input);
            words.count().foreachBatch((time, records) -> written.add("third level " + time));
            words.foreachBatch((time, records) -> written.add("first level " + time));
            words.countByValue().foreachBatch((time, records) -> written.add("second level " + time));
            harness.start();

            input.add("a");
            harness.runBatches(2);

            assertThat(written)
                    .containsExactly(
                            "third level 1000 ms",
                            "first level 1000 ms",
                            "second level 1000 ms",
                            "third level 2000 ms",
                            "first level 2000 ms",
                            "second level 2000 ms");
        }
    }

    @Test
    void printsAsSparkDoesToTheCharacter() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BatchHarness harness = BatchHarness.create("print");
                PrintStream out = new PrintStream(bytes, false, UTF_8)) {
            ScriptedInput<Integer> input = harness.input();
            harness.stream(input)
                    .mapToPair(number -> Pair.of("n", number))
                    .output(new PrintOperator<>(PrintFormat.SPARK.withLimit(2), out));
            harness.start();

            input.add(1, 2);
            harness.runBatch();
            harness.runBatch();
            input.add(3, 4, 5);
            harness.runBatch();
        }
        assertThat(bytes.toString(UTF_8)).isEqualTo("""
                        -------------------------------------------
                        Time: 1000 ms
                        -------------------------------------------
                        (n,1)
                        (n,2)

                        -------------------------------------------
                        Time: 2000 ms
                        -------------------------------------------

                        -------------------------------------------
                        Time: 3000 ms
                        -------------------------------------------
                        (n,3)
                        (n,4)
                        ...

                        """);
    }
}
