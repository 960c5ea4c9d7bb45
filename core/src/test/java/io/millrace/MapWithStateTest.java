// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static io.millrace.MapWithStateJob.COUNT;
import static io.millrace.MapWithStateJob.failingOn;
import static io.millrace.MapWithStateJob.timed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.function.StateFunction;
import io.millrace.listener.BatchInfo;
import io.millrace.operator.Pair;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** State per key, changed record by record. */
class MapWithStateTest {

    @Test
    void callsTheFunctionOncePerRecordInOrderOfArrival() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            long sum = state.exists() ? state.get() + value.orElseThrow() : value.orElseThrow();
            state.update(sum);
            return Optional.of(time.millis() + key + sum);
        }))) {
            job.run(List.of(Pair.of("a", 1L), Pair.of("a", 2L), Pair.of("b", 5L), Pair.of("a", 3L)));
            job.run();
            job.run(List.of(Pair.of("a", 10L)));

            assertThat(job.mapped.at(1000)).containsExactlyInAnyOrder("1000a1", "1000a3", "1000b5", "1000a6");
            assertThat(job.mapped.at(1000).stream().filter(text -> text.contains("a")))
                    .containsExactly("1000a1", "1000a3", "1000a6");
            assertThat(job.mapped.at(2000)).isEmpty();
            assertThat(job.mapped.at(3000)).containsExactly("3000a16");
            assertThat(job.state()).isEqualTo(Map.of("a", 16L, "b", 5L));
        }
    }

    @Test
    void emitsTheWholeStateInEveryBatchToThoseWhoAskForIt() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(COUNT))) {
            job.run("a", "b");
            job.run("a");
            job.run();

            assertThat(job.snapshots.at(1000)).containsExactlyInAnyOrder(Pair.of("a", 1L), Pair.of("b", 1L));
            assertThat(job.snapshots.at(2000)).containsExactlyInAnyOrder(Pair.of("a", 2L), Pair.of("b", 1L));
            assertThat(job.snapshots.at(3000)).containsExactlyInAnyOrder(Pair.of("a", 2L), Pair.of("b", 1L));
            assertThat(job.mapped.at(3000)).isEmpty();
        }
    }

    @Test
    void givesMappedValuesAloneAndSnapshotsAlone() {
        try (BatchHarness harness = BatchHarness.create("alone")) {
            ScriptedInput<String> input = harness.input();
            var ones = harness.stream(input).mapToPair(word -> Pair.of(word, 1L));
            CollectedOutput<String> mapped = harness.collect(ones.mapWithState(StateSpec.function(COUNT)));
            CollectedOutput<Pair<String, Long>> snapshots =
                    harness.collect(ones.mapWithState(StateSpec.function(COUNT)).stateSnapshots());
            harness.start();

            input.add("a", "a");
            harness.runBatches(2);

            assertThat(mapped.all()).containsExactly("a1", "a2");
            assertThat(snapshots.at(1000)).containsExactly(Pair.of("a", 2L));
            assertThat(snapshots.at(2000)).containsExactly(Pair.of("a", 2L));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null stands for nothing
    void mapsByTheShortFormAndLeavesNullOut() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((key, value, state) -> {
            state.update(value.orElseThrow());
            return key.equals("quiet") ? null : key;
        }))) {
            job.run("loud", "quiet");

            assertThat(job.mapped.last()).containsExactly("loud");
            assertThat(job.state()).containsOnlyKeys("loud", "quiet");
        }
    }

    @Test
    void hasItsInitialStateBeforeTheFirstBatch() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(
                StateSpec.function(COUNT).initialState(List.of(Pair.of("a", 10L), Pair.of("q", 5L))))) {
            job.run();
            job.run("a", "b");

            assertThat(job.snapshots.at(1000)).containsExactlyInAnyOrder(Pair.of("a", 10L), Pair.of("q", 5L));
            assertThat(job.mapped.at(2000)).containsExactlyInAnyOrder("a11", "b1");
            assertThat(job.state()).isEqualTo(Map.of("a", 11L, "b", 1L, "q", 5L));
        }
    }

    @Test
    void keepsItsInitialStateWhenTheFirstBatchFailsOrItsOwnerDies() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(
                StateSpec.function(failingOn("poison")).initialState(List.of(Pair.of("a", 10L))))) {
            job.run("a", "poison");
            assertThat(job.snapshots.batches()).isEmpty();

            job.harness.crashExecutor(0);
            job.harness.crashExecutor(1);
            job.run("a");

            assertThat(job.mapped.at(2000)).containsExactly("a11");
            assertThat(job.state()).isEqualTo(Map.of("a", 11L));
        }
    }

    @Test
    void refusesAnInitialKeyThatComesUpTwice() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StateSpec.function(COUNT).initialState(List.of(Pair.of("a", 1L), Pair.of("a", 2L))))
                .withMessageContaining("a twice");
    }

    @Test
    void refusesTimeoutsPartitionsAndIntervalsOutOfBounds() {
        StateSpec<String, Long, Long, String> spec = StateSpec.function(COUNT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.timeout(Duration.ZERO))
                .withMessageContaining("1 ms..365000 days")
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> spec.numPartitions(0))
                .withMessageContaining(">= 1, but is 0");
        try (BatchHarness harness = BatchHarness.create("interval")) {
            MapWithStateDStream<String, Long, String> stream = harness.stream(harness.<String>input())
                    .mapToPair(word -> Pair.of(word, 1L))
                    .mapWithState(spec.numPartitions(3));
            harness.collect(stream.checkpoint(Duration.ofMillis(1500)));
            assertThatIllegalArgumentException()
                    .isThrownBy(harness::start)
                    .withMessageContaining("1000 ms")
                    .withMessageContaining("PT1.5S");
        }
    }

    @Test
    void keepsTheOrderOfArrivalOfManyKeysOfManyKinds() {
        int keys = 9000;
        Map<String, List<Long>> seen = new java.util.concurrent.ConcurrentHashMap<>();
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            seen.computeIfAbsent(key, k -> new java.util.ArrayList<>()).add(value.orElseThrow());
            state.update(state.getOption().orElse(0L) + 1);
            return Optional.empty();
        }))) {
            for (long batch = 0; batch < 2; batch++) {
                for (long round = 0; round < 3; round++) {
                    for (int i = 0; i < keys; i++) {
                        job.input.add(Pair.of((i % 5 == 0 ? "a key that is not short " : "k") + i, 10 * batch + round));
                    }
                }
                job.run();
            }

            assertThat(seen)
                    .hasSize(keys)
                    .allSatisfy((key, values) -> assertThat(values).containsExactly(0L, 1L, 2L, 10L, 11L, 12L));
            assertThat(job.state()).hasSize(keys).containsEntry("k1", 6L);
        }
    }

    @Test
    void removesAKeyWhichThenStartsAnew() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            long count = state.getOption().orElse(0L) + 1;
            if (count < 3) {
                state.update(count);
            } else if (state.exists()) {
                state.remove();
            }
            return Optional.of(key + count + state.exists());
        }))) {
            job.run("a", "a", "a");
            job.run("a");

            assertThat(job.mapped.all()).containsExactly("a1true", "a2true", "a3false", "a1true");
            assertThat(job.snapshots.at(1000)).isEmpty();
            assertThat(job.state()).isEqualTo(Map.of("a", 1L));
        }
    }

    @Test
    void hasNoStateAfterRemoveAndMayRemoveWhatIsNotThere() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            state.remove();
            return Optional.of(key + state.exists() + state.getOption());
        }))) {
            job.run("a");
            job.run("a");

            assertThat(job.mapped.all()).containsExactly("afalseOptional.empty", "afalseOptional.empty");
            assertThat(job.state()).isEmpty();
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null is what it is about
    void takesNullForAState() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            boolean before = state.exists();
            state.update(null);
            return Optional.of(key + before + state.exists() + state.getOption() + state.get());
        }))) {
            job.run("a");
            job.run("a");

            assertThat(job.mapped.all()).containsExactly("afalsetrueOptional.emptynull", "atruetrueOptional.emptynull");
            assertThat(job.snapshots.last()).containsExactly(Pair.of("a", null));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null is what it is about
    void takesNullForAKeyAndForAValue() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function((time, key, value, state) -> {
            state.update(state.getOption().orElse(0L) + 1);
            return Optional.of(key + " " + value + state.isTimingOut());
        }))) {
            job.run(List.of(Pair.of(null, 1L), Pair.of("a", null), Pair.of(null, null)));

            assertThat(job.mapped.last())
                    .containsExactlyInAnyOrder(
                            "null Optional[1]false", "a Optional.emptyfalse", "null Optional.emptyfalse");
            assertThat(job.snapshots.last()).containsExactlyInAnyOrder(Pair.of(null, 2L), Pair.of("a", 1L));
        }
    }

    @Test
    @SuppressWarnings("NullAway") // a function may return what it must not
    void throwsWhatSparkThrows() {
        failsWith(NoSuchElementException.class, "The state is not set", (time, key, value, state) -> {
            if (key.equals("bad")) {
                state.get();
            }
            return Optional.empty();
        });
        failsWith(
                IllegalArgumentException.class,
                "A state that has been removed in the same call cannot be updated",
                (time, key, value, state) -> {
                    if (key.equals("bad")) {
                        state.remove();
                        state.update(5L);
                    }
                    return Optional.empty();
                });
        failsWith(
                IllegalArgumentException.class,
                "A state that has been removed in the same call cannot be removed",
                (time, key, value, state) -> {
                    if (key.equals("bad")) {
                        state.remove();
                        state.remove();
                    }
                    return Optional.empty();
                });
        failsWith(NullPointerException.class, "must return an Optional", (time, key, value, state) -> null);
    }

    private static void failsWith(
            Class<? extends Throwable> type, String message, StateFunction<String, Long, Long, String> function) {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(function))) {
            BatchInfo info = job.run("bad");

            assertThat(info.succeeded()).isFalse();
            assertThat(job.harness.events().failures())
                    .hasSize(2)
                    .allSatisfy(failure -> assertThat(failure)
                            .startsWith("states (MapWithStateJob.java:")
                            .contains(type.getName())
                            .contains(message));
        }
    }

    @Test
    void movesAtTheSlideOfAWindow() {
        try (BatchHarness harness = BatchHarness.create("window")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> mapped = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .window(Duration.ofSeconds(2), Duration.ofSeconds(2))
                    .mapWithState(StateSpec.function(timed()).timeout(Duration.ofSeconds(3))));
            harness.start();

            input.add("a");
            harness.runBatches(7);

            assertThat(mapped.times()).containsExactly(2000L, 4000L, 6000L);
            assertThat(mapped.at(2000)).containsExactly("a in 1");
            assertThat(mapped.at(6000)).containsExactly("a out 1");
        }
    }

    @Test
    void feedsOperatorsBehindItsMappedValuesAndItsSnapshots() {
        try (BatchHarness harness = BatchHarness.create("downstream")) {
            ScriptedInput<String> input = harness.input();
            MapWithStateDStream<String, Long, Pair<String, Long>> states = harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .mapWithState(StateSpec.function((time, key, value, state) -> {
                        long count = state.getOption().orElse(0L) + 1;
                        state.update(count);
                        return Optional.of(Pair.of(count % 2 == 0 ? "even" : "odd", count));
                    }));
            CollectedOutput<Pair<String, Long>> sums =
                    harness.collect(new io.millrace.stream.PairDStream<>(states).reduceByKey(Long::sum));
            CollectedOutput<Pair<String, Long>> same =
                    harness.collect(states.stateSnapshots().reduceByKey(Long::sum));
            CollectedOutput<Long> count =
                    harness.collect(states.stateSnapshots().count());
            harness.start();

            input.add("a", "a", "a", "b");
            harness.runBatch();

            assertThat(sums.last()).containsExactlyInAnyOrder(Pair.of("odd", 5L), Pair.of("even", 2L));
            assertThat(same.last()).containsExactlyInAnyOrder(Pair.of("a", 3L), Pair.of("b", 1L));
            assertThat(count.last()).containsExactly(2L);
        }
    }

    /** A state that is a record class has to be made known, as everything that crosses. */
    record Visits(long count, String last) {}

    @Test
    void keepsStatesOfTheUsersOwnTypes() {
        try (BatchHarness harness =
                BatchHarness.builder("types").register(Visits.class).build()) {
            ScriptedInput<String> input = harness.input();
            harness.collect(harness.stream(input, 0)
                    .mapToPair(word -> Pair.of(word.substring(0, 1), word))
                    .<Visits, String>mapWithState(StateSpec.function((time, key, value, state) -> {
                        long count = state.getOption().map(Visits::count).orElse(0L);
                        state.update(new Visits(count + 1, value.orElseThrow()));
                        return Optional.empty();
                    }))
                    .named("visits"));
            harness.start();

            input.add("anna", "bert", "alex");
            harness.runBatch();
            harness.crashExecutor(0);
            input.add("bill");
            harness.runBatch();

            assertThat(harness.<String, Visits>state("visits"))
                    .isEqualTo(Map.of("a", new Visits(2, "alex"), "b", new Visits(2, "bill")));
        }
    }
}
