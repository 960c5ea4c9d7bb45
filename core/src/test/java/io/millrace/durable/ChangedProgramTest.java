// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.CheckpointCheck;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.CrashingStorage;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a changed program makes of a checkpoint: it goes on, or is refused with the reason; the dry run says the same as the start. */
class ChangedProgramTest {

    private final CrashingStorage disk = new CrashingStorage();

    /** A program with the inputs {@code words} and {@code numbers}. */
    private static final class Program {
        private final BatchHarness harness;
        private final ScriptedInput<String> words;
        private final ScriptedInput<Long> numbers;

        Program(BatchHarness harness) {
            this.harness = harness;
            this.words = harness.input();
            this.numbers = harness.input();
        }

        DStream<String> words(String name) {
            return harness.stream(words).named(name);
        }

        DStream<String> third() {
            return harness.stream(harness.<String>input()).named("third");
        }

        DStream<Long> numbers() {
            return harness.stream(numbers).named("numbers");
        }

        PairDStream<String, Long> totals(DStream<String> stream, String name) {
            return stream.mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L)
                            + values.stream().mapToLong(Long::longValue).sum()))
                    .named(name);
        }

        PairDStream<String, Long> sums(DStream<Long> stream, String name) {
            return stream.mapToPair(number -> Pair.of("all", number))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L)
                            + values.stream().mapToLong(Long::longValue).sum()))
                    .named(name);
        }

        CollectedOutput<Pair<String, Long>> base() {
            CollectedOutput<Pair<String, Long>> output = harness.collect(totals(words("words"), "totals"));
            harness.collect(sums(numbers(), "sums"));
            return output;
        }
    }

    /** What becomes of a program; the output is that of the totals, if there is one. */
    interface Definition {
        CollectedOutput<Pair<String, Long>> of(Program program);
    }

    /**
     * An edit of the base program.
     *
     * @param refusal a part of the reason; empty if it is accepted
     * @param line a line of the dry run
     */
    record Edit(
            String name,
            UnaryOperator<BatchHarnessBuilder> options,
            Definition definition,
            String refusal,
            String line) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final Map<String, Long> WITH_WHAT_WAITED = Map.of("blue", 3L, "green", 1L);

    private static Edit accepted(String name, Definition definition, String line) {
        return new Edit(name, options -> options, definition, "", line);
    }

    private static Edit accepted(
            String name, UnaryOperator<BatchHarnessBuilder> options, Definition definition, String line) {
        return new Edit(name, options, definition, "", line);
    }

    private static Edit refused(String name, Definition definition, String refusal) {
        return new Edit(name, options -> options, definition, refusal, "! ");
    }

    private static Edit refused(
            String name, UnaryOperator<BatchHarnessBuilder> options, Definition definition, String refusal) {
        return new Edit(name, options, definition, refusal, "! ");
    }

    static Stream<Edit> edits() {
        return Stream.of(
                accepted("nothing changed", Program::base, "= totals: state, "),
                accepted(
                        "another function",
                        p -> {
                            var output =
                                    p.harness.collect(p.totals(p.words("words").map(word -> word + ""), "totals"));
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return output;
                        },
                        "= totals: state, "),
                accepted(
                        "an operator without state more",
                        p -> {
                            var output = p.harness.collect(
                                    p.totals(p.words("words").filter(word -> !word.isEmpty()), "totals"));
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return output;
                        },
                        "= words: input, 1 blocks wait"),
                accepted(
                        "an operator with state more",
                        p -> {
                            var words = p.words("words");
                            p.harness.collect(p.totals(words, "again"));
                            var output = p.harness.collect(p.totals(words, "totals"));
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return output;
                        },
                        "+ again: state, starts empty"),
                accepted(
                        "operators in another order",
                        p -> {
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return p.harness.collect(p.totals(p.words("words"), "totals"));
                        },
                        "= sums: state, "),
                accepted(
                        "an output more",
                        p -> {
                            var output = p.base();
                            p.harness.collect(p.third().map(word -> 1L));
                            return output;
                        },
                        "+ third: input, starts empty"),
                accepted(
                        "an input and an output less, which have nothing left",
                        options -> options.options(job -> job.dropOperator("sums")),
                        p -> p.harness.collect(p.totals(p.words("words"), "totals")),
                        "- numbers: input, nothing, is missing"),
                accepted(
                        "an interval that nothing counts by",
                        options -> options.batchInterval(Duration.ofMillis(500)),
                        Program::base,
                        "interval 1000 ms would be 500 ms"),
                accepted(
                        "more executors and as many partitions",
                        options -> options.executors(3).set("partitions", 4),
                        Program::base,
                        "partitions 4"),
                accepted(
                        "state renamed",
                        options -> options.options(job -> job.renameOperator("totals", "counts")),
                        p -> {
                            var output = p.harness.collect(p.totals(p.words("words"), "counts"));
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return output;
                        },
                        "> totals is now counts: state, "),
                accepted(
                        "input renamed",
                        options -> options.options(job -> job.renameOperator("words", "lines")),
                        p -> {
                            var output = p.harness.collect(p.totals(p.words("lines"), "totals"));
                            p.harness.collect(p.sums(p.numbers(), "sums"));
                            return output;
                        },
                        "> words is now lines: input, 1 blocks wait"),
                refused(
                        "state is gone",
                        p -> {
                            p.harness.collect(p.words("words"));
                            return p.harness.collect(p.sums(p.numbers(), "sums"));
                        },
                        "there is state of the operator 'totals', which the program does not have"),
                refused(
                        "state has another name",
                        p -> {
                            p.harness.collect(p.totals(p.words("words"), "counts"));
                            return p.harness.collect(p.sums(p.numbers(), "sums"));
                        },
                        "there is state of the operator 'totals'"),
                refused(
                        "an input is gone that has blocks waiting",
                        options -> options.options(job -> job.dropOperator("totals")),
                        p -> p.harness.collect(p.sums(p.numbers(), "sums")),
                        "blocks of the input 'words' wait, which the program does not have"),
                refused(
                        "the name is that of another kind",
                        p -> {
                            p.harness.collect(p.words("words").map(word -> word).named("totals"));
                            return p.harness.collect(p.sums(p.numbers(), "sums"));
                        },
                        "'totals' is now an operator without state, and 'totals' was an operator with state"),
                refused(
                        "two become one",
                        options -> options.options(job -> job.renameOperator("sums", "totals")),
                        p -> p.harness.collect(p.totals(p.words("words"), "totals")),
                        "'totals' and 'sums' would both be 'totals'"),
                refused(
                        "dropped and still there",
                        options -> options.options(job -> job.dropOperator("totals")),
                        Program::base,
                        "'totals' is to be dropped, and the program has it"),
                refused(
                        "renamed and still there",
                        options -> options.options(job -> job.renameOperator("totals", "sums")),
                        Program::base,
                        "and the program still has a 'totals'"),
                refused(
                        "renamed to nothing",
                        options -> options.options(job -> job.renameOperator("totals", "total")),
                        Program::base,
                        "is to be called 'total' now, which the program does not have"),
                refused(
                        "state migrated that is not there",
                        options -> options.options(job -> job.migrateState("total", (key, value) -> value)),
                        Program::base,
                        "the state of 'total' is to be migrated, and the program has no such state"),
                refused(
                        "a migration that fails",
                        options -> options.options(job -> job.migrateState("totals", (key, value) -> {
                            throw new IllegalArgumentException("no " + key);
                        })),
                        Program::base,
                        "the state of the operator 'totals' cannot be migrated: no "),
                refused(
                        "other partitions",
                        options -> options.set("partitions", 6),
                        Program::base,
                        "there is state in 4 partitions, and this job would have 6: set millrace.partitions = 4"),
                refused(
                        "another interval, and a window",
                        options -> options.batchInterval(Duration.ofMillis(500)),
                        p -> {
                            var output = p.base();
                            p.harness.collect(p.third().window(Duration.ofSeconds(2)));
                            return output;
                        },
                        "counts in batches of 500 ms, and the batches in the checkpoint are of 1000 ms"));
    }

    private BatchHarnessBuilder builder(Instant start) {
        return BatchHarness.builder("job").startAt(start).checkpoint(disk);
    }

    /** Two batches, and words that wait. */
    private void runBase() {
        try (BatchHarness harness = builder(Instant.EPOCH).build()) {
            Program program = new Program(harness);
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
    @MethodSource("edits")
    void acceptsOrRefusesAnEditAndTheDryRunSaysTheSame(Edit edit) {
        runBase();
        try (BatchHarness harness =
                edit.options().apply(builder(Instant.ofEpochSecond(100))).build()) {
            CollectedOutput<Pair<String, Long>> output = edit.definition().of(new Program(harness));

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
            CollectedOutput<Pair<String, Long>> output = new Program(harness).base();
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
            Program program = new Program(harness);
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
                Program program = new Program(harness);
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
            Program program = new Program(harness);
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
            new Program(harness).base();
            assertThat(harness.context().checkCheckpoint().describe())
                    .contains("belongs to the job 'job', and this is 'other'");
            assertThatThrownBy(harness::start)
                    .hasMessageContaining("it belongs to the job 'job', and 'other' wants it");
        }
    }

    // ---- classes of records ----

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

    @Test
    void checksAnEmptyDirectoryAndChangesNothing() throws java.io.IOException {
        try (BatchHarness harness = builder(Instant.EPOCH).build()) {
            new Program(harness).base();
            assertThat(harness.context().checkCheckpoint().describe()).contains("is empty: the job begins anew");
            assertThat(disk.list("")).isEmpty();
            harness.start();
            assertThatThrownBy(() -> harness.context().checkCheckpoint())
                    .hasMessageContaining("A checkpoint is checked before the start");
        }
    }
}
