// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the operators promise that see partitions and batches as a whole, in a whole job. */
class BatchOperatorsTest {

    @Test
    void afterRepartitionToOneThereIsOnePartitionInEveryBatch() {
        try (BatchHarness harness = BatchHarness.create("one")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> one = harness.stream(input).repartition(1);
            CollectedOutput<List<Integer>> lists = harness.collect(one.glom());
            CollectedOutput<Integer> sums =
                    harness.collect(one.filter(n -> n > 1).mapPartitions(records -> List.of(sum(records))));
            harness.start();

            input.add(1, 2, 3);
            harness.runBatches(2);

            assertThat(lists.at(1000)).containsExactly(List.of(1, 2, 3));
            assertThat(lists.at(2000)).containsExactly(List.of());
            assertThat(sums.at(1000)).containsExactly(5);
            assertThat(sums.at(2000)).containsExactly(0);
        }
    }

    private static int sum(List<Integer> records) {
        return records.stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void repartitionMakesAsManyPartitionsAsItSaysWhateverTheEngineHas() {
        for (int enginePartitions : new int[] {1, 2, 3, 8}) {
            try (BatchHarness harness = BatchHarness.builder("many")
                    .set("partitions", enginePartitions)
                    .build()) {
                ScriptedInput<Integer> input = harness.input();
                DStream<Integer> five = harness.stream(input).repartition(5);
                CollectedOutput<List<Integer>> lists = harness.collect(five.glom());
                CollectedOutput<Integer> sizes = harness.collect(five.mapPartitions(records -> records)
                        .map(n -> n)
                        .mapPartitions(records -> List.of(records.size())));
                harness.start();

                for (int i = 0; i < 20; i++) {
                    input.add(i);
                }
                harness.runBatches(2);

                assertThat(lists.at(1000)).as("%d partitions", enginePartitions).hasSize(5);
                assertThat(lists.at(1000).stream().flatMap(List::stream))
                        .hasSize(20)
                        .doesNotHaveDuplicates();
                assertThat(sizes.at(1000)).containsExactly(4, 4, 4, 4, 4);
                assertThat(lists.at(2000)).isEqualTo(Collections.nCopies(5, List.of()));
            }
        }
    }

    @Test
    void mapsPartitionsOfAnInputAsItArrivesOnlyWhereThereAreRecords() {
        try (BatchHarness harness = BatchHarness.create("arrived")) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Pair<String, Integer>> out = harness.collect(harness.stream(input)
                    .mapPartitionsToPair(records ->
                            records.stream().map(n -> Pair.of("n", n)).toList()));
            CollectedOutput<List<Integer>> lists =
                    harness.collect(harness.stream(harness.<Integer>input()).glom());
            harness.start();

            input.add(1, 2, 3);
            harness.runBatches(2);

            assertThat(out.at(1000)).containsExactly(Pair.of("n", 1), Pair.of("n", 2), Pair.of("n", 3));
            assertThat(out.at(2000)).isEmpty();
            assertThat(lists.all()).isEmpty();
        }
    }

    @Test
    void afterAnExchangeByKeyThereAreThePartitionsOfTheEngine() {
        try (BatchHarness harness =
                BatchHarness.builder("keyed").set("partitions", 3).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<List<Pair<Integer, Long>>> lists =
                    harness.collect(harness.stream(input).countByValue(7).glom());
            CollectedOutput<List<Long>> total = harness.collect(
                    harness.stream(harness.<String>input()).count().glom());
            harness.start();

            input.add(1, 1);
            harness.runBatches(2);

            assertThat(lists.at(1000)).containsExactlyInAnyOrder(List.of(), List.of(), List.of(Pair.of(1, 2L)));
            assertThat(lists.at(2000)).containsExactly(List.of(), List.of(), List.of());
            assertThat(total.all()).containsExactly(List.of(0L), List.of(0L));
        }
    }

    @Test
    void flatMapsToPairs() {
        try (BatchHarness harness = BatchHarness.create("flatMapToPair")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Integer>> out = harness.collect(harness.stream(input)
                    .flatMapToPair(line -> List.of(Pair.of(line, 1), Pair.of("all", 1)))
                    .reduceByKey(Integer::sum));
            harness.start();

            input.add("a", "b");
            harness.runBatch();

            assertThat(out.last()).containsExactlyInAnyOrder(Pair.of("a", 1), Pair.of("b", 1), Pair.of("all", 2));
        }
    }

    @Test
    void transformsEveryBatchOnceWithItsTimeTheEmptyOnesToo() {
        try (BatchHarness harness =
                BatchHarness.builder("transform").set("block.records", 1).build()) {
            ScriptedInput<Integer> input = harness.input();
            CollectedOutput<Integer> sorted = harness.collect(harness.stream(input)
                    .transform((time, records) -> records.stream().sorted().toList()));
            CollectedOutput<Pair<Long, Integer>> sizes = harness.collect(harness.stream(input)
                    .transformToPair((time, records) -> List.of(Pair.of(time.millis(), records.size())))
                    .mapValues(size -> size));
            harness.start();

            input.add(3, 1, 2);
            harness.runBatches(2);

            assertThat(sorted.at(1000)).containsExactly(1, 2, 3);
            assertThat(sorted.at(2000)).isEmpty();
            assertThat(sizes.all()).containsExactly(Pair.of(1000L, 0), Pair.of(2000L, 0));
        }
    }

    @Test
    void whatFollowsATransformRunsOnOnePartition() {
        try (BatchHarness harness = BatchHarness.create("after")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> reversed = harness.stream(input).transform((time, records) -> {
                List<Integer> turned = new ArrayList<>(records);
                Collections.reverse(turned);
                return turned;
            });
            CollectedOutput<List<Integer>> lists = harness.collect(reversed.glom());
            harness.start();

            input.add(1, 2, 3);
            harness.runBatches(2);

            assertThat(lists.all()).containsExactly(List.of(3, 2, 1), List.of());
        }
    }

    @Test
    void transformsTwoAndMoreStreamsTogether() {
        try (BatchHarness harness = BatchHarness.create("together")) {
            ScriptedInput<Integer> one = harness.input();
            ScriptedInput<String> two = harness.input();
            DStream<Integer> numbers = harness.stream(one);
            DStream<String> texts = harness.stream(two);
            CollectedOutput<String> left =
                    harness.collect(numbers.transformWith(texts, (time, n, t) -> List.of(time + ":" + n + t)));
            CollectedOutput<Pair<Integer, Integer>> self = harness.collect(
                    numbers.transformWithToPair(numbers, (time, n, same) -> List.of(Pair.of(n.size(), same.size()))));
            CollectedOutput<String> all = harness.collect(harness.context()
                    .transform(List.of(texts, numbers, texts), (time, batches) -> List.of(batches.toString())));
            CollectedOutput<Pair<Integer, Integer>> pairs = harness.collect(harness.context()
                    .transformToPair(List.of(texts), (time, batches) -> List.of(Pair.of(1, batches.size()))));
            harness.start();

            one.add(1, 2);
            two.add("x");
            harness.runBatches(2);

            assertThat(left.all()).containsExactly("1000 ms:[1, 2][x]", "2000 ms:[][]");
            assertThat(self.all()).containsExactly(Pair.of(2, 2), Pair.of(0, 0));
            assertThat(all.all()).containsExactly("[[x], [1, 2], [x]]", "[[], [], []]");
            assertThat(pairs.all()).containsExactly(Pair.of(1, 1), Pair.of(1, 1));
            assertThatThrownBy(() -> harness.context().transform(List.of(), (time, batches) -> List.of()))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void aTransformThatReturnsNullFailsWhatDependsOnIt() {
        try (BatchHarness harness = BatchHarness.create("null")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            CollectedOutput<Integer> broken = harness.collect(
                    numbers.<Integer>transform((time, records) -> null).map(n -> n));
            CollectedOutput<Long> counts = harness.collect(numbers.count());
            harness.start();

            input.add(1);
            harness.runBatches(2);

            assertThat(broken.batches()).isEmpty();
            assertThat(counts.all()).containsExactly(1L, 0L);
            assertThat(harness.batches().get(0).outputs().get(0).failure())
                    .hasValueSatisfying(text -> assertThat(text)
                            .contains("transform-1 (BatchOperatorsTest.java")
                            .contains(
                                    "The function of transform must not return null; an empty batch is an empty list"));
        }
    }

    @Test
    void aTransformThatThrowsFailsInItsBatchOnly() {
        try (BatchHarness harness = BatchHarness.create("throws")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            CollectedOutput<Integer> out = harness.collect(numbers.transform((time, records) -> {
                if (time.millis() == 2000) {
                    throw new IllegalStateException("failed at 2000");
                }
                return records;
            }));
            CollectedOutput<Long> counts = harness.collect(numbers.count());
            harness.start();

            for (int i = 1; i <= 3; i++) {
                input.add(i);
                harness.runBatch();
            }

            assertThat(out.times()).containsExactly(1000L, 3000L);
            assertThat(out.all()).containsExactly(1, 3);
            assertThat(counts.all()).containsExactly(1L, 1L, 1L);
        }
    }

    @Test
    void aPolicySetsABatchOrAPartitionAsideAsIfItWereOneRecord() {
        try (BatchHarness harness = BatchHarness.create("policies")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> one = harness.stream(input).repartition(1);
            DStream<Integer> transformed = one.<Integer>transform((time, records) -> {
                        throw new IllegalStateException("no");
                    })
                    .onError(ErrorPolicy.DEAD_LETTER);
            DStream<Integer> mapped = one.<Integer>mapPartitions(records -> {
                        throw new IllegalStateException("no");
                    })
                    .onError(ErrorPolicy.SKIP);
            CollectedOutput<Integer> first = harness.collect(transformed);
            CollectedOutput<Integer> second = harness.collect(mapped);
            var letters = harness.collect(harness.context().deadLetters());
            harness.start();

            input.add(1, 2);
            var info = harness.runBatch();

            assertThat(first.at(1000)).isEmpty();
            assertThat(second.at(1000)).isEmpty();
            assertThat(info.skipped()).isEqualTo(1);
            assertThat(info.deadLetters()).isEqualTo(1);
            assertThat(letters.last().get(0).record()).isEqualTo(List.of(1, 2));
        }
    }

    @Test
    void aFunctionOverAPartitionThatThrowsFailsWhatDependsOnIt() {
        try (BatchHarness harness = BatchHarness.create("partition-fails")) {
            ScriptedInput<Integer> input = harness.input();
            DStream<Integer> numbers = harness.stream(input);
            CollectedOutput<Integer> out =
                    harness.collect(numbers.repartition(2).mapPartitions(records -> List.of(10 / records.size())));
            CollectedOutput<Integer> same = harness.collect(numbers);
            harness.start();

            input.add(1, 2);
            harness.runBatches(2);

            assertThat(out.times()).containsExactly(1000L);
            assertThat(out.at(1000)).containsExactly(10, 10);
            assertThat(same.times()).containsExactly(1000L, 2000L);
        }
    }

    @Test
    void wrongNumbersSlidesAndContextsAreRefused() {
        try (BatchHarness harness = BatchHarness.create("refused")) {
            DStream<Integer> numbers = harness.stream(harness.input());
            DStream<Integer> slow = numbers.window(Duration.ofSeconds(2), Duration.ofSeconds(2));

            assertThatThrownBy(() -> numbers.repartition(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The number of partitions must be >= 1, but is 0");
            assertThatThrownBy(() -> numbers.transformWith(slow, (time, a, b) -> a))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("transformWith")
                    .hasMessageContaining("1000 ms and 2000 ms");
            assertThatThrownBy(() ->
                            harness.context().transform(List.of(numbers, numbers, slow), (time, batches) -> List.of()))
                    .hasMessageContaining("1000 ms and 2000 ms");
        }
    }
}
