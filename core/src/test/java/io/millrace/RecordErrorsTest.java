// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.OutputInfo;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Functions that throw: which record it was, what becomes of it, and what else goes on. */
class RecordErrorsTest {

    @Test
    void namesBatchBlockOrdinalPositionOperatorCallSiteRecordAndCause() {
        try (BatchHarness harness = BatchHarness.create("names")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Integer> numbers =
                    harness.collect(harness.stream(lines).map(Integer::parseInt).named("parse"));
            harness.start();
            lines.add("1");
            harness.runBatch();

            lines.addText("22\nbad\tone\n4\n");
            BatchInfo info = harness.runBatch();

            assertThat(info.succeeded()).isFalse();
            assertThat(harness.events().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .startsWith("parse (RecordErrorsTest.java:")
                            .contains("failed in batch 2000 ms on record bad\\tone ")
                            .contains("[block=input-0-0-1 ordinal=1 position=scripted-0 byte 5]")
                            .contains("java.lang.NumberFormatException: For input string: \"bad\\tone\""));
            assertThat(info.outputs())
                    .extracting(OutputInfo::failure)
                    .containsExactly(Optional.of(harness.events().failures().get(0)));
            assertThat(numbers.times()).containsExactly(1000L);
        }
    }

    @Test
    void failsOnlyTheOutputsThatDependOnTheOperatorAndOnlyInThatBatch() {
        try (BatchHarness harness = BatchHarness.create("others")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input);
            CollectedOutput<Integer> numbers = harness.collect(words.map(Integer::parseInt));
            CollectedOutput<String> all = harness.collect(words);
            CollectedOutput<Long> counts = harness.collect(words.count());
            harness.start();

            input.add("1", "two", "3");
            harness.runBatch();
            input.add("4");
            harness.runBatch();

            assertThat(numbers.times()).containsExactly(2000L);
            assertThat(numbers.at(2000)).containsExactly(4);
            assertThat(all.at(1000)).containsExactly("1", "two", "3");
            assertThat(counts.all()).containsExactly(3L, 1L);
            assertThat(harness.batches().get(0).outputs())
                    .extracting(output -> output.failure().isPresent())
                    .containsExactly(true, false, false);
            assertThat(harness.batches().get(1).succeeded()).isTrue();
        }
    }

    @Test
    void takesBackTheStateOfTheBatchInEveryPartitionAndCopy() {
        try (BatchHarness harness = BatchHarness.create("rollback")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input);
            harness.collect(totals(words.map(RecordErrorsTest::notPoison)).named("fails"));
            CollectedOutput<Pair<String, Long>> unaffected =
                    harness.collect(totals(words).named("goes-on"));
            harness.start();
            input.add("a", "b", "c", "d", "e", "f");
            harness.runBatch();

            input.add("a", "poison", "g");
            harness.runBatch();
            assertThat(harness.<String, Long>state("fails"))
                    .isEqualTo(Map.of("a", 1L, "b", 1L, "c", 1L, "d", 1L, "e", 1L, "f", 1L));
            assertThat(harness.<String, Long>state("goes-on"))
                    .containsEntry("a", 2L)
                    .containsEntry("poison", 1L);
            assertThat(unaffected.last()).hasSize(8);

            input.add("a");
            harness.runBatch();
            assertThat(harness.<String, Long>state("fails"))
                    .containsEntry("a", 2L)
                    .doesNotContainKey("g");
            assertThat(harness.<String, Long>state("goes-on")).containsEntry("a", 3L);
        }
    }

    @Test
    void takesBackTheStateWhenTheUpdateFunctionItselfThrowsInOnePartition() {
        try (BatchHarness harness = BatchHarness.create("update")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Pair<String, Long>> totals = harness.collect(harness.stream(input)
                    .mapToPair(word -> Pair.of(word, 1L))
                    .<Long>updateStateByKey((ones, total) -> {
                        if (ones.size() > 2) {
                            throw new IllegalStateException("too many");
                        }
                        return Optional.of(total.orElse(0L) + ones.size());
                    })
                    .named("limited"));
            harness.start();
            input.add("a", "b", "c", "d");
            harness.runBatch();

            input.add("a", "b", "c", "d", "d", "d");
            BatchInfo failed = harness.runBatch();

            assertThat(failed.succeeded()).isFalse();
            assertThat(harness.events().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("limited (RecordErrorsTest.java:")
                            .contains("on record (d,[1, 1, 1])")
                            .contains("[block=- ordinal=-1 position=-]")
                            .contains("too many"));
            assertThat(harness.<String, Long>state("limited")).isEqualTo(Map.of("a", 1L, "b", 1L, "c", 1L, "d", 1L));
            input.add("a");
            harness.runBatch();
            assertThat(totals.times()).containsExactly(1000L, 3000L);
            assertThat(totals.last()).contains(Pair.of("a", 2L), Pair.of("d", 1L));
        }
    }

    @Test
    void leavesOutAndCountsRecordsThatAreToBeSkipped() {
        try (BatchHarness harness = BatchHarness.create("skip")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<Integer> numbers =
                    harness.collect(harness.stream(input).map(Integer::parseInt).onError(ErrorPolicy.SKIP));
            harness.start();

            input.add("1", "two", "3", "four");
            BatchInfo info = harness.runBatch();

            assertThat(numbers.last()).containsExactly(1, 3);
            assertThat(info.skipped()).isEqualTo(2);
            assertThat(info.deadLetters()).isZero();
            assertThat(info.succeeded()).isTrue();
        }
    }

    @Test
    void putsRecordsIntoTheStreamOfDeadLettersInTheSameBatch() {
        try (BatchHarness harness = BatchHarness.create("dead-letters")) {
            ScriptedInput<String> input = harness.input();
            DStream<Integer> parsed =
                    harness.stream(input).map(Integer::parseInt).named("parse").onError(ErrorPolicy.DEAD_LETTER);
            CollectedOutput<Integer> numbers = harness.collect(parsed);
            CollectedOutput<DeadLetter> dead = harness.collect(harness.context().deadLetters());
            CollectedOutput<Long> deadCount =
                    harness.collect(parsed.deadLetters().count());
            harness.start();

            input.add("1", "two", "3");
            BatchInfo info = harness.runBatch();
            harness.runBatch();

            assertThat(numbers.at(1000)).containsExactly(1, 3);
            assertThat(info.deadLetters()).isEqualTo(1);
            assertThat(info.succeeded()).isTrue();
            assertThat(dead.at(1000)).singleElement().satisfies(letter -> {
                assertThat(letter.record()).isEqualTo("two");
                assertThat(letter.failed().operator()).isEqualTo("parse");
                assertThat(letter.failed().batch().millis()).isEqualTo(1000);
                assertThat(letter.failed().block()).isEqualTo("input-0-0-0");
                assertThat(letter.failed().ordinal()).isEqualTo(1);
            });
            assertThat(dead.at(2000)).isEmpty();
            assertThat(deadCount.all()).containsExactly(1L, 0L);
        }
    }

    @Test
    void collectsDeadLettersOfOperatorsAfterAnExchange() {
        try (BatchHarness harness = BatchHarness.create("late-dead-letters")) {
            ScriptedInput<String> input = harness.input();
            CollectedOutput<String> counted = harness.collect(harness.stream(input)
                    .countByValue()
                    .map(pair -> notPoison(pair.key()) + "=" + pair.value())
                    .onError(ErrorPolicy.DEAD_LETTER));
            CollectedOutput<DeadLetter> dead = harness.collect(harness.context().deadLetters());
            harness.start();

            input.add("a", "poison", "a", "poison");
            harness.runBatch();

            assertThat(counted.last()).containsExactly("a=2");
            assertThat(dead.last()).extracting(DeadLetter::record).containsExactly(Pair.of("poison", 2L));
        }
    }

    @Test
    void goesOnWhenAnOutputItselfFails() {
        try (BatchHarness harness = BatchHarness.create("output")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> words = harness.stream(input);
            words.foreachBatch((time, records) -> {
                if (records.contains("bad")) {
                    throw new java.io.IOException("disk full");
                }
            });
            CollectedOutput<String> after = harness.collect(words);
            harness.start();

            input.add("bad");
            BatchInfo first = harness.runBatch();
            input.add("good");
            BatchInfo second = harness.runBatch();

            assertThat(first.succeeded()).isFalse();
            assertThat(harness.events().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("foreachBatch-1 (RecordErrorsTest.java:")
                            .contains("failed in batch 1000 ms on 1 records: java.io.IOException: disk full"));
            assertThat(second.succeeded()).isTrue();
            assertThat(after.all()).containsExactly("bad", "good");
        }
    }

    private static DStream<Pair<String, Long>> totals(DStream<String> words) {
        return words.mapToPair(word -> Pair.of(word, 1L))
                .updateStateByKey(
                        (List<Long> ones, Optional<Long> total) -> Optional.of(total.orElse(0L) + ones.size()));
    }

    private static String notPoison(String word) {
        if (word.equals("poison")) {
            throw new IllegalArgumentException("poison");
        }
        return word;
    }
}
