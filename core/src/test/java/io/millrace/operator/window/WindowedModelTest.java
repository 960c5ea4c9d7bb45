// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.Batch;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every window operator against a model that computes each window anew from all that was in the batches, in random programs, with
 * executors that die and batches that come late. The seed decides everything and stands in every failure; {@code -Dmillrace.seed=17}
 * runs that one alone, {@code -Dmillrace.seeds=10000} that many.
 */
class WindowedModelTest {

    private static final int SEEDS = 200;
    private static final int AT_ONCE = 20;
    private static final long SECOND = 1000;
    private static final Object ALL = "all";

    static LongStream seeds() {
        Long one = Long.getLong("millrace.seed");
        if (one != null) {
            return LongStream.of(one);
        }
        return LongStream.iterate(
                0, first -> first < Integer.getInteger("millrace.seeds", SEEDS), first -> first + AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void givesWhatAWindowComputedAnewGives(long first) {
        long last = Long.getLong("millrace.seed") != null ? first : first + AT_ONCE - 1;
        for (long seed = first; seed <= last; seed++) {
            try {
                new Run(seed).run();
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("with -Dmillrace.seed=" + seed + ": " + e.getMessage(), e);
            }
        }
    }

    /** What a check compares: the output of an operator as the model has it, from the batches of its parent. */
    private record Check(String what, Runnable compare) {}

    private static final class Run {
        private final SplittableRandom dice;
        private final BatchHarness harness;
        private final int executors;
        private final int keys;
        private final boolean numberKeys;
        private final List<Check> checks = new ArrayList<>();
        private final ScriptedInput<Integer> input;
        private int next;

        Run(long seed) {
            dice = new SplittableRandom(seed);
            executors = 2 + dice.nextInt(2);
            keys = 1 + dice.nextInt(6);
            numberKeys = dice.nextBoolean();
            harness = BatchHarness.builder("windows")
                    .seed(seed)
                    .executors(executors)
                    .serializeMessages(dice.nextInt(3) > 0)
                    .set("block.records", 1 + dice.nextInt(5))
                    .set("max-executor-restarts", 100)
                    .build();
            input = harness.input();
        }

        void run() {
            try (harness) {
                define();
                harness.start();
                int batches = 15 + dice.nextInt(30);
                int crashes = 0;
                for (int batch = 0; batch < batches; batch++) {
                    if (harness.crashes() == crashes && dice.nextInt(8) == 0) {
                        harness.runBatches(2);
                        CrashPoint[] points = CrashPoint.values();
                        harness.crashWhen(
                                points[dice.nextInt(points.length)], dice.nextInt(executors), dice.nextInt(6));
                        crashes++;
                    }
                    if (dice.nextInt(20) == 0) {
                        int halted = dice.nextInt(executors);
                        harness.freezeExecutor(halted);
                        harness.advance(Duration.ofMillis(dice.nextInt(6000)));
                        harness.thawExecutor(halted);
                    }
                    for (int records = dice.nextInt(3) == 0 ? 0 : dice.nextInt(8); records > 0; records--) {
                        input.add(next++);
                    }
                    harness.runBatch();
                }
                harness.runBatches(dice.nextInt(12));
                checks.forEach(check -> check.compare().run());
                assertThat(harness.report()).isEmpty();
                assertThat(harness.simulation().uncaught()).isEmpty();
            }
        }

        // ---- records ----

        private Object key(int number) {
            int key = Math.floorMod((number * 0x9E3779B1) >>> 7, keys);
            return numberKeys ? (Object) (SECOND * key) : "k" + key;
        }

        private static long value(int number) {
            return Math.floorMod((number * 0x85EBCA6B) >>> 5, 7) - 2L;
        }

        // ---- the program ----

        private void define() {
            DStream<Integer> numbers = harness.stream(input, 0);
            CollectedOutput<Integer> arrived = harness.collect(numbers);
            Parent parent = new Parent(numbers, arrived, SECOND);
            if (dice.nextInt(3) == 0) {
                int length = 1 + dice.nextInt(4);
                int slide = 1 + dice.nextInt(4);
                DStream<Integer> window = numbers.window(seconds(length), seconds(slide));
                CollectedOutput<Integer> nested = harness.collect(window);
                long parentLength = length * SECOND;
                checks.add(new Check("window of " + length + " by " + slide, () -> {
                    for (Batch<Integer> batch : nested.batches()) {
                        long now = batch.time().millis();
                        List<Integer> all = all(window(byTime(arrived), now, parentLength));
                        assertThat(batch.records()).as("window at %d", now).containsExactlyInAnyOrderElementsOf(all);
                    }
                }));
                parent = new Parent(window, nested, slide * SECOND);
            }
            for (int operators = 2 + dice.nextInt(3); operators > 0; operators--) {
                operator(parent);
            }
        }

        private record Parent(DStream<Integer> stream, CollectedOutput<Integer> batches, long slideMillis) {}

        private void operator(Parent parent) {
            int slide = 1 + dice.nextInt(5);
            int slides = 1 + dice.nextInt(4);
            int length = dice.nextBoolean() ? slide * slides : 1 + dice.nextInt(12);
            Duration window = Duration.ofMillis(length * parent.slideMillis());
            Duration every = Duration.ofMillis(slide * parent.slideMillis());
            DStream<Integer> in = parent.stream();
            PairDStream<Object, Long> sums = in.mapToPair(number -> Pair.of(key(number), value(number)));
            PairDStream<Object, String> texts = in.mapToPair(number -> Pair.of(key(number), number + ";"));
            switch (dice.nextInt(12)) {
                case 0 ->
                    inOrder(
                            parent,
                            window,
                            every,
                            texts.reduceByKeyAndWindow(String::concat, window, every),
                            this::key);
                case 1 ->
                    inOrder(
                            parent,
                            window,
                            every,
                            texts.groupByKeyAndWindow(window, every).mapValues(numbers -> String.join("", numbers)),
                            this::key);
                case 2 ->
                    inOrder(
                            parent,
                            window,
                            every,
                            new PairDStream<>(in.map(number -> number + ";")
                                    .reduceByWindow(String::concat, window, every)
                                    .map(text -> Pair.of(ALL, text))),
                            number -> ALL);
                case 3 -> plain(parent, window, every, sums.reduceByKeyAndWindow(Long::sum, window, every), Long::sum);
                case 4 -> plain(parent, window, every, sums.reduceByKeyAndWindow(Long::max, window, every), Long::max);
                case 5 ->
                    inverse(
                            parent,
                            window,
                            every,
                            sums.reduceByKeyAndWindow(Long::sum, (sum, left) -> sum - left, window, every),
                            sum -> true,
                            Run::value,
                            this::key);
                case 6 ->
                    inverse(
                            parent,
                            window,
                            every,
                            sums.reduceByKeyAndWindow(
                                    Long::sum, (sum, left) -> sum - left, window, every, pair -> pair.value() > 2),
                            sum -> sum > 2,
                            Run::value,
                            this::key);
                case 7 ->
                    inverse(
                            parent,
                            window,
                            every,
                            sums.reduceByKeyAndWindow(
                                    Long::sum, (sum, left) -> sum - left, window, every, pair -> pair.value() < 2),
                            sum -> sum < 2,
                            Run::value,
                            this::key);
                case 8 ->
                    inverse(
                            parent,
                            window,
                            every,
                            in.map(this::key).countByValueAndWindow(window, every),
                            sum -> sum != 0,
                            number -> 1,
                            this::key);
                case 9 -> {
                    PairDStream<Object, Long> counts =
                            new PairDStream<>(in.countByWindow(window, every).map(count -> Pair.of(ALL, count)));
                    inverse(parent, window, every, counts, sum -> true, number -> 1, number -> ALL);
                }
                case 10 -> {
                    PairDStream<Object, Long> total = new PairDStream<>(in.map(Run::value)
                            .reduceByWindow(Long::sum, (sum, left) -> sum - left, window, every)
                            .map(sum -> Pair.of(ALL, sum)));
                    inverse(parent, window, every, total, sum -> true, Run::value, number -> ALL);
                }
                default -> {
                    PairDStream<Object, Double> tenths = sums.mapValues(value -> value / 10.0)
                            .reduceByKeyAndWindow(Double::sum, (sum, left) -> sum - left, window, every);
                    inverse(
                            parent,
                            window,
                            every,
                            tenths.mapValues(sum -> Math.round(sum * 10)),
                            sum -> true,
                            Run::value,
                            this::key);
                }
            }
        }

        private static Duration seconds(int seconds) {
            return Duration.ofSeconds(seconds);
        }

        // ---- the model ----

        /** Texts of numbers: older batches first. */
        private void inOrder(
                Parent parent,
                Duration window,
                Duration every,
                PairDStream<Object, String> stream,
                Function<Integer, Object> key) {
            CollectedOutput<Pair<Object, String>> output = harness.collect(stream);
            compare(
                    "in order",
                    parent,
                    window,
                    every,
                    output,
                    (now, batches) -> {
                        Map<Object, String> expected = new HashMap<>();
                        batches.values()
                                .forEach(records -> records.stream()
                                        .sorted()
                                        .forEach(number ->
                                                expected.merge(key.apply(number), number + ";", String::concat)));
                        return expected;
                    },
                    (now, batches, text) -> inBatchOrder(text, batches));
        }

        /** The text with the numbers of each batch sorted, if the batches are in order. */
        private static String inBatchOrder(String text, NavigableMap<Long, List<Integer>> batches) {
            List<Integer> left = new ArrayList<>();
            for (String number : text.substring(0, text.length() - 1).split(";", -1)) {
                left.add(Integer.valueOf(number));
            }
            StringBuilder sorted = new StringBuilder();
            for (List<Integer> batch : batches.values()) {
                List<Integer> open = new ArrayList<>(batch);
                List<Integer> here = new ArrayList<>();
                while (!left.isEmpty() && open.remove(left.get(0))) {
                    here.add(left.remove(0));
                }
                here.stream().sorted().forEach(number -> sorted.append(number).append(';'));
            }
            return sorted.append(left.isEmpty() ? "" : "out of order: " + left).toString();
        }

        private void plain(
                Parent parent,
                Duration window,
                Duration every,
                PairDStream<Object, Long> stream,
                BinaryOperator<Long> fold) {
            CollectedOutput<Pair<Object, Long>> output = harness.collect(stream);
            compare(
                    "plain",
                    parent,
                    window,
                    every,
                    output,
                    (now, batches) -> {
                        Map<Object, Long> expected = new HashMap<>();
                        all(batches).forEach(number -> expected.merge(key(number), value(number), fold));
                        return expected;
                    },
                    (now, batches, value) -> value);
        }

        /** Sums by an inverse: keys stay with 0 until the filter drops that. */
        private void inverse(
                Parent parent,
                Duration window,
                Duration every,
                PairDStream<Object, Long> stream,
                LongPredicate filter,
                Function<Integer, Number> value,
                Function<Integer, Object> keyOfNumber) {
            CollectedOutput<Pair<Object, Long>> output = harness.collect(stream);
            TreeSet<String> known = new TreeSet<>();
            Map<String, Object> keyOf = new HashMap<>();
            compare(
                    "inverse",
                    parent,
                    window,
                    every,
                    output,
                    (now, batches) -> {
                        Map<Object, Long> sums = new HashMap<>();
                        for (int number : all(batches)) {
                            Object key = keyOfNumber.apply(number);
                            sums.merge(key, value.apply(number).longValue(), Long::sum);
                            known.add(key.toString());
                            keyOf.put(key.toString(), key);
                        }
                        known.forEach(key -> sums.putIfAbsent(keyOf.get(key), 0L));
                        sums.values().removeIf(sum -> !filter.test(sum));
                        return sums;
                    },
                    (now, batches, sum) -> sum);
        }

        private interface Model<V> {
            Map<Object, V> at(long now, NavigableMap<Long, List<Integer>> batches);
        }

        private interface Canonical<V> {
            V of(long now, NavigableMap<Long, List<Integer>> batches, V value);
        }

        private <V> void compare(
                String what,
                Parent parent,
                Duration window,
                Duration every,
                CollectedOutput<Pair<Object, V>> output,
                Model<V> model,
                Canonical<V> canonical) {
            String name = what + " " + window + " by " + every + " over " + parent.slideMillis();
            checks.add(new Check(name, () -> {
                NavigableMap<Long, List<Integer>> byTime = byTime(parent.batches());
                List<Long> times = byTime.keySet().stream()
                        .filter(time -> time % every.toMillis() == 0)
                        .toList();
                assertThat(output.times()).as(name).isEqualTo(times);
                for (Batch<Pair<Object, V>> batch : output.batches()) {
                    long now = batch.time().millis();
                    NavigableMap<Long, List<Integer>> batches = window(byTime, now, window.toMillis());
                    Map<Object, V> actual = new HashMap<>();
                    for (Pair<Object, V> pair : batch.records()) {
                        V before = actual.put(pair.key(), canonical.of(now, batches, pair.value()));
                        assertThat(before)
                                .as("%s at %d twice %s", name, now, pair)
                                .isNull();
                    }
                    assertThat(actual).as("%s at %d", name, now).isEqualTo(model.at(now, batches));
                }
            }));
        }

        private static NavigableMap<Long, List<Integer>> byTime(CollectedOutput<Integer> output) {
            NavigableMap<Long, List<Integer>> byTime = new TreeMap<>();
            output.batches().forEach(batch -> byTime.put(batch.time().millis(), batch.records()));
            return byTime;
        }

        private static NavigableMap<Long, List<Integer>> window(
                NavigableMap<Long, List<Integer>> batches, long now, long length) {
            return batches.subMap(now - length, false, now, true);
        }

        private static List<Integer> all(NavigableMap<Long, List<Integer>> batches) {
            return batches.values().stream().flatMap(List::stream).toList();
        }
    }
}
