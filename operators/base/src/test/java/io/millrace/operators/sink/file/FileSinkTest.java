// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSinkTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private FileSink<String> sink() {
        return FileSink.to(directory, TextFormat.lines());
    }

    private static BatchTime at(long seconds) {
        return new BatchTime(1000 * seconds);
    }

    private List<String> read() throws IOException {
        ManifestReader reader = ManifestReader.of(directory);
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            lines.addAll(reader.lines(manifest));
        }
        return lines;
    }

    private List<String> dataFiles() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> !name.equals(ManifestFile.DIRECTORY))
                    .sorted()
                    .toList();
        }
    }

    // ---- rolling ----

    @Test
    void putsManyBatchesIntoOneFile() throws IOException {
        FileSink<String> sink = sink();
        for (int batch = 1; batch <= 20; batch++) {
            assertThat(sink.commit(at(batch), 0, List.of("a" + batch, "b" + batch)))
                    .isTrue();
        }

        assertThat(dataFiles()).containsExactly("part-0000000000-1000.txt");
        List<Manifest> manifests = ManifestReader.of(directory).manifests();
        assertThat(manifests)
                .extracting(Manifest::sequence)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20).mapToObj(Long::valueOf).toList());
        assertThat(manifests.get(1).ranges())
                .singleElement()
                .satisfies(range -> assertThat(List.of(range.from(), range.to(), range.records()))
                        .containsExactly(6L, 12L, 2L));
        sink.close();
    }

    @Test
    void rollsBySizeWithinABatchAndAcrossBatches() throws IOException {
        FileSink<String> sink = sink().rolling(10, HOUR);
        sink.commit(at(1), 0, List.of("123", "123", "123"));
        sink.commit(at(2), 0, List.of("1", "longer than a file"));
        sink.commit(at(3), 0, List.of("1"));

        assertThat(dataFiles())
                .containsExactly(
                        "part-0000000000-1000.txt",
                        "part-0000000001-1000.txt",
                        "part-0000000002-2000.txt",
                        "part-0000000003-3000.txt");
        assertThat(ManifestReader.of(directory).find(at(1)).get(0).ranges())
                .extracting(FileRange::bytes)
                .containsExactly(8L, 4L);
        assertThat(read()).containsExactly("123", "123", "123", "1", "longer than a file", "1");
        sink.close();
    }

    @Test
    void rollsByAgeAsTheBatchTimesSayAlsoAfterARestart() throws IOException {
        FileSink<String> first = sink().rolling(1000, Duration.ofSeconds(10));
        first.commit(at(1), 0, List.of("a"));
        first.commit(at(10), 0, List.of("b"));
        first.close();
        FileSink<String> second = sink().rolling(1000, Duration.ofSeconds(10));
        second.commit(at(11), 0, List.of("c"));
        second.commit(at(12), 0, List.of("d"));
        second.close();

        assertThat(dataFiles()).containsExactly("part-0000000000-1000.txt", "part-0000000001-11000.txt");
        assertThat(read()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void beginsEveryFileWithTheHeaderWhichBelongsToNoBatch() throws IOException {
        FileSink<String> sink = FileSink.<String>to(
                        directory,
                        CsvFormat.<String>of(record -> List.of(record, record.length()))
                                .names("word", "length"))
                .rolling(30, HOUR)
                .prefix("words-csv");
        sink.commit(at(1), 0, List.of("blue", "green"));
        sink.commit(at(2), 0, List.of("gohawks"));
        sink.close();

        assertThat(Files.readString(directory.resolve("words-csv-0000000000-1000.csv")))
                .isEqualTo("word,length\r\nblue,4\r\ngreen,5\r\n");
        assertThat(Files.readString(directory.resolve("words-csv-0000000001-2000.csv")))
                .isEqualTo("word,length\r\ngohawks,7\r\n");
        ManifestReader reader = ManifestReader.of(directory);
        assertThat(new String(reader.bytes(reader.manifests().get(0)), StandardCharsets.UTF_8))
                .isEqualTo("blue,4\r\ngreen,5\r\n");
    }

    @Test
    void writesRecordsLargerThanItsBuffer() throws IOException {
        String large = "x".repeat(200_000);
        FileSink<String> sink = sink();
        sink.commit(at(1), 0, List.of("a", large, "b"));
        sink.close();

        assertThat(read()).containsExactly("a", large, "b");
    }

    // ---- once ----

    @Test
    void writesNothingForAnEmptyBatch() throws IOException {
        FileSink<String> sink = sink();

        assertThat(sink.commit(at(1), 0, List.of())).isFalse();

        assertThat(dataFiles()).isEmpty();
        assertThat(ManifestReader.of(directory).manifests()).isEmpty();
    }

    @Test
    void writesABatchThatHasAManifestNoMoreNorAfterARestart() throws IOException {
        FileSink<String> sink = sink();
        assertThat(sink.commit(at(1), 0, List.of("a"))).isTrue();
        assertThat(sink.commit(at(1), 0, List.of("a"))).isFalse();
        assertThat(sink.commit(at(1), 1, List.of("another part"))).isTrue();
        sink.close();

        assertThat(sink().commit(at(1), 1, List.of("another part"))).isFalse();
        assertThat(read()).containsExactly("a", "another part");
    }

    @Test
    void findsABatchInAnArchive() throws IOException {
        FileSink<String> sink = new FileSink<>(directory, TextFormat.lines(), "part", Rolling.DEFAULT, 3, point -> {});
        for (int batch = 1; batch <= 20; batch++) {
            sink.commit(at(batch), batch % 2, List.of("batch " + batch));
        }

        for (int batch = 1; batch <= 20; batch++) {
            assertThat(sink.commit(at(batch), batch % 2, List.of("again"))).isFalse();
        }
        assertThat(sink.commit(at(4), 1, List.of("late part"))).isTrue();
        sink.close();

        try (Stream<Path> files = Files.list(directory.resolve(ManifestFile.DIRECTORY))) {
            assertThat(files).hasSizeLessThan(14);
        }
        assertThat(read()).hasSize(21).startsWith("batch 1").endsWith("batch 20", "late part");
        assertThat(ManifestReader.of(directory).after(17))
                .extracting(Manifest::sequence)
                .containsExactly(18L, 19L, 20L);
    }

    @Test
    void showsAReaderThatFollowsEveryBatchOnceWhileItIsWritten() throws Exception {
        int batches = 60;
        FileSink<String> sink =
                new FileSink<>(directory, TextFormat.lines(), "part", Rolling.DEFAULT.maxBytes(40), 3, point -> {});
        Thread writer = new Thread(() -> {
            try {
                for (int batch = 1; batch <= batches; batch++) {
                    sink.commit(at(batch), 0, List.of("batch " + batch, "of two"));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                sink.close();
            }
        });
        writer.start();

        ManifestReader reader = ManifestReader.of(directory);
        List<String> seen = new ArrayList<>();
        long last = -1;
        boolean over = false;
        while (!over) {
            over = !writer.isAlive();
            for (Manifest manifest : reader.after(last)) {
                seen.addAll(reader.lines(manifest));
                last = manifest.sequence();
            }
        }

        assertThat(seen)
                .isEqualTo(IntStream.rangeClosed(1, batches)
                        .boxed()
                        .flatMap(batch -> Stream.of("batch " + batch, "of two"))
                        .toList());
        assertThat(reader.find(at(2))).extracting(Manifest::sequence).containsExactly(1L);
    }

    // ---- failures ----

    @Test
    void cutsOffWhatABrokenProcessLeft() throws IOException {
        FileSink<String> sink = sink();
        sink.commit(at(1), 0, List.of("a"));
        sink.close();
        Path data = directory.resolve("part-0000000000-1000.txt");
        Files.writeString(data, "half of a reco", StandardOpenOption.APPEND);
        Files.writeString(directory.resolve("part-0000000001-2000.txt"), "no manifest\n");
        Files.writeString(directory.resolve("_manifests/0000000001_2000_0.json.tmp"), "{\"sequ");
        assertThat(read()).containsExactly("a");

        FileSink<String> next = sink();
        next.commit(at(3), 0, List.of("b"));
        next.close();

        assertThat(Files.readString(data)).isEqualTo("a\nb\n");
        assertThat(dataFiles()).containsExactly("part-0000000000-1000.txt");
        assertThat(read()).containsExactly("a", "b");
        assertThat(directory.resolve("_manifests/0000000001_2000_0.json.tmp")).doesNotExist();
    }

    @Test
    void leavesNothingOfABatchThatFailedAndGoesOn() throws IOException {
        FileSink<String> sink = sink().rolling(8, HOUR);
        sink.commit(at(1), 0, List.of("a"));

        assertThatThrownBy(() -> sink.commit(at(2), 0, List.of("1234", "1234567", "two\nlines")))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(
                        "the batch 2000 ms (partition 0, 3 records) could not be written to " + directory)
                .hasMessageContaining("must be one line");
        sink.commit(at(3), 0, List.of("b"));
        sink.close();

        assertThat(read()).containsExactly("a", "b");
        assertThat(dataFiles()).containsExactly("part-0000000000-1000.txt");
    }

    @Test
    void letsOnlyOneSinkWriteToADirectory() throws IOException {
        FileSink<String> first = sink();
        first.commit(at(1), 0, List.of("a"));

        assertThatThrownBy(() -> sink().commit(at(2), 0, List.of("b")))
                .hasMessageContaining("another sink writes to it");

        first.close();
        assertThat(sink().commit(at(2), 0, List.of("b"))).isTrue();
    }

    @Test
    void doesNotTouchFilesThatAreNotItsOwn() throws IOException {
        Files.writeString(directory.resolve("part-0000000007-1000.txt"), "somebody's");

        assertThatThrownBy(() -> sink().commit(at(1), 0, List.of("a")))
                .hasMessageContaining("there is part-0000000007-1000.txt but no _manifests");

        assertThat(directory.resolve("part-0000000007-1000.txt")).hasContent("somebody's");
    }

    @Test
    void saysWhichFileIsShorterThanItsManifest() throws IOException {
        FileSink<String> sink = sink();
        sink.commit(at(1), 0, List.of("abc"));
        sink.close();
        Path data = directory.resolve("part-0000000000-1000.txt");
        Files.writeString(data, "ab");

        assertThatThrownBy(() -> sink().commit(at(2), 0, List.of("b")))
                .hasMessageContaining(data + " has 2 bytes, but 4 by its manifest");
        assertThatThrownBy(this::read).hasMessageContaining(data + " ends before byte 4");
        Files.writeString(data, "xbc\n");
        assertThatThrownBy(this::read).hasMessageContaining("other bytes in 0..4 than the batch 1000 ms wrote");
    }

    @Test
    void saysWhichManifestIsBrokenOrMissing() throws IOException {
        FileSink<String> sink = sink();
        for (int batch = 1; batch <= 3; batch++) {
            sink.commit(at(batch), 0, List.of("a"));
        }
        sink.close();
        Path second = directory.resolve("_manifests/0000000001_2000_0.json");

        Files.writeString(second, "{\"sequence\":");
        assertThatThrownBy(this::read).hasMessageContaining(second + " is no manifest");
        Files.delete(second);
        assertThatThrownBy(this::read).hasMessageContaining("the manifest 1 is missing");
    }

    @Test
    void namesAPrefixThatMakesNoSense() {
        assertThatThrownBy(() -> sink().prefix("../up")).hasMessageContaining("but is '../up'");
        assertThatThrownBy(() -> Rolling.DEFAULT.maxBytes(0)).hasMessage("maxBytes must be >= 1, but is 0");
        assertThatThrownBy(() -> Rolling.DEFAULT.maxAge(Duration.ZERO)).hasMessage("maxAge must be > 0, but is PT0S");
    }

    @Test
    void readsNothingWhereNothingIs() throws IOException {
        assertThat(ManifestReader.of(directory.resolve("nowhere")).manifests()).isEmpty();
        assertThat(Set.copyOf(dataFiles())).isEmpty();
    }
}
