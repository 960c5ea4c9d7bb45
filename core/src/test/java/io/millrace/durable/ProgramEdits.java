// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.stream.PairDStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A program, and edits of it that a checkpoint of it allows or does not. */
final class ProgramEdits {

    private ProgramEdits() {}

    /** A program with the inputs {@code words} and {@code numbers}. */
    static final class Program {
        private final BatchHarness harness;
        final ScriptedInput<String> words;
        final ScriptedInput<Long> numbers;

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
}
