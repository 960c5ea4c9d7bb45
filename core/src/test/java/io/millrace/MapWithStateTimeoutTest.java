// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static io.millrace.MapWithStateJob.timed;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.function.StateFunction;
import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.stream.MapWithStateDStream;
import io.millrace.stream.StateSpec;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When states per key time out, by our rule and by that of Spark. */
class MapWithStateTimeoutTest {

    @Test
    void timesOutInTheFirstBatchAfterExpiryAndInNoOther() {
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(timed()).timeout(Duration.ofMillis(2500)))) {
            job.run("a", "b");
            job.run("b");
            job.run();
            job.run();
            assertThat(job.mapped.at(3000)).isEmpty();
            assertThat(job.mapped.at(4000)).containsExactly("a out 1");
            assertThat(job.snapshots.at(4000)).containsExactly(Pair.of("b", 2L));

            job.run();
            job.run("a");
            job.harness.runBatches(4);

            assertThat(job.mapped.at(5000)).containsExactly("b out 2");
            assertThat(job.mapped.at(6000)).containsExactly("a in 1");
            assertThat(job.mapped.at(8000)).isEmpty();
            assertThat(job.mapped.at(9000)).containsExactly("a out 1");
            assertThat(job.mapped.at(10000)).isEmpty();
            assertThat(job.state()).isEmpty();
        }
    }

    @Test
    void timesOutWhenTheTimeIsUpExactly() {
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(timed()).timeout(Duration.ofSeconds(2)))) {
            job.run("a");
            job.harness.runBatches(2);

            assertThat(job.mapped.at(2000)).isEmpty();
            assertThat(job.mapped.at(3000)).containsExactly("a out 1");
        }
    }

    @Test
    void letsTheTimeOfInitialKeysBeginInTheFirstBatch() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(timed())
                .initialState(List.of(Pair.of("a", 1L), Pair.of("b", 7L)))
                .timeout(Duration.ofSeconds(2)))) {
            job.run();
            job.run("a");
            job.harness.runBatches(3);

            assertThat(job.snapshots.at(1000)).hasSize(2);
            assertThat(job.mapped.at(3000)).containsExactly("b out 7");
            assertThat(job.mapped.at(4000)).containsExactly("a out 2");
        }
    }

    @Test
    void refreshesAStateThatIsOnlyReadOrNotEvenThat() {
        StateFunction<String, Long, Long, String> once = (time, key, value, state) -> {
            if (state.isTimingOut()) {
                return Optional.of(key + " out");
            }
            if (!key.equals("ignored") && !state.exists()) {
                state.update(1L);
            }
            return Optional.empty();
        };
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(once)
                .initialState(List.of(Pair.of("ignored", 1L)))
                .timeout(Duration.ofSeconds(2)))) {
            for (int i = 0; i < 5; i++) {
                job.run("read", "ignored");
            }
            assertThat(job.mapped.all()).isEmpty();

            job.harness.runBatches(2);
            assertThat(job.mapped.at(7000)).containsExactlyInAnyOrder("read out", "ignored out");
        }
    }

    @Test
    void leavesWithoutTimeoutEverythingForEver() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(timed()))) {
            job.run("a");
            job.harness.runBatches(25);

            assertThat(job.mapped.all()).containsExactly("a in 1");
            assertThat(job.state()).isEqualTo(Map.of("a", 1L));
        }
    }

    @Test
    void makesTheLastCallAfterTheRecordsOfTheBatchAndNotForAKeyThatHasSome() {
        try (BatchHarness harness =
                BatchHarness.builder("after").set("partitions", 1).build()) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> mapped = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .mapWithState(StateSpec.function(timed()).timeout(Duration.ofSeconds(1))));
            harness.start();
            input.add("a", "b");
            harness.runBatch();

            input.add("c", "a");
            harness.runBatch();

            assertThat(mapped.last()).containsExactly("c in 1", "a in 2", "b out 1");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"BATCH_STARTED", "TASK_DONE", "CHANGES_STAGED", "BEFORE_OUTPUT", "AFTER_COMMIT"})
    void timesOutOnceWhenAnExecutorDiesInTheMiddleOfIt(CrashPoint point) {
        for (int executor = 0; executor < 2; executor++) {
            try (MapWithStateJob<String> job =
                    new MapWithStateJob<>(StateSpec.function(timed()).timeout(Duration.ofSeconds(2)))) {
                job.run("a", "b", "c", "d", "e");
                job.run("a");

                job.harness.crashWhen(point, executor);
                job.run();
                assertThat(job.harness.crashes()).isEqualTo(1);
                job.harness.runBatches(2);

                assertThat(job.mapped.at(3000)).containsExactlyInAnyOrder("b out 1", "c out 1", "d out 1", "e out 1");
                assertThat(job.mapped.at(4000)).containsExactly("a out 2");
                assertThat(job.mapped.at(5000)).isEmpty();
                assertThat(job.state()).isEmpty();
            }
        }
    }

    @Test
    void keepsStatesAndTimersWhenTheirOwnerDies() {
        try (MapWithStateJob<String> job =
                new MapWithStateJob<>(StateSpec.function(timed()).timeout(Duration.ofSeconds(3)))) {
            job.run("a", "b", "c", "d", "e");
            job.harness.crashExecutor(1);
            job.run("a", "b");
            job.harness.crashExecutor(0);
            job.run("a");
            assertThat(job.state()).isEqualTo(Map.of("a", 3L, "b", 2L, "c", 1L, "d", 1L, "e", 1L));
            job.harness.runBatches(3);

            assertThat(job.mapped.at(4000)).containsExactlyInAnyOrder("c out 1", "d out 1", "e out 1");
            assertThat(job.mapped.at(5000)).containsExactly("b out 2");
            assertThat(job.mapped.at(6000)).containsExactly("a out 3");
        }
    }

    @Test
    void sweepsAsSparkDoesOnlyInEveryTenthBatchCountedFromZeroTime() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(
                StateSpec.function(timed()).timeout(Duration.ofSeconds(4)).sparkTimeouts(), Duration.ofMillis(3500))) {
            for (int i = 1; i <= 4; i++) {
                job.run();
            }
            job.run("e5");
            job.run("f6");
            job.run("g7");
            job.harness.runBatches(13);

            assertThat(job.mapped.at(8000)).containsExactly("e5 in 1");
            assertThat(job.mapped.at(12000)).isEmpty();
            assertThat(job.mapped.at(13000)).containsExactly("e5 out 1");
            assertThat(job.mapped.at(22000)).isEmpty();
            assertThat(job.mapped.at(23000)).containsExactlyInAnyOrder("f6 out 1", "g7 out 1");
        }
    }

    @Test
    void sweepsAsSparkDoesAtTheCheckpointIntervalAndStrictly() {
        try (BatchHarness harness = BatchHarness.create("checkpoint")) {
            ScriptedInput<String> input = harness.input();
            MapWithStateDStream<String, Long, String> stream = harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .mapWithState(StateSpec.function(timed())
                            .timeout(Duration.ofSeconds(2))
                            .sparkTimeouts())
                    .checkpoint(Duration.ofSeconds(2));
            CollectedOutput<String> mapped = harness.collect(stream);
            harness.start();

            input.add("a", "b");
            harness.runBatch();
            input.add("a");
            harness.runBatches(2);
            input.add("c");
            harness.runBatch();
            input.add("a");
            harness.runBatches(4);

            assertThat(mapped.at(4000)).containsExactlyInAnyOrder("c in 1", "b out 1");
            assertThat(mapped.at(5000)).containsExactly("a in 3");
            assertThat(mapped.at(6000)).isEmpty();
            assertThat(mapped.at(8000)).containsExactlyInAnyOrder("a out 3", "c out 1");
        }
    }

    @Test
    void sparesAsSparkDoesAKeyThatHasARecordInTheSweepingBatch() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(
                StateSpec.function(timed()).timeout(Duration.ofSeconds(2)).sparkTimeouts())) {
            job.run("a", "b");
            job.harness.runBatches(8);
            job.run("a");

            assertThat(job.mapped.at(10000)).containsExactlyInAnyOrder("a in 2", "b out 1");
        }
    }

    @Test
    void countsAsSparkDoesInitialKeysAsUpdatedInTheFirstBatch() {
        try (MapWithStateJob<String> job = new MapWithStateJob<>(StateSpec.function(timed())
                .initialState(List.of(Pair.of("b", 2L)))
                .timeout(Duration.ofSeconds(9))
                .sparkTimeouts())) {
            job.harness.runBatches(20);

            assertThat(job.mapped.at(10000)).isEmpty();
            assertThat(job.mapped.at(20000)).containsExactly("b out 2");
        }
    }
}
