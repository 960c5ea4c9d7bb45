// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.Pair;
import io.millrace.operator.TransactionalOutput;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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

    @Test
    void givesAnOutputTheFirstRecordsAfterBatchesThatLeaveNoTrace() {
        List<String> commits = new ArrayList<>();
        try (BatchHarness harness = harness(Instant.EPOCH)) {
            ScriptedInput<String> words = harness.input();
            harness.stream(words).output(new Markers(commits));
            harness.start();
            harness.runBatches(2);
            words.add("blue");
            harness.runBatch();
            harness.runBatch();
            words.add("green");
            harness.runBatch();
        }
        assertThat(commits).containsExactly("1 [blue]", "2 [green]");
    }

    /** Keeps each batch once by its number, as a table with a marker per batch does. */
    private record Markers(List<String> commits) implements TransactionalOutput<String> {
        @Override
        public String kind() {
            return "markers";
        }

        @Override
        public OptionalLong claim(OutputClaim claim) {
            return OptionalLong.empty();
        }

        @Override
        public boolean commit(OutputCommit commit, List<String> records) {
            if (commits.stream().anyMatch(there -> there.startsWith(commit.batch() + " "))) {
                return false;
            }
            return commits.add(commit.batch() + " " + records);
        }

        @Override
        public void write(BatchTime time, List<String> records) {
            throw new IllegalStateException("the job is logged");
        }
    }

    private static CollectedOutput<Pair<String, Long>> totals(BatchHarness harness, ScriptedInput<String> words) {
        return harness.collect(harness.stream(words)
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((values, total) -> java.util.Optional.of(total.orElse(0L)
                        + values.stream().mapToLong(Long::longValue).sum())));
    }
}
