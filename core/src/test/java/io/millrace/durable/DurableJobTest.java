// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A job with a checkpoint goes on in a later run as if nothing had happened. */
class DurableJobTest {

    private final CrashingStorage disk = new CrashingStorage();

    private BatchHarness harness(Instant start) {
        return BatchHarness.builder("words").startAt(start).checkpoint(disk).build();
    }

    @Test
    void goesOnWithTheStateOfTheRunBefore() {
        try (BatchHarness first = harness(Instant.EPOCH)) {
            ScriptedInput<String> words = first.input();
            CollectedOutput<Pair<String, Long>> totals = totals(first, words);
            first.start();
            words.add("blue", "blue", "green");
            first.runBatch();
            words.add("blue");
            first.runBatch();
            assertThat(totals.at(2000)).containsExactlyInAnyOrder(Pair.of("blue", 3L), Pair.of("green", 1L));
        }
        try (BatchHarness second = harness(Instant.ofEpochSecond(100))) {
            ScriptedInput<String> words = second.input();
            CollectedOutput<Pair<String, Long>> totals = totals(second, words);
            second.start();
            words.add("green");
            second.runBatch();
            assertThat(totals.at(101_000)).containsExactlyInAnyOrder(Pair.of("blue", 3L), Pair.of("green", 2L));
        }
    }

    private static CollectedOutput<Pair<String, Long>> totals(BatchHarness harness, ScriptedInput<String> words) {
        return harness.collect(harness.stream(words)
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((values, total) -> java.util.Optional.of(total.orElse(0L)
                        + values.stream().mapToLong(Long::longValue).sum())));
    }
}
