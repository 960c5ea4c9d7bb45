// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.DeadLetter;
import io.millrace.operator.ErrorPolicy;
import io.millrace.operator.FailedRecord;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final BatchTime FIRST = new BatchTime(1000);

    private static DeadLetter letter(Object record) {
        return new DeadLetter(
                new FailedRecord(FIRST, "-", -1, "-", "parse", "T.java:1", String.valueOf(record), "no"), record);
    }

    @Test
    void feedsRepairedRecordsIntoTheJobAgain() {
        DeadLetters<String> letters = DeadLetters.of(String.class, 10);
        try (BatchHarness harness = BatchHarness.create("redrive")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Integer> numbers = harness.collect(harness.stream(lines)
                    .union(harness.stream(letters.receiver()))
                    .map(Integer::parseInt)
                    .named("parse")
                    .onError(ErrorPolicy.DEAD_LETTER));
            harness.context().deadLetters().output(letters);
            harness.start();
            lines.add("1", "2x", "three", "4");
            harness.runBatch();
            assertThat(numbers.last()).containsExactly(1, 4);
            assertThat(letters.held()).extracting(DeadLetter::record).containsExactly("2x", "three");

            int fed = letters.redrive(
                    letter -> Optional.of(letter.failed().record().replace("x", "")));
            harness.runBatch();

            assertThat(fed).isEqualTo(2);
            assertThat(numbers.last()).containsExactly(2);
            assertThat(letters.held()).singleElement().satisfies(again -> {
                assertThat(again.record()).isEqualTo("three");
                assertThat(again.failed().batch()).isEqualTo(new BatchTime(2000));
            });
            assertThat(letters.redrive(letter -> Optional.of("3"))).isEqualTo(1);
            harness.runBatch();
            assertThat(numbers.all()).containsExactly(1, 4, 2, 3);
            assertThat(letters.held()).isEmpty();
        }
    }

    @Test
    void knowsEverythingOfTheFailure() {
        DeadLetters<String> letters = DeadLetters.of(String.class, 10);
        try (BatchHarness harness = BatchHarness.create("known")) {
            ScriptedText lines = harness.lines();
            harness.collect(
                    harness.stream(lines).map(Integer::parseInt).named("parse").onError(ErrorPolicy.DEAD_LETTER));
            harness.context().deadLetters().output(letters);
            harness.start();
            lines.addText("1\nb\tad\n");
            harness.runBatch();
        }

        assertThat(letters.held()).singleElement().satisfies(letter -> {
            FailedRecord failed = letter.failed();
            assertThat(failed.batch()).isEqualTo(FIRST);
            assertThat(failed.block()).isEqualTo("input-0-0-0");
            assertThat(failed.ordinal()).isEqualTo(1);
            assertThat(failed.position()).isEqualTo("scripted-0 byte 2");
            assertThat(failed.operator()).isEqualTo("parse");
            assertThat(failed.callSite()).startsWith("DeadLettersTest.java:");
            assertThat(failed.record()).isEqualTo("b\\tad");
            assertThat(failed.cause()).contains("NumberFormatException");
            assertThat(letter.record()).isEqualTo("b\tad");
        });
    }

    @Test
    void goesOnFeedingWhenItsExecutorDies() {
        DeadLetters<String> letters = DeadLetters.of(String.class, 10);
        try (BatchHarness harness = BatchHarness.create("crash")) {
            CollectedOutput<String> fed = harness.collect(harness.stream(letters.receiver(), 0));
            harness.start();
            letters.write(FIRST, List.of(letter("a"), letter("b")));
            letters.redrive();
            harness.runBatch();
            harness.crashExecutor(0);

            letters.write(FIRST, List.of(letter("c")));
            letters.redrive();
            harness.runBatches(2);

            assertThat(fed.all()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void leavesWhatCannotBeFedAgain() {
        DeadLetters<String> letters = DeadLetters.of(String.class, 10);
        letters.write(FIRST, List.of(letter("a"), letter(7), letter("b")));

        assertThat(letters.redrive()).isEqualTo(2);

        assertThat(letters.held()).extracting(DeadLetter::record).containsExactly(7);
        assertThat(letters.waiting()).isEqualTo(2);
        assertThat(letters.discard(letter -> letter.record() instanceof Integer))
                .isEqualTo(1);
        assertThat(letters.held()).isEmpty();
    }

    @Test
    void leavesTheLettersFromTheOneOnThatTheFunctionThrowsOn() {
        DeadLetters<String> letters = DeadLetters.of(String.class, 10);
        letters.write(FIRST, List.of(letter("a"), letter("b")));

        assertThatThrownBy(() -> letters.redrive(letter -> {
                    if (letter.record().equals("b")) {
                        throw new IllegalArgumentException("no idea");
                    }
                    return Optional.of("A");
                }))
                .hasMessage("no idea");

        assertThat(letters.held()).extracting(DeadLetter::record).containsExactly("b");
        assertThat(letters.waiting()).isEqualTo(1);
    }

    @Test
    void dropsTheOldestAndCountsThemWhenThereAreTooMany() {
        DeadLetters<Integer> letters = DeadLetters.of(Integer.class, 3);
        letters.write(
                FIRST, IntStream.range(0, 5).mapToObj(i -> letter((Object) i)).toList());

        assertThat(letters.held()).extracting(DeadLetter::record).containsExactly(2, 3, 4);
        assertThat(letters.dropped()).isEqualTo(2);
        assertThat(letters.redrive()).isEqualTo(3);
        letters.write(FIRST, List.of(letter(9)));
        assertThat(letters.redrive())
                .as("there is no room among those that wait")
                .isZero();
        assertThat(letters.held()).hasSize(1);
        assertThatThrownBy(() -> DeadLetters.of(String.class, 0)).hasMessage("maxLetters must be >= 1, but is 0");
    }
}
