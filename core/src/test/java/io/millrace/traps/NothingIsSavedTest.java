// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.traps;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Programs are not written anywhere and state lives in several executors; outputs see each batch once. */
class NothingIsSavedTest {

    /** What Java cannot serialise, as most of what lambdas hold. */
    private static final class Lookup {
        private final String prefix = "known ";

        String of(String word) {
            return prefix + word;
        }
    }

    @Test
    void functionsMayHoldWhatCannotBeSerialised() {
        Lookup lookup = new Lookup();
        try (BatchHarness harness = BatchHarness.create("closures")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Integer>> out = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(lookup.of(word), 1))
                    .<Integer>updateStateByKey((values, before) -> Optional.of(before.orElse(0) + values.size())));
            harness.start();

            input.add("a");
            harness.runBatch();

            assertThat(out.last()).containsExactly(Pair.of("known a", 1));
        }
    }

    @Test
    void stateAndWindowsSurviveEveryExecutorOneAfterTheOther() {
        try (BatchHarness harness = BatchHarness.create("survive")) {
            ScriptedInput<String> input = harness.input();
            var ones = harness.stream(input).mapToPair(word -> Pair.of(word, 1));
            CollectedOutput<Pair<String, Integer>> totals = harness.collect(
                    ones.<Integer>updateStateByKey((values, before) -> Optional.of(before.orElse(0) + values.size())));
            CollectedOutput<Pair<String, Integer>> windows =
                    harness.collect(ones.reduceByKeyAndWindow(Integer::sum, Duration.ofSeconds(10)));
            harness.start();

            for (int life = 0; life < 4; life++) {
                input.add("a");
                harness.runBatch();
                harness.crashExecutor(life % 2);
            }
            harness.runBatch();

            assertThat(totals.last()).containsExactly(Pair.of("a", 4));
            assertThat(windows.last()).containsExactly(Pair.of("a", 4));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CrashPoint.class,
            names = {"STATE_INSTALLED"},
            mode = EnumSource.Mode.EXCLUDE)
    void anOutputIsCalledOncePerBatchTimeWhereverAnExecutorDies(CrashPoint point) {
        for (int executor = 0; executor < 2; executor++) {
            List<String> calls = new ArrayList<>();
            try (BatchHarness harness = BatchHarness.create("once")) {
                ScriptedInput<String> input = harness.input();
                harness.stream(input)
                        .mapToPair(word -> Pair.of(word, 1))
                        .<Integer>updateStateByKey((values, before) -> Optional.of(before.orElse(0) + values.size()))
                        .foreachBatch((time, counts) -> calls.add(time + " " + counts));
                harness.start();

                input.add("a");
                harness.runBatch();
                harness.crashWhen(point, executor);
                harness.settle();
                input.add("b", "c");
                harness.runBatches(3);

                assertThat(harness.crashes()).isEqualTo(1);
                assertThat(calls)
                        .extracting(call -> call.substring(0, 7))
                        .containsExactly("1000 ms", "2000 ms", "3000 ms", "4000 ms");
            }
        }
    }

    @Test
    void anOutputThatFailsIsNotCalledAgainForItsBatch() {
        List<String> calls = new ArrayList<>();
        try (BatchHarness harness = BatchHarness.create("fails")) {
            ScriptedInput<String> input = harness.input();
            harness.stream(input).foreachBatch((time, words) -> {
                calls.add(time + " " + words);
                if (time.millis() == 1000) {
                    throw new IllegalStateException("down");
                }
            });
            harness.start();

            input.add("a");
            harness.runBatch();
            input.add("b");
            harness.runBatch();

            assertThat(calls).containsExactly("1000 ms [a]", "2000 ms [b]");
        }
    }
}
