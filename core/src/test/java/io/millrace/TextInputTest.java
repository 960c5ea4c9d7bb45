// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.millrace.listener.BatchInfo;
import io.millrace.operator.CutLine;
import io.millrace.operator.DeadLetter;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedText;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bytes become lines: where they end, and what becomes of bytes that are no text. */
class TextInputTest {

    private static final byte[] NOT_UTF8 = "caf\u00e9 ole\n".getBytes(ISO_8859_1);

    @Test
    void endsALineAtANewlineAndTakesTheCarriageReturnBeforeIt() {
        try (BatchHarness harness = BatchHarness.create("ends")) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            harness.start();

            text.addText("unix\nwindows\r\n\n\r\nlone\rreturn\n  spaces \n\u0000nul\n\ufeffbom\n");
            harness.runBatch();

            assertThat(lines.last())
                    .containsExactly("unix", "windows", "", "", "lone\rreturn", "  spaces ", "\u0000nul", "\ufeffbom");
        }
    }

    @Test
    void putsLinesTogetherThatComeInPieces() {
        try (BatchHarness harness = BatchHarness.create("pieces")) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            harness.start();

            for (byte piece : "gr\u00fcn \u2603 \ud83d\ude00\r\nblau".getBytes(UTF_8)) {
                text.addText(new byte[] {piece});
            }
            harness.runBatch();
            assertThat(lines.at(1000)).containsExactly("gr\u00fcn \u2603 \ud83d\ude00");

            text.addText(" und rot\n");
            harness.runBatch();
            assertThat(lines.at(2000)).containsExactly("blau und rot");
        }
    }

    @Test
    void takesALastLineWithoutAnEndWhenTheConnectionEndsAndDropsItWhenItBreaks() {
        try (BatchHarness harness = BatchHarness.create("last-line")) {
            ScriptedText ends = harness.lines();
            ScriptedText breaks = harness.lines();
            CollectedOutput<String> endsLines = harness.collect(harness.stream(ends));
            CollectedOutput<String> breaksLines = harness.collect(harness.stream(breaks));
            harness.start();

            ends.addText("whole\nunfinished").complete();
            breaks.addText("whole\nunfinished").fail(new IOException("reset")).addText("again\n");
            harness.runBatch();

            assertThat(endsLines.all()).containsExactly("whole", "unfinished");
            assertThat(breaksLines.all()).containsExactly("whole", "again");
            assertThat(harness.events().lines())
                    .anyMatch(
                            line -> line.startsWith("receiver 1 failed: scripted-1 failed: java.io.IOException: reset"))
                    .contains("receiver 0 stopped: its source is finished");
        }
    }

    @Test
    void replacesBytesThatAreNotUtf8AndCountsTheLine() {
        try (BatchHarness harness = BatchHarness.create("replace")) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            harness.start();

            text.addText(NOT_UTF8).add("fine", "\ufffd is a character too");
            BatchInfo info = harness.runBatch();

            assertThat(lines.last()).containsExactly("caf\ufffd ole", "fine", "\ufffd is a character too");
            assertThat(info.malformed()).isEqualTo(1);
            assertThat(info.records()).isEqualTo(3);
            assertThat(info.deadLetters()).isZero();
        }
    }

    @Test
    void setsLinesAsideThatAreNotUtf8() {
        try (BatchHarness harness = BatchHarness.builder("dead-letter")
                .set("text.malformed", "dead-letter")
                .build()) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            CollectedOutput<DeadLetter> dead = harness.collect(harness.context().deadLetters());
            harness.start();

            text.add("first").addText(NOT_UTF8).add("fine");
            BatchInfo info = harness.runBatch();

            assertThat(lines.last()).containsExactly("first", "fine");
            assertThat(info.malformed()).isEqualTo(1);
            assertThat(info.deadLetters()).isEqualTo(1);
            assertThat(dead.last()).singleElement().satisfies(letter -> {
                assertThat(letter.failed().cause()).isEqualTo("the line is not UTF-8");
                assertThat(letter.failed().ordinal()).isEqualTo(1);
                assertThat(letter.failed().position()).isEqualTo("scripted-0 byte 6");
            });
        }
    }

    @Test
    void failsTheBatchOnALineThatIsNotUtf8() {
        try (BatchHarness harness =
                BatchHarness.builder("fail").set("text.malformed", "fail").build()) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            harness.start();

            text.add("first").addText(NOT_UTF8);
            BatchInfo failed = harness.runBatch();
            text.add("fine");
            harness.runBatch();

            assertThat(failed.succeeded()).isFalse();
            assertThat(failed.malformed()).isEqualTo(1);
            assertThat(harness.events().failures())
                    .singleElement()
                    .satisfies(failure -> assertThat(failure)
                            .contains("the line is not UTF-8")
                            .contains("byte 6"));
            assertThat(lines.times()).containsExactly(2000L);
        }
    }

    @Test
    void rejectsLinesThatAreTooLongAndSetsTheirBeginningAside() {
        try (BatchHarness harness =
                BatchHarness.builder("long").set("text.max-line-bytes", 10).build()) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            CollectedOutput<DeadLetter> dead = harness.collect(harness.context().deadLetters());
            harness.start();

            text.add("0123456789", "01234567890", "short");
            text.addText("x".repeat(500)).addText("x".repeat(500) + "\nafter\n");
            BatchInfo info = harness.runBatch();

            assertThat(lines.last()).containsExactly("0123456789", "short", "after");
            assertThat(info.rejected()).isEqualTo(2);
            assertThat(info.deadLetters()).isEqualTo(2);
            assertThat(dead.last())
                    .extracting(letter -> (CutLine) letter.record())
                    .extracting(CutLine::prefix, CutLine::length)
                    .containsExactly(tuple("01234567890", 11L), tuple("x".repeat(128), 1000L));
            assertThat(dead.last().get(1).failed().cause())
                    .contains("has 1000 bytes, more than max-line-bytes = 10")
                    .contains("scripted-0 byte 29");
        }
    }

    @Test
    void cutsBlocksAtNewlinesBySizeCountAndInterval() {
        try (BatchHarness harness = BatchHarness.builder("cuts")
                .set("block.bytes", 1024)
                .set("block.records", 100)
                .set("block.interval", Duration.ofMillis(200))
                .build()) {
            ScriptedText text = harness.lines();
            CollectedOutput<String> lines = harness.collect(harness.stream(text));
            harness.start();

            text.addAll(java.util.Collections.nCopies(3, "x".repeat(399)));
            text.addAll(java.util.Collections.nCopies(120, "y"));
            harness.settle();
            // 2 x 400 bytes, then 400 bytes and 99 lines of 2 bytes; the other 21 lines wait for the interval
            assertThat(harness.blocks()).extracting(block -> block.bytes()).containsExactly(800L, 598L);
            harness.advance(Duration.ofMillis(200));
            assertThat(harness.blocks()).extracting(block -> block.bytes()).containsExactly(800L, 598L, 42L);
            harness.runBatch();

            assertThat(lines.last()).hasSize(123);
        }
    }

    @Test
    void takesALineThatIsLongerThanABlock() {
        try (BatchHarness harness =
                BatchHarness.builder("big").set("block.bytes", 1024).build()) {
            ScriptedText text = harness.lines();
            CollectedOutput<Integer> lengths =
                    harness.collect(harness.stream(text).map(String::length));
            harness.start();

            text.add("a", "x".repeat(5000), "b");
            harness.runBatch();

            assertThat(lengths.last()).containsExactly(1, 5000, 1);
        }
    }
}
