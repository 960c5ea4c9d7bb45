// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.CheckpointCheck;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of state in records of a class that a changed program has written otherwise. */
class ChangedRecordsTest {

    private final CrashingStorage disk = new CrashingStorage();

    private BatchHarnessBuilder builder(Instant start) {
        return BatchHarness.builder("job").startAt(start).checkpoint(disk);
    }

    record Before() {
        record Count(long number, String last) {}
    }

    record Swapped() {
        record Count(String last, long number) {}
    }

    record Narrowed() {
        record Count(int number, String last) {}
    }

    record Longer() {
        record Count(long number, String last, boolean seen) {}
    }

    record Renamed() {
        record Count(long times, String last) {}
    }

    private void runWithCounts() {
        try (BatchHarness harness =
                builder(Instant.EPOCH).register(Before.Count.class).build()) {
            ScriptedInput<String> words = harness.input();
            harness.collect(harness.stream(words)
                    .mapToPair(word -> Pair.of(word, word))
                    .<Before.Count>updateStateByKey((values, count) -> Optional.of(new Before.Count(7, "x")))
                    .named("counts"));
            harness.start();
            words.add("blue");
            harness.runBatch();
        }
    }

    private <T> BatchHarness withCounts(List<Class<?>> types) {
        BatchHarnessBuilder builder = builder(Instant.ofEpochSecond(100));
        types.forEach(builder::register);
        BatchHarness harness = builder.build();
        ScriptedInput<String> words = harness.input();
        harness.collect(harness.stream(words)
                .mapToPair(word -> Pair.of(word, word))
                .<T>updateStateByKey((values, count) -> count)
                .named("counts"));
        return harness;
    }

    static Stream<List<Class<?>>> changedRecords() {
        return Stream.of(
                List.of(), List.of(Swapped.Count.class), List.of(Narrowed.Count.class), List.of(Longer.Count.class));
    }

    @ParameterizedTest
    @MethodSource("changedRecords")
    void refusesStateOfARecordThatIsNotRegisteredOrWouldBeMisread(List<Class<?>> types) {
        runWithCounts();
        try (BatchHarness harness = withCounts(types)) {
            CheckpointCheck check = harness.context().checkCheckpoint();

            assertThat(check.canGoOn()).isFalse();
            assertThat(check.describe())
                    .contains("! the state of the operator 'counts' cannot be read: ")
                    .contains("Count");
            assertThatThrownBy(harness::start)
                    .hasMessageContaining("the state of the operator 'counts' cannot be read: ")
                    .hasMessageContaining("Count");
        }
    }

    @Test
    void readsARecordWhoseComponentHasANewName() {
        runWithCounts();
        try (BatchHarness harness = withCounts(List.of(Renamed.Count.class))) {
            assertThat(harness.context().checkCheckpoint().canGoOn()).isTrue();
            harness.start();
            harness.runBatch();
            assertThat(harness.<String, Renamed.Count>state("counts"))
                    .isEqualTo(Map.of("blue", new Renamed.Count(7, "x")));
        }
    }
}
