// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.function.UpdateFunction;
import io.millrace.listener.BatchInfo;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** State per key, changed batch by batch. */
class UpdateStateByKeyTest {

    /** The number of values at each call. */
    private static final UpdateFunction<Long, List<Integer>> HISTORY = (values, before) -> {
        List<Integer> history = new ArrayList<>(before.orElse(List.of()));
        history.add(values.size());
        return Optional.of(List.copyOf(history));
    };

    @Test
    void callsTheFunctionForEveryKeyInEveryBatchAndEmitsTheWholeState() {
        try (Job<List<Integer>> job = new Job<>(pairs -> pairs.updateStateByKey(HISTORY))) {
            job.run("a");
            job.run("b", "b");
            job.run();

            assertThat(job.states.at(1000)).containsExactly(Pair.of("a", List.of(1)));
            assertThat(job.states.at(2000))
                    .containsExactlyInAnyOrder(Pair.of("a", List.of(1, 0)), Pair.of("b", List.of(2)));
            assertThat(job.states.at(3000))
                    .containsExactlyInAnyOrder(Pair.of("a", List.of(1, 0, 0)), Pair.of("b", List.of(2, 0)));
        }
    }

    @Test
    void callsTheFunctionForInitialKeysInAFirstBatchWithoutData() {
        try (Job<List<Integer>> job = new Job<>(pairs ->
                pairs.updateStateByKey(HISTORY, List.of(Pair.of("a", List.of(100)), Pair.of("z", List.of()))))) {
            job.run();
            job.run("a");

            assertThat(job.states.at(1000))
                    .containsExactlyInAnyOrder(Pair.of("a", List.of(100, 0)), Pair.of("z", List.of(0)));
            assertThat(job.states.at(2000))
                    .containsExactlyInAnyOrder(Pair.of("a", List.of(100, 0, 1)), Pair.of("z", List.of(0, 0)));
        }
    }

    @Test
    void keepsTheInitialStateWhenTheFirstBatchesFailAndExecutorsDie() {
        try (Job<Long> job = new Job<>(
                pairs -> pairs.updateStateByKey(failingOn(3), 2, List.of(Pair.of("a", 100L), Pair.of("q", 7L))))) {
            job.run("a", "a", "a");
            job.harness.crashExecutor(1);
            job.run("a", "a", "a");
            job.harness.crashExecutor(0);
            job.run("a");

            assertThat(job.states.times()).containsExactly(3000L);
            assertThat(job.states.last()).containsExactlyInAnyOrder(Pair.of("a", 101L), Pair.of("q", 7L));
            assertThat(job.harness.<String, Long>state("states")).isEqualTo(Map.of("a", 101L, "q", 7L));
        }
    }

    @Test
    void lookingAtAnInitialStateThatNothingHasChangedFindsAllCopiesEqual() {
        try (BatchHarness harness =
                BatchHarness.builder("three").executors(3).set("partitions", 12).build()) {
            ScriptedInput<Pair<String, Long>> input = harness.input();
            harness.collect(harness.stream(input)
                    .mapToPair(pair -> pair)
                    .<Long>updateStateByKey((values, before) -> before, List.of(Pair.of("a", 1L), Pair.of("b", 2L)))
                    .named("states"));
            harness.start();

            harness.runBatches(2);

            assertThat(harness.<String, Long>state("states")).isEqualTo(Map.of("a", 1L, "b", 2L));
        }
    }

    @Test
    void doesNotPoisonTheStateByAFailedBatch() {
        try (Job<Long> job = new Job<>(pairs -> pairs.<Long>updateStateByKey((values, before) -> {
            if (values.isEmpty()) {
                throw new IllegalStateException("no values");
            }
            return Optional.of(before.orElse(0L) + values.size());
        }))) {
            job.run("a");
            job.run("a");
            BatchInfo failed = job.run("b");
            job.run("a", "b");

            assertThat(failed.succeeded()).isFalse();
            assertThat(job.states.times()).containsExactly(1000L, 2000L, 4000L);
            assertThat(job.states.last()).containsExactlyInAnyOrder(Pair.of("a", 3L), Pair.of("b", 1L));
        }
    }

    @Test
    void tellsTheBatchAndTheKey() {
        try (Job<String> job = new Job<>(pairs -> pairs.updateStateByKey(
                (time, key, values, before) ->
                        Optional.of(before.orElse("") + key + time.millis() + "x" + values.size() + " "),
                List.of(Pair.of("b", "b0 "))))) {
            job.run("a");
            job.run("b");

            assertThat(job.states.last())
                    .containsExactlyInAnyOrder(Pair.of("a", "a1000x1 a2000x0 "), Pair.of("b", "b0 b1000x0 b2000x1 "));
        }
    }

    @Test
    void leavesAKeyAsItWasWhoseFunctionThrowsUnderAPolicy() {
        try (Job<Long> job =
                new Job<>(pairs -> pairs.updateStateByKey(failingOn(2)).onError(ErrorPolicy.DEAD_LETTER))) {
            job.run("a", "b");
            BatchInfo info = job.run("a", "a", "b");

            assertThat(info.succeeded()).isTrue();
            assertThat(info.deadLetters()).isEqualTo(1);
            assertThat(job.dead.last())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.record()).isEqualTo(Pair.of("a", List.of(1L, 1L))));
            assertThat(job.harness.<String, Long>state("states")).isEqualTo(Map.of("a", 1L, "b", 2L));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a function may return what it must not
    void failsAsTheFunctionsErrorWhenItReturnsNull() {
        try (Job<Long> job = new Job<>(pairs -> pairs.<Long>updateStateByKey((values, before) -> null))) {
            job.run("a");

            assertThat(job.harness.events().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .startsWith("states (UpdateStateByKeyTest.java:")
                            .contains("must return an Optional"));
        }
    }

    @Test
    void refusesLessThanOnePartitionAndAKeyThatComesUpTwice() {
        try (BatchHarness harness = BatchHarness.create("bounds")) {
            PairDStream<String, Long> pairs =
                    harness.stream(harness.<Pair<String, Long>>input()).mapToPair(pair -> pair);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pairs.updateStateByKey(HISTORY, 0))
                    .withMessageContaining(">= 1, but is 0");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pairs.updateStateByKey(
                            failingOn(9), List.of(Pair.of("a", 1L), Pair.of("b", 1L), Pair.of("a", 2L))))
                    .withMessageContaining("has a twice");
        }
    }

    private static UpdateFunction<Long, Long> failingOn(int values) {
        return (ones, before) -> {
            if (ones.size() == values) {
                throw new IllegalStateException("too many");
            }
            return Optional.of(before.orElse(0L) + ones.size());
        };
    }

    /** A job whose operator is called {@code states}. */
    private static final class Job<S> implements AutoCloseable {
        final BatchHarness harness = BatchHarness.create("update");
        final CollectedOutput<Pair<String, S>> states;
        final CollectedOutput<DeadLetter> dead;
        private final ScriptedInput<Pair<String, Long>> input = harness.input();

        Job(Function<PairDStream<String, Long>, PairDStream<String, S>> operator) {
            PairDStream<String, S> stream = operator.apply(
                            harness.stream(input, 0).mapToPair(pair -> pair))
                    .named("states");
            states = harness.collect(stream);
            dead = harness.collect(stream.deadLetters());
            harness.start();
        }

        BatchInfo run(String... words) {
            for (String word : words) {
                input.add(Pair.of(word, 1L));
            }
            return harness.runBatch();
        }

        @Override
        public void close() {
            harness.close();
        }
    }
}
