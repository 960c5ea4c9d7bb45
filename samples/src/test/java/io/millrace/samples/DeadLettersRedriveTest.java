// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.ErrorPolicy;
import io.millrace.operators.deadletter.DeadLetterFormat;
import io.millrace.receivers.redrive.RedriveFiles;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersRedriveTest {

    @Test
    void setsALineAsideRepairsItAndAddsItUpAfterAll() {
        try (Console console = Console.open()) {
            int code = console.run(new DeadLettersRedrive(), "--batch-interval", "100ms");

            assertThat(console.outLines().stream()
                            .filter(line -> !line.isEmpty() && !line.startsWith("-") && !line.startsWith("Time:")))
                    .containsExactly(
                            "(blue,5)",
                            "(blue,5)",
                            "set aside by read: green three [java.lang.NumberFormatException: For input string:"
                                    + " \"three\"]",
                            "fed again: 1",
                            "(blue,5)",
                            "(green,3)",
                            "(blue,7)",
                            "(green,3)");
            assertThat(console.err()).matches("stopped after \\d+ batches and 4 records; nothing was left\n");
            assertThat(code).isZero();
        }
    }

    /** The two modules see nothing of each other but the format. */
    @Test
    void whatIsWrittenToFilesIsFedAgainByTheReceiver(@TempDir Path directory) {
        RedriveFiles redrive =
                RedriveFiles.of(directory).repair(letter -> letter.text().map(text -> text.replace("three", "3")));
        try (BatchHarness harness = BatchHarness.create("files")) {
            ScriptedText lines = harness.lines();
            CollectedOutput<Integer> numbers = harness.collect(harness.stream(lines)
                    .union(harness.stream(redrive))
                    .map(Integer::parseInt)
                    .onError(ErrorPolicy.DEAD_LETTER));
            harness.context().deadLetters().output(DeadLetterFormat.files(directory));
            harness.start();
            lines.add("1", "three");
            harness.runBatch();
            assertThat(numbers.last()).containsExactly(1);

            redrive.redrive();
            harness.runBatch();

            assertThat(numbers.last()).containsExactly(3);
        }
    }
}
