// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.operator.Pair;
import io.millrace.stream.PairDStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the functions of states are given, what they may do, and what a batch costs. */
class StatePromisesTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theFunctionGetsEveryValueOfItsKeyOnceThoughBlocksAndTasksAreMany() {
        for (long seed = 1; seed <= 5; seed++) {
            try (BatchHarness harness = BatchHarness.builder("values")
                    .seed(seed)
                    .set("block.records", 7)
                    .build()) {
                ScriptedInput<Integer> left = harness.input();
                ScriptedInput<Integer> right = harness.input();
                CollectedOutput<Pair<String, List<Integer>>> states = harness.collect(harness.stream(left, 0)
                        .union(harness.stream(right, 1))
                        .mapToPair(number -> Pair.of("key " + number % 3, number))
                        .<List<Integer>>updateStateByKey((values, before) -> Optional.of(List.copyOf(values))));
                harness.start();

                left.addAll(IntStream.range(0, 150).boxed().toList());
                right.addAll(IntStream.range(150, 300).boxed().toList());
                harness.runBatch();

                assertThat(states.last())
                        .hasSize(3)
                        .flatExtracting(Pair::value)
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, 300).boxed().toList());
            }
        }
    }

    @Test
    void noStateAndNoWindowAsksForADirectory() {
        try (BatchHarness harness = BatchHarness.create("no-directory")) {
            ScriptedInput<String> input = harness.input();
            PairDStream<String, Integer> ones = harness.stream(input).mapToPair(word -> Pair.of(word, 1));
            harness.collect(
                    ones.<Integer>updateStateByKey((values, before) -> Optional.of(before.orElse(0) + values.size())));
            harness.collect(ones.mapWithState(
                    StateSpec.<String, Integer, Integer, Integer>function((key, value, state) -> value.orElseThrow())
                            .timeout(SECOND)));
            harness.collect(ones.reduceByKeyAndWindow(Integer::sum, (sum, left) -> sum - left, SECOND, SECOND));
            CollectedOutput<Long> counts = harness.collect(ones.countByWindow(SECOND, SECOND));
            harness.collect(ones.countByValueAndWindow(SECOND, SECOND));
            harness.start();

            input.add("a", "b");
            harness.runBatches(2);

            assertThat(counts.all()).containsExactly(2L, 0L);
            assertThat(harness.batches())
                    .allSatisfy(batch -> assertThat(batch.succeeded()).isTrue());
        }
    }

    @Test
    void theLastCallOfAKeyHasNoValueAndMayLookAtTheStateOnly() {
        List<String> last = new ArrayList<>();
        try (BatchHarness harness = BatchHarness.create("last-call")) {
            ScriptedInput<String> input = harness.input();
            StateSpec<String, Integer, String, String> spec = StateSpec.<String, Integer, String, String>function(
                            (time, key, value, state) -> {
                                if (!state.isTimingOut()) {
                                    state.update("kept");
                                    return Optional.empty();
                                }
                                assertThatIllegalArgumentException()
                                        .isThrownBy(() -> state.update("another"))
                                        .withMessage("A state that is timing out cannot be updated");
                                assertThatIllegalArgumentException()
                                        .isThrownBy(state::remove)
                                        .withMessage("A state that is timing out cannot be removed");
                                last.add(time + " " + value + state.exists() + state.get());
                                return Optional.of("gone");
                            })
                    .timeout(Duration.ofSeconds(2));
            var mapped = harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1))
                    .mapWithState(spec)
                    .named("states");
            CollectedOutput<String> out = harness.collect(mapped);
            harness.start();

            input.add("a");
            harness.runBatches(3);

            assertThat(last).containsExactly("3000 ms Optional.emptytruekept");
            assertThat(out.all()).containsExactly("gone");
            assertThat(harness.state("states")).isEmpty();
        }
    }

    @Test
    void noBatchCostsMoreThanTheOthers() {
        try (BatchHarness harness = BatchHarness.create("even")) {
            ScriptedInput<String> input = harness.input();
            Set<String> called = ConcurrentHashMap.newKeySet();
            harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1))
                    .mapWithState(StateSpec.<String, Integer, Integer, Integer>function((key, value, state) -> {
                                called.add(key);
                                state.update(state.getOption().orElse(0) + 1);
                                return value.orElseThrow();
                            })
                            .timeout(Duration.ofHours(1))));
            harness.start();
            IntStream.range(0, 500).forEach(key -> input.add("key " + key));
            harness.runBatch();

            List<Long> steps = new ArrayList<>();
            for (int batch = 2; batch <= 45; batch++) {
                called.clear();
                long before = harness.simulation().steps();
                input.add("key 7");
                harness.runBatch();
                if (batch > 3) {
                    steps.add(harness.simulation().steps() - before);
                }
                assertThat(called).containsExactly("key 7");
            }

            // Spark saves and compacts everything in every tenth batch; here each does the same work, message by
            // message, but for
            // a timer of the job now and then
            assertThat(Collections.max(steps) - Collections.min(steps)).isLessThanOrEqualTo(1);
        }
    }
}
