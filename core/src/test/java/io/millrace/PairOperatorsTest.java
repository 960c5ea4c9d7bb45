// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operators that go by key promise within one batch, in a whole job. */
class PairOperatorsTest {

    private static PairDStream<String, Integer> pairs(DStream<Pair<String, Integer>> stream) {
        return new PairDStream<>(stream);
    }

    @Test
    void groupsTheValuesOfAKeyAndNothingInAnEmptyBatch() {
        try (BatchHarness harness = BatchHarness.create("group")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            CollectedOutput<Pair<String, List<Integer>>> out =
                    harness.collect(pairs(harness.stream(input)).groupByKey(3));
            harness.start();

            input.add(Pair.of("a", 1), Pair.of("b", 2), Pair.of("a", 1), Pair.of("a", 3));
            harness.runBatches(2);

            assertThat(out.at(1000))
                    .containsExactlyInAnyOrder(Pair.of("a", List.of(1, 1, 3)), Pair.of("b", List.of(2)));
            assertThat(out.at(2000)).isEmpty();
        }
    }

    @Test
    void combinesWithAndWithoutFoldingFirst() {
        try (BatchHarness harness =
                BatchHarness.builder("combine").set("block.records", 1).build()) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            PairDStream<String, Integer> pairs = pairs(harness.stream(input));
            var first = harness.collect(pairs.combineByKey(
                    String::valueOf, (text, value) -> text + value, (left, right) -> left + right, 2));
            var last = harness.collect(pairs.combineByKey(
                    String::valueOf, (text, value) -> text + value, (left, right) -> "never", false));
            harness.start();

            input.add(Pair.of("a", 7), Pair.of("b", 2), Pair.of("a", 7), Pair.of("a", 7));
            harness.runBatches(2);

            assertThat(first.at(1000)).containsExactlyInAnyOrder(Pair.of("a", "777"), Pair.of("b", "2"));
            assertThat(last.at(1000)).containsExactlyInAnyOrder(Pair.of("a", "777"), Pair.of("b", "2"));
            assertThat(first.at(2000)).isEmpty();
        }
    }

    @Test
    void makesManyValuesOfOneAndKeepsTheirKeyWhereItIs() {
        try (BatchHarness harness = BatchHarness.create("flatMapValues")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            PairDStream<String, Integer> upTo = pairs(harness.stream(input))
                    .reduceByKey(Integer::sum, 4)
                    .flatMapValues(value -> value == 0 ? List.of() : List.of(value, -value));
            CollectedOutput<Pair<String, Integer>> out = harness.collect(upTo);
            CollectedOutput<Pair<String, Integer>> sums = harness.collect(upTo.reduceByKey(Integer::sum));
            harness.start();

            input.add(Pair.of("a", 1), Pair.of("a", 2), Pair.of("b", 0));
            harness.runBatch();

            assertThat(out.last()).containsExactly(Pair.of("a", 3), Pair.of("a", -3));
            assertThat(sums.last()).containsExactly(Pair.of("a", 0));
        }
    }

    @Test
    void setsAsideAValueOnWhichFlatMapValuesThrows() {
        try (BatchHarness harness = BatchHarness.create("flatMapValues-skip")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            var divided = pairs(harness.stream(input))
                    .flatMapValues(value -> List.of(10 / value))
                    .onError(ErrorPolicy.DEAD_LETTER);
            CollectedOutput<Pair<String, Integer>> out = harness.collect(divided);
            var letters = harness.collect(divided.deadLetters());
            harness.start();

            input.add(Pair.of("a", 5), Pair.of("b", 0));
            var info = harness.runBatch();

            assertThat(out.last()).containsExactly(Pair.of("a", 2));
            assertThat(letters.last()).hasSize(1);
            assertThat(letters.last().get(0).record()).isEqualTo(Pair.of("b", 0));
            assertThat(info.deadLetters()).isEqualTo(1);
        }
    }

    @Test
    void aCombinerThatThrowsFailsItsOutputsAndNoOther() {
        try (BatchHarness harness = BatchHarness.create("combine-fails")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            PairDStream<String, Integer> pairs = pairs(harness.stream(input));
            var quotients = harness.collect(pairs.combineByKey(value -> 10 / value, (a, b) -> a, (a, b) -> a));
            CollectedOutput<Long> counts = harness.collect(pairs.count());
            harness.start();

            input.add(Pair.of("a", 0));
            harness.runBatch();
            input.add(Pair.of("a", 5));
            harness.runBatch();

            assertThat(quotients.times()).containsExactly(2000L);
            assertThat(quotients.at(2000)).containsExactly(Pair.of("a", 2));
            assertThat(counts.all()).containsExactly(1L, 1L);
            assertThat(harness.batches().get(0).outputs().get(0).failure())
                    .hasValueSatisfying(
                            text -> assertThat(text).contains("combineByKey").contains("/ by zero"));
        }
    }

    /** Everything that two streams can be put together by. */
    private static final class Together {
        private final ScriptedInput<Pair<String, Integer>> one;
        private final ScriptedInput<Pair<String, Integer>> two;
        private final CollectedOutput<Pair<String, Pair<Integer, Integer>>> inner;
        private final CollectedOutput<Pair<String, Pair<Integer, Optional<Integer>>>> left;
        private final CollectedOutput<Pair<String, Pair<Optional<Integer>, Integer>>> right;
        private final CollectedOutput<Pair<String, Pair<Optional<Integer>, Optional<Integer>>>> full;
        private final CollectedOutput<Pair<String, Pair<List<Integer>, List<Integer>>>> cogroup;

        Together(BatchHarness harness) {
            one = harness.input();
            two = harness.input();
            PairDStream<String, Integer> a = pairs(harness.stream(one));
            PairDStream<String, Integer> b = pairs(harness.stream(two));
            inner = harness.collect(a.join(b));
            left = harness.collect(a.leftOuterJoin(b, 1));
            right = harness.collect(a.rightOuterJoin(b, 1));
            full = harness.collect(a.fullOuterJoin(b, 1));
            cogroup = harness.collect(a.cogroup(b, 1));
            harness.start();
        }
    }

    @Test
    void joinsEveryValueWithEveryValueOfTheSameKeyAndBatch() {
        try (BatchHarness harness = BatchHarness.create("joins")) {
            Together streams = new Together(harness);

            streams.one.add(Pair.of("k", 1), Pair.of("k", 1), Pair.of("l", 3));
            streams.two.add(Pair.of("k", 10), Pair.of("k", 20), Pair.of("m", 30));
            harness.runBatch();
            streams.one.add(Pair.of("m", 5));
            harness.runBatches(2);

            assertThat(streams.inner.at(1000))
                    .containsExactlyInAnyOrder(
                            Pair.of("k", Pair.of(1, 10)),
                            Pair.of("k", Pair.of(1, 20)),
                            Pair.of("k", Pair.of(1, 10)),
                            Pair.of("k", Pair.of(1, 20)));
            assertThat(streams.left.at(1000))
                    .hasSize(5)
                    .contains(Pair.of("k", Pair.of(1, Optional.of(20))), Pair.of("l", Pair.of(3, Optional.empty())));
            assertThat(streams.right.at(1000))
                    .hasSize(5)
                    .contains(Pair.of("k", Pair.of(Optional.of(1), 20)), Pair.of("m", Pair.of(Optional.empty(), 30)));
            assertThat(streams.full.at(1000))
                    .hasSize(6)
                    .contains(
                            Pair.of("k", Pair.of(Optional.of(1), Optional.of(10))),
                            Pair.of("l", Pair.of(Optional.of(3), Optional.empty())),
                            Pair.of("m", Pair.of(Optional.empty(), Optional.of(30))));
            assertThat(streams.cogroup.at(1000))
                    .containsExactlyInAnyOrder(
                            Pair.of("k", Pair.of(List.of(1, 1), List.of(10, 20))),
                            Pair.of("l", Pair.of(List.of(3), List.of())),
                            Pair.of("m", Pair.of(List.of(), List.of(30))));
            assertThat(streams.inner.at(2000)).as("only within the batch").isEmpty();
            assertThat(streams.left.at(2000)).containsExactly(Pair.of("m", Pair.of(5, Optional.empty())));
            assertThat(streams.full.at(3000)).isEmpty();
            assertThat(streams.cogroup.at(3000)).isEmpty();
        }
    }

    @Test
    void joinsAStreamThatIsInItsPartitionsAlreadyWithItself() {
        try (BatchHarness harness = BatchHarness.create("self")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            PairDStream<String, Integer> pairs = pairs(harness.stream(input));
            var raw = harness.collect(pairs.join(pairs));
            PairDStream<String, Integer> sums = pairs.reduceByKey(Integer::sum);
            var placed = harness.collect(sums.join(sums.mapValues(sum -> -sum)).join(sums));
            harness.start();

            input.add(Pair.of("a", 1), Pair.of("a", 2), Pair.of("b", 3));
            harness.runBatch();

            assertThat(raw.last())
                    .containsExactlyInAnyOrder(
                            Pair.of("a", Pair.of(1, 1)),
                            Pair.of("a", Pair.of(1, 2)),
                            Pair.of("a", Pair.of(2, 1)),
                            Pair.of("a", Pair.of(2, 2)),
                            Pair.of("b", Pair.of(3, 3)));
            assertThat(placed.last())
                    .containsExactlyInAnyOrder(
                            Pair.of("a", Pair.of(Pair.of(3, -3), 3)), Pair.of("b", Pair.of(Pair.of(3, -3), 3)));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // the point of the test
    void nullIsAKeyAndAValueLikeAnyOther() {
        try (BatchHarness harness = BatchHarness.create("nulls")) {
            ScriptedInput<String> input = harness.input();
            PairDStream<String, Integer> pairs = harness.stream(input)
                    .mapToPair(text ->
                            Pair.of(text.startsWith("-") ? null : text, text.endsWith("0") ? null : text.length()));
            var grouped = harness.collect(pairs.groupByKey());
            var joined = harness.collect(pairs.join(pairs.mapValues(value -> "w")));
            var cogrouped = harness.collect(pairs.cogroup(pairs));
            harness.start();

            input.add("-1", "-0", "a");
            harness.runBatch();

            List<Integer> values = new ArrayList<>(List.of(2));
            values.add(null);
            assertThat(grouped.last()).containsExactlyInAnyOrder(Pair.of(null, values), Pair.of("a", List.of(1)));
            assertThat(joined.last())
                    .hasSize(5)
                    .contains(Pair.of(null, Pair.of(null, "w")), Pair.of(null, Pair.of(2, "w")));
            assertThat(cogrouped.last()).hasSize(2).contains(Pair.of(null, Pair.of(values, values)));
        }
    }

    @Test
    void joinsStreamsThatAreWindowedAlike() {
        try (BatchHarness harness = BatchHarness.create("windows")) {
            ScriptedInput<Pair<String, Integer>> one = harness.input();
            ScriptedInput<Pair<String, Integer>> two = harness.input();
            Duration two_seconds = Duration.ofSeconds(2);
            var out = harness.collect(pairs(harness.stream(one))
                    .window(two_seconds, two_seconds)
                    .join(pairs(harness.stream(two)).window(two_seconds, two_seconds)));
            harness.start();

            one.add(Pair.of("k", 1));
            harness.runBatch();
            two.add(Pair.of("k", 2));
            harness.runBatches(3);

            assertThat(out.times()).containsExactly(2000L, 4000L);
            assertThat(out.at(2000)).containsExactly(Pair.of("k", Pair.of(1, 2)));
            assertThat(out.at(4000)).isEmpty();
        }
    }

    @Test
    void streamsOfDifferentSlidesOrContextsCannotBeJoined() {
        try (BatchHarness harness = BatchHarness.create("slides");
                BatchHarness other = BatchHarness.create("other")) {
            PairDStream<String, Integer> pairs = pairs(harness.stream(harness.input()));
            PairDStream<String, Integer> slow = pairs.window(Duration.ofSeconds(2), Duration.ofSeconds(2));
            PairDStream<String, Integer> foreign = pairs(other.stream(other.input()));

            assertThatThrownBy(() -> pairs.leftOuterJoin(slow))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Streams to be put together by leftOuterJoin must have the same slide, but have 1000 ms"
                            + " and 2000 ms");
            assertThatThrownBy(() -> slow.cogroup(pairs)).hasMessageContaining("2000 ms and 1000 ms");
            assertThatThrownBy(() -> harness.context().union(pairs, pairs, slow))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("Streams to be united must have the same slide, but have 1000 ms and 2000 ms");
            assertThatThrownBy(() -> pairs.join(foreign)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void aNumberOfPartitionsBelowOneIsRefused() {
        try (BatchHarness harness = BatchHarness.create("partitions")) {
            PairDStream<String, Integer> pairs = pairs(harness.stream(harness.input()));

            assertThatThrownBy(() -> pairs.groupByKey(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The number of partitions must be >= 1, but is 0");
            assertThatThrownBy(() -> pairs.join(pairs, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pairs.countByValue(0)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> pairs.reduceByKey(Integer::sum, 0)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void unitesStreamsOfPairsWithDuplicates() {
        try (BatchHarness harness = BatchHarness.create("union")) {
            ScriptedInput<Pair<String, Integer>> input = harness.input();
            PairDStream<String, Integer> pairs = pairs(harness.stream(input));
            CollectedOutput<Pair<String, Integer>> sums =
                    harness.collect(harness.context().union(pairs, pairs, pairs).reduceByKey(Integer::sum));
            CollectedOutput<Pair<String, Integer>> back = harness.collect(pairs.toDStream());
            harness.start();

            input.add(Pair.of("a", 2));
            harness.runBatch();

            assertThat(sums.last()).containsExactly(Pair.of("a", 6));
            assertThat(back.last()).containsExactly(Pair.of("a", 2));
        }
    }
}
