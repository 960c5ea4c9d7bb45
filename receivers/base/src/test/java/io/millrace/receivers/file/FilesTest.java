// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.runtime.block.CrashPoint;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilesTest {

    @TempDir
    Path directory;

    private final BatchHarness harness = BatchHarness.create("files");

    private CollectedOutput<String> run(TextFiles files) {
        CollectedOutput<String> out = harness.collect(harness.stream(files, 0));
        harness.start();
        return out;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private void writeAt(String name, String text, long millis) throws IOException {
        write(name, text);
        Files.setLastModifiedTime(directory.resolve(name), FileTime.fromMillis(millis));
    }

    private List<String> errors() {
        return harness.events().lines().stream()
                .filter(line -> line.contains("failed"))
                .toList();
    }

    @Test
    void takesFilesThatAppearInTheOrderInWhichTheyWereWritten() throws IOException {
        try (harness) {
            write("old", "not this\n");
            CollectedOutput<String> out = run(TextFiles.in(directory).settled(false));
            writeAt("b", "b1\nb2", 1000);
            writeAt("a", "a1\n", 2000);
            writeAt("c", "c1\n", 2000);
            write(".hidden", "no\n");
            write("_temporary", "no\n");
            Files.createDirectory(directory.resolve("sub"));

            harness.runBatches(3);

            assertThat(out.at(1000)).containsExactly("b1", "b2", "a1", "c1");
            assertThat(out.all()).hasSize(4);
            assertThat(errors()).isEmpty();
        }
    }

    @Test
    void takesWhatIsThereAtTheStartIfAsked() throws IOException {
        try (harness) {
            writeAt("old", "this too\n", 5);
            CollectedOutput<String> out =
                    run(TextFiles.in(directory).settled(false).existingFiles(true));

            harness.runBatches(2);

            assertThat(out.all()).containsExactly("this too");
        }
    }

    @Test
    void takesAMovedFileHoweverOldItIsAndAReplacedOneAgain() throws IOException {
        try (harness) {
            CollectedOutput<String> out = run(TextFiles.in(directory).settled(false));
            harness.runBatches(100);
            writeAt("moved", "one\n", 5);
            harness.runBatch();
            writeAt("moved", "two\n", 5);
            harness.runBatch();
            assertThat(out.all()).containsExactly("one");
            writeAt("moved", "two\n", 6);
            harness.runBatch();
            Files.delete(directory.resolve("moved"));
            harness.runBatch();
            writeAt("moved", "two\n", 7);
            harness.runBatch();

            assertThat(out.all()).containsExactly("one", "two");
        }
    }

    @Test
    void leavesAFileAloneWhileItIsBeingWritten() throws IOException {
        try (harness) {
            CollectedOutput<String> out = run(TextFiles.in(directory));
            write("growing", "");
            harness.runBatch();
            write("growing", "a\n");
            harness.runBatch();
            write("growing", "a\nb\n");
            harness.runBatch();
            assertThat(out.all()).isEmpty();
            harness.runBatch();

            assertThat(out.all()).containsExactly("a", "b");
            assertThat(errors()).isEmpty();
        }
    }

    @Test
    void reportsAFileThatGrowsAfterItWasTakenOnce() throws IOException {
        try (harness) {
            CollectedOutput<String> out = run(TextFiles.in(directory).settled(false));
            write("grows", "a\n");
            harness.runBatch();
            for (int i = 0; i < 3; i++) {
                Files.writeString(directory.resolve("grows"), "b\n", StandardOpenOption.APPEND);
                harness.runBatch();
            }

            assertThat(out.all()).containsExactly("a");
            assertThat(errors())
                    .singleElement()
                    .asString()
                    .contains("what is not taken of " + directory.resolve("grows"))
                    .contains("grown to 4 bytes");
        }
    }

    @Test
    void reportsADirectoryThatIsNotThereAndTakesItsFilesLater() throws IOException {
        try (harness) {
            Path later = directory.resolve("later");
            CollectedOutput<String> out = run(TextFiles.in(later).settled(false));
            harness.runBatches(3);
            assertThat(errors()).singleElement().asString().contains("cannot look into " + later);
            Files.createDirectory(later);
            write("later/file", "x\n");
            harness.runBatch();

            assertThat(out.all()).containsExactly("x");
        }
    }

    @Test
    void takesNoNewFileWhenItCannotRememberMoreAndForgetsThoseThatAreGone() throws IOException {
        try (harness) {
            CollectedOutput<String> out =
                    run(TextFiles.in(directory).settled(false).rememberedFiles(2));
            writeAt("a", "a\n", 1);
            writeAt("b", "b\n", 2);
            writeAt("c", "c\n", 3);
            harness.runBatches(3);
            assertThat(out.all()).containsExactly("a", "b");
            assertThat(errors()).singleElement().asString().contains("more than the 2 files that are remembered");

            Files.delete(directory.resolve("a"));
            harness.runBatch();
            assertThat(out.all()).containsExactly("a", "b", "c");
        }
    }

    @Test
    void countsEveryLineOnceWhenTheExecutorDiesWhileAFileIsRead() throws IOException {
        for (CrashPoint point : List.of(CrashPoint.BLOCK_CUT, CrashPoint.REPLICA_STORED)) {
            Path sub = Files.createDirectory(directory.resolve(point.name()));
            List<String> lines = IntStream.range(0, 5000)
                    .mapToObj(i -> "line " + i + "x".repeat(200))
                    .toList();
            Files.writeString(sub.resolve("file"), String.join("\n", lines) + "\n");
            try (BatchHarness crashing =
                    BatchHarness.builder("crashing").set("block.bytes", 4096).build()) {
                CollectedOutput<String> out = crashing.collect(
                        crashing.stream(TextFiles.in(sub).settled(false).existingFiles(true), 0));
                crashing.crashWhen(point, 0, 5);
                crashing.start();

                crashing.runBatches(4);

                assertThat(crashing.crashes()).isEqualTo(1);
                assertThat(out.all()).isEqualTo(lines);
                assertThat(crashing.heldBlocks().values()).allMatch(held -> held.isEmpty());
            }
        }
    }

    @Test
    void cutsBinaryFilesAndReportsWhatIsLeft() throws IOException {
        try (harness) {
            CollectedOutput<Integer> out = harness.collect(
                    harness.stream(BinaryFiles.in(directory, 3).settled(false)).map(record -> record[0] + record[2]));
            harness.start();
            Files.write(directory.resolve("a"), new byte[] {1, 2, 3, 4, 5, 6, 7});
            harness.runBatch();
            byte[] large = new byte[300_000];
            large[299_999] = 9;
            Files.write(directory.resolve("b"), large);
            harness.runBatches(2);

            assertThat(out.at(1000)).containsExactly(4, 10);
            assertThat(out.all()).hasSize(100_002).endsWith(9);
            assertThat(errors()).singleElement().asString().contains("the last 1 bytes are no whole record of 3 bytes");
        }
    }

    @Test
    void readsABinaryFileOnWhenTheExecutorDies() throws IOException {
        Files.write(directory.resolve("file"), new byte[500_000]);
        try (harness) {
            CollectedOutput<Long> out = harness.collect(
                    harness.stream(BinaryFiles.in(directory, 5).settled(false).existingFiles(true), 0)
                            .count());
            harness.crashWhen(CrashPoint.BLOCK_CUT, 0, 3);
            harness.start();

            harness.runBatches(4);

            assertThat(harness.crashes()).isEqualTo(1);
            assertThat(out.all().stream().mapToLong(Long::longValue).sum()).isEqualTo(100_000L);
        }
    }

    @Test
    void reportsAFileThatBecomesShorterWhileItIsReadAndReadsTheOthersOn() throws IOException {
        writeAt("a", "a\n".repeat(2_000_000), 1);
        writeAt("b", "b\n", 2);
        try (BatchHarness slow = BatchHarness.builder("slow")
                .set("block.bytes", 4096)
                .set("max-outstanding-bytes", 8192)
                .build()) {
            CollectedOutput<String> out = slow.collect(
                    slow.stream(TextFiles.in(directory).settled(false).existingFiles(true), 0));
            slow.start();
            slow.holdOutputs();
            slow.advance(Duration.ofMillis(300));
            try (FileChannel file = FileChannel.open(directory.resolve("a"), StandardOpenOption.WRITE)) {
                file.truncate(2);
            }
            slow.releaseOutputs();
            slow.runBatches(40);

            assertThat(out.all()).contains("b");
            assertThat(slow.events().lines())
                    .anyMatch(line -> line.contains("cannot read on " + directory.resolve("a"))
                            && line.contains("and had 4000000"));
        }
    }

    @Test
    void refusesNumbersOutOfBounds() {
        try (harness) {
            assertThatThrownBy(() -> TextFiles.in(directory).scanInterval(Duration.ZERO))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("scanInterval must be at least 1 ms, but is PT0S");
            assertThatThrownBy(() -> TextFiles.in(directory).rememberedFiles(0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("rememberedFiles must be in 1..10000000, but are 0");
            assertThatThrownBy(() -> BinaryFiles.in(directory, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("recordLength must be in 1..1048576, but is 0");
        }
    }
}
