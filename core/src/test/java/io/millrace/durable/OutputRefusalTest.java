// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.StreamingContext;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputRefusedException;
import io.millrace.operator.Pair;
import io.millrace.operator.TransactionalOutput;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** An output that says never is not asked for ever: the job ends, and its next run begins with what was refused. */
class OutputRefusalTest {

    private final CrashingStorage disk = new CrashingStorage();
    private final Place place = new Place();

    private BatchHarness harness(Instant start) {
        return BatchHarness.builder("words").startAt(start).checkpoint(disk).build();
    }

    private static ScriptedInput<String> totalsTo(Place place, BatchHarness harness) {
        ScriptedInput<String> words = harness.input();
        harness.stream(words)
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L) + values.size()))
                .named("totals")
                .output(place);
        return words;
    }

    @Test
    void endsTheJobWithTheReasonAndLosesNothing() {
        try (BatchHarness first = harness(Instant.EPOCH)) {
            ScriptedInput<String> words = totalsTo(place, first);
            first.start();
            words.add("blue");
            first.runBatch();
            place.refuses = true;
            words.add("blue", "blue");

            assertThatThrownBy(first::runBatch).isInstanceOf(AssertionError.class);

            assertThat(first.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            assertThat(first.context().stop().toCompletableFuture())
                    .isCompletedExceptionally()
                    .failsWithin(Duration.ZERO)
                    .withThrowableThat()
                    .withMessageContaining("failed in batch 2000 ms")
                    .withMessageContaining("the column is too short")
                    .withMessageContaining("stands in the log as 2");
            assertThat(place.calls).as("it is not asked again").isEqualTo(2);
        }
        place.refuses = false;
        try (BatchHarness second = harness(Instant.ofEpochSecond(100))) {
            ScriptedInput<String> words = totalsTo(place, second);
            second.start();
            words.add("blue");
            second.runBatch();
        }
        assertThat(place.batches).startsWith("1 [(blue,1)]", "2 [(blue,3)]");
        assertThat(place.batches.get(place.batches.size() - 1)).endsWith("[(blue,4)]");
    }

    @Test
    void refusesAgainAfterARestartAsLongAsNothingHasChanged() {
        place.refuses = true;
        for (int run = 1; run <= 3; run++) {
            try (BatchHarness harness = harness(Instant.ofEpochSecond(run * 100L))) {
                ScriptedInput<String> words = totalsTo(place, harness);
                harness.start();
                if (run == 1) {
                    words.add("blue");
                }
                assertThatThrownBy(harness::runBatch).isInstanceOf(AssertionError.class);
                assertThat(harness.context().state()).isEqualTo(StreamingContext.State.STOPPED);
            }
            assertThat(place.calls).isEqualTo(run);
        }
        assertThat(place.batches).isEmpty();
    }

    @Test
    void isAskedAgainAfterAnyOtherFailure() {
        place.isAway = 3;
        try (BatchHarness harness = harness(Instant.EPOCH)) {
            ScriptedInput<String> words = totalsTo(place, harness);
            harness.start();
            words.add("blue");
            harness.runBatch();
        }
        assertThat(place.calls).isEqualTo(4);
        assertThat(place.batches).containsExactly("1 [(blue,1)]");
    }

    @Test
    void isAskedNoMoreWhenTheJobHasEnded() {
        place.isAway = Integer.MAX_VALUE;
        try (BatchHarness harness = harness(Instant.EPOCH)) {
            ScriptedInput<String> words = totalsTo(place, harness);
            harness.start();
            words.add("blue");
            harness.advance(Duration.ofSeconds(5));
            harness.stop(false);
            int calls = place.calls;
            assertThat(calls).isPositive();

            harness.advance(Duration.ofMinutes(1));

            assertThat(place.calls).isEqualTo(calls);
        }
    }

    /** Where batches are written to, each once. */
    private static final class Place implements TransactionalOutput<Pair<String, Long>> {
        private final List<String> batches = new ArrayList<>();
        private boolean refuses;
        private int isAway;
        private int calls;

        @Override
        public String kind() {
            return "place";
        }

        @Override
        public OptionalLong claim(OutputClaim claim) {
            return OptionalLong.empty();
        }

        @Override
        public boolean commit(OutputCommit commit, List<Pair<String, Long>> records)
                throws IOException, OutputRefusedException {
            calls++;
            if (refuses) {
                throw new OutputRefusedException("the column is too short");
            }
            if (isAway-- > 0) {
                throw new IOException("connection refused");
            }
            if (batches.stream().anyMatch(there -> there.startsWith(commit.batch() + " "))) {
                return false;
            }
            return batches.add(commit.batch() + " " + records);
        }

        @Override
        public void write(BatchTime time, List<Pair<String, Long>> records) {
            throw new IllegalStateException("the job is logged");
        }
    }
}
