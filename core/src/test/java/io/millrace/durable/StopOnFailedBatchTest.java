// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.BatchFailedException;
import io.millrace.StreamingContext;
import io.millrace.function.MapFunction;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** With {@code stop-on-failed-batch}, a function that throws ends the job before anything of the batch counts. */
class StopOnFailedBatchTest {

    private static final MapFunction<String, String> BROKEN = word -> {
        if (word.equals("bad")) {
            throw new ArithmeticException("a test");
        }
        return word;
    };

    private final CrashingStorage disk = new CrashingStorage();

    /** Counts words; the words of a failed batch that come before and beside the bad one are counted in another operator, too. */
    private static final class Job {
        private final ScriptedInput<String> words;
        private final CollectedOutput<Pair<String, Long>> all;
        private final CollectedOutput<Pair<String, Long>> checked;

        Job(BatchHarness harness, MapFunction<String, String> check) {
            words = harness.input();
            var stream = harness.stream(words).named("words");
            all = harness.collect(stream.mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L) + values.size()))
                    .named("all"));
            checked = harness.collect(stream.map(check)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L) + values.size()))
                    .named("checked"));
            harness.start();
        }
    }

    private static BatchHarnessBuilder builder() {
        return BatchHarness.builder("words").set("stop-on-failed-batch", true);
    }

    @Test
    void theBatchRunsAgainWhenTheRepairedProgramIsStarted() {
        try (BatchHarness first = builder().checkpoint(disk).build()) {
            Job job = new Job(first, BROKEN);
            job.words.add("good");
            first.runBatch();
            job.words.add("good", "bad", "good");

            assertThatThrownBy(first::runBatch).isInstanceOf(AssertionError.class);

            assertThat(first.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            assertThatThrownBy(() -> first.context().awaitTermination(Duration.ZERO))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageContaining("bad")
                    .hasRootCauseInstanceOf(ArithmeticException.class);
            assertThat(first.context().stop().toCompletableFuture())
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("The batch 2000 ms has failed, and nothing of it counts; it is run again");
            assertThat(job.all.batches()).hasSize(1);
            assertThat(job.checked.batches()).hasSize(1);
        }
        try (BatchHarness second =
                builder().startAt(Instant.ofEpochSecond(100)).checkpoint(disk).build()) {
            Job job = new Job(second, word -> word);
            job.words.add("good");
            second.runUntil(() -> job.all.batches().size() >= 2);
            second.runBatch();

            assertThat(job.all.at(2000)).containsExactlyInAnyOrder(Pair.of("good", 3L), Pair.of("bad", 1L));
            assertThat(job.checked.at(2000)).containsExactlyInAnyOrder(Pair.of("good", 3L), Pair.of("bad", 1L));
            assertThat(second.<String, Long>state("checked")).containsEntry("good", 4L);
        }
    }

    @Test
    void itFailsAgainAsLongAsNothingHasChanged() {
        for (int run = 0; run < 3; run++) {
            try (BatchHarness harness = builder()
                    .startAt(Instant.ofEpochSecond(run * 100L))
                    .checkpoint(disk)
                    .build()) {
                Job job = new Job(harness, BROKEN);
                if (run == 0) {
                    job.words.add("bad");
                }
                assertThatThrownBy(harness::runBatch).isInstanceOf(AssertionError.class);
                assertThat(harness.context().state()).isEqualTo(StreamingContext.State.STOPPED);
                assertThat(job.all.batches()).isEmpty();
            }
        }
    }

    @Test
    void withoutACheckpointTheJobEndsAsWell() {
        try (BatchHarness harness = builder().build()) {
            Job job = new Job(harness, BROKEN);
            job.words.add("bad");
            assertThatThrownBy(harness::runBatch).isInstanceOf(AssertionError.class);

            assertThat(harness.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            assertThat(job.all.batches()).isEqualTo(List.of());
        }
    }
}
