// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.redrive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedriveFilesTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void feedsWhatIsThereAndThenWhatHasComeWhenItIsTold() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        writer.texts(List.of("a", "b"));
        RedriveFiles receiver = RedriveFiles.of(directory);
        try (BatchHarness harness = BatchHarness.create("files")) {
            CollectedOutput<String> fed = harness.collect(harness.stream(receiver));
            harness.start();
            harness.runBatch();
            assertThat(fed.all()).containsExactly("a", "b");

            writer.texts(List.of("c"));
            harness.runBatch();
            assertThat(fed.all()).hasSize(2);
            receiver.redrive();
            harness.runBatch();
            assertThat(fed.all()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void doesNotFeedWhatAnEarlierJobHasFed() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        writer.texts(List.of("a"));
        assertThat(fed(RedriveFiles.of(directory))).containsExactly("a");
        writer.texts(List.of("b"));

        assertThat(fed(RedriveFiles.of(directory))).containsExactly("b");
        assertThat(fed(RedriveFiles.of(directory))).isEmpty();
        assertThat(directory.resolve("_redriven")).hasContent("2");
    }

    @Test
    void waitsForADirectoryThatIsNotThereYet() throws IOException {
        assertThat(fed(RedriveFiles.of(directory.resolve("nowhere")))).isEmpty();
    }

    @Test
    void leavesOutWhatWasNoTextAndFeedsWhatTheFunctionMakesOfIt() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        writer.lines(List.of(
                LetterWriter.letter("a"),
                "{\"batch\":2000,\"record\":\"7\",\"type\":\"java.lang.Integer\"}\n",
                "{\"batch\":2000,\"record\":\"xxx\",\"cut\":{\"prefix\":\"xxx\",\"length\":9,\"crc32c\":1}}\n"));
        List<StoredLetter> seen = new ArrayList<>();

        RedriveFiles repairing = RedriveFiles.of(directory).repair(letter -> {
            seen.add(letter);
            return letter.text().isPresent() ? letter.text().map(text -> text + "!") : Optional.of("no text");
        });
        assertThat(fed(RedriveFiles.of(directory))).containsExactly("a");
        Files.delete(directory.resolve("_redriven"));
        assertThat(fed(repairing)).containsExactly("a!", "no text", "no text");

        assertThat(seen.get(0))
                .isEqualTo(new StoredLetter(
                        Instant.ofEpochSecond(1),
                        "parse",
                        "T.java:1",
                        "no",
                        "input-0-0-0",
                        3,
                        "file byte 7",
                        "a",
                        Optional.of("a")));
    }

    @Test
    void readsManifestsInArchivesToo() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        Path first = writer.next();
        writer.texts(List.of("a"));
        Path second = writer.next();
        writer.texts(List.of("b"));
        writer.texts(List.of("c"));
        Files.writeString(
                directory.resolve("_manifests/0000000000-0000000001_1000_1000.jsonl"),
                Files.readString(first) + Files.readString(second));
        Files.delete(first);

        assertThat(fed(RedriveFiles.of(directory))).containsExactly("a", "b", "c");
    }

    @Test
    void namesTheFileThatIsBroken() throws IOException {
        LetterWriter writer = new LetterWriter(directory);
        writer.texts(List.of("a"));
        LetterDirectory letters = new LetterDirectory(directory);
        Path data = directory.resolve("letters-0000000000-1000.jsonl");
        String text = Files.readString(data);

        Files.writeString(data, text.substring(1));
        assertThatThrownBy(() -> letters.next(0)).hasMessageStartingWith(data + " ends before byte");
        Files.writeString(data, "[" + text.substring(1));
        assertThatThrownBy(() -> letters.next(0)).hasMessageStartingWith(data + " should have dead letters, but");
        Files.writeString(directory.resolve("_redriven"), "x");
        assertThatThrownBy(letters::mark).hasMessageContaining("_redriven must hold the number of a manifest");
        Path manifest = directory.resolve("_manifests/0000000000_1000_0.json");
        Files.writeString(manifest, "{\"sequence\":0,\"ranges\":[{\"file\":\"../up\",\"from\":0,\"to\":1}]}");
        assertThatThrownBy(() -> letters.next(0)).hasMessageContaining("a range of '../up'");
    }

    private static List<String> fed(RedriveFiles receiver) {
        try (BatchHarness harness = BatchHarness.create("fed")) {
            CollectedOutput<String> fed = harness.collect(harness.stream(receiver));
            harness.start();
            harness.runBatches(2);
            return fed.all();
        }
    }
}
