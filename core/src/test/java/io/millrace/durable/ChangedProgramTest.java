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
import io.millrace.testkit.CollectedOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a changed program makes of a checkpoint: it goes on, or is refused with the reason; the dry run says the same as the start. */
class ChangedProgramTest {

    private final CrashingStorage disk = new CrashingStorage();

    private static final Map<String, Long> WITH_WHAT_WAITED = Map.of("blue", 3L, "green", 1L);

    private BatchHarnessBuilder builder(Instant start) {
        return BatchHarness.builder("job").startAt(start).checkpoint(disk);
    }

    /** Two batches, and words that wait. */
    private void runBase() {
        try (BatchHarness harness = builder(Instant.EPOCH).build()) {
            ProgramEdits.Program program = new ProgramEdits.Program(harness);
            program.base();
            harness.start();
            program.words.add("blue", "green");
            program.numbers.add(3L);
            harness.runBatch();
            program.words.add("blue");
            harness.runBatch();
            program.words.add("blue");
            harness.advance(Duration.ofMillis(300));
        }
    }

    @ParameterizedTest
    @MethodSource("io.millrace.durable.ProgramEdits#edits")
    void acceptsOrRefusesAnEditAndTheDryRunSaysTheSame(ProgramEdits.Edit edit) {
        runBase();
        try (BatchHarness harness =
                edit.options().apply(builder(Instant.ofEpochSecond(100))).build()) {
            CollectedOutput<Pair<String, Long>> output = edit.definition().of(new ProgramEdits.Program(harness));

            CheckpointCheck check = harness.context().checkCheckpoint();

            assertThat(check.describe()).contains("job job, after batch 2").contains(edit.line());
            assertThat(check.canGoOn())
                    .as(check.describe())
                    .isEqualTo(edit.refusal().isEmpty());
            if (edit.refusal().isEmpty()) {
                harness.start();
                harness.runBatch();
                Map<String, Long> totals = new TreeMap<>();
                output.last().forEach(pair -> totals.put(pair.key(), pair.value()));
                assertThat(totals).isEqualTo(WITH_WHAT_WAITED);
            } else {
                assertThat(check.describe()).contains(edit.refusal());
                assertThatThrownBy(harness::start)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining(edit.refusal());
            }
        }
        if (!edit.refusal().isEmpty()) {
            baseGoesOn();
        }
    }

    /** A refusal has changed nothing that counts. */
    private void baseGoesOn() {
        try (BatchHarness harness = builder(Instant.ofEpochSecond(200)).build()) {
            CollectedOutput<Pair<String, Long>> output = new ProgramEdits.Program(harness).base();
            harness.start();
            harness.runBatch();
            assertThat(output.last()).containsExactlyInAnyOrder(Pair.of("blue", 3L), Pair.of("green", 1L));
        }
    }

    @Test
    void migratesEveryValueOfTheState() {
        runBase();
        try (BatchHarness harness = builder(Instant.ofEpochSecond(100))
                .options(job -> job.migrateState("totals", (key, value) -> "n" + value))
                .build()) {
            ProgramEdits.Program program = new ProgramEdits.Program(harness);
            CollectedOutput<Pair<String, String>> output = harness.collect(program.words("words")
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<String>updateStateByKey((values, before) ->
                            values.isEmpty() ? before : Optional.of(before.orElse("new") + "+" + values.size()))
                    .named("totals"));
            harness.collect(program.sums(program.numbers(), "sums"));
            assertThat(harness.context().checkCheckpoint().describe()).contains(", migrated");
            harness.start();
            harness.runBatch();
            assertThat(output.last()).containsExactlyInAnyOrder(Pair.of("blue", "n2+1"), Pair.of("green", "n1"));
        }
    }

    /** What was made by the run before is not made once more, and what that run did not touch is still as the first one left it. */
    @Test
    void givesAMigrationItsOwnResultsAtTheNextStart() {
        runBase();
        for (int run = 1; run <= 3; run++) {
            List<Object> given = new ArrayList<>();
            try (BatchHarness harness = builder(Instant.ofEpochSecond(run * 100L))
                    .options(job -> job.migrateState("totals", (key, value) -> {
                        given.add(value);
                        return value instanceof Long count ? "n" + count : value;
                    }))
                    .build()) {
                ProgramEdits.Program program = new ProgramEdits.Program(harness);
                CollectedOutput<Pair<String, String>> output = harness.collect(program.words("words")
                        .mapToPair(word -> Pair.of(word, 1L))
                        .<String>updateStateByKey((values, before) ->
                                values.isEmpty() ? before : Optional.of(before.orElse("new") + "+" + values.size()))
                        .named("totals"));
                harness.collect(program.sums(program.numbers(), "sums"));
                harness.start();
                if (run > 1) { // the first one has the block that waits
                    program.words.add("blue");
                }
                harness.runBatch();
                assertThat(output.last())
                        .as("run %s", run)
                        .containsExactlyInAnyOrder(Pair.of("blue", "n2" + "+1".repeat(run)), Pair.of("green", "n1"));
                assertThat(given).as("run %s", run).contains(run == 1 ? 2L : "n2" + "+1".repeat(run - 1));
            }
        }
    }

    @Test
    void forgetsTheWaitingBlocksAndTheStateOfWhatIsDropped() {
        runBase();
        try (BatchHarness harness = builder(Instant.ofEpochSecond(100))
                .options(job -> job.dropOperator("words").dropOperator("totals"))
                .build()) {
            ProgramEdits.Program program = new ProgramEdits.Program(harness);
            CollectedOutput<Pair<String, Long>> sums = harness.collect(program.sums(program.numbers(), "sums"));
            harness.start();
            program.numbers.add(4L);
            harness.runBatch();
            assertThat(sums.last()).containsExactly(Pair.of("all", 7L));
        }
    }

    @Test
    void refusesTheDirectoryOfAnotherJob() {
        runBase();
        try (BatchHarness harness =
                BatchHarness.builder("other").checkpoint(disk).build()) {
            new ProgramEdits.Program(harness).base();
            assertThat(harness.context().checkCheckpoint().describe())
                    .contains("belongs to the job 'job', and this is 'other'");
            assertThatThrownBy(harness::start)
                    .hasMessageContaining("it belongs to the job 'job', and 'other' wants it");
        }
    }

    @Test
    void checksAnEmptyDirectoryAndChangesNothing() throws java.io.IOException {
        try (BatchHarness harness = builder(Instant.EPOCH).build()) {
            new ProgramEdits.Program(harness).base();
            assertThat(harness.context().checkCheckpoint().describe()).contains("is empty: the job begins anew");
            assertThat(disk.list("")).isEmpty();
            harness.start();
            assertThatThrownBy(() -> harness.context().checkCheckpoint())
                    .hasMessageContaining("A checkpoint is checked before the start");
        }
    }
}
