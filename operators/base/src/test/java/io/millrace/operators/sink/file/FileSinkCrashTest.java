// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits that are broken off at any point, by a process that goes on or by one that is gone: every batch is there once. */
class FileSinkCrashTest {

    private static final int BATCHES = 40;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private static final class Broken extends Error {
        private static final long serialVersionUID = 1L;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void hasEveryBatchOnceHoweverCommitsAreBrokenOff(long seed) throws IOException {
        breakOff(seed, sink -> sink);
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6, 7})
    void hasEveryBatchOnceInDirectoriesBelow(long seed) throws IOException {
        // by place, as the sink writes it
        List<String> expected =
                breakOff(seed, sink -> sink.places(record -> "kind=" + record.charAt(record.length() - 1) + "/x=y"));

        List<String> present = new ArrayList<>();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".txt")).toList()) {
                String kind = String.valueOf(directory.relativize(file).getName(0));
                assertThat(Files.readAllLines(file))
                        .isNotEmpty()
                        .allMatch(line -> kind.endsWith(line.substring(line.length() - 1)));
                present.addAll(Files.readAllLines(file));
            }
        }
        assertThat(present)
                .as("seed %s: nothing is left of what was broken off", seed)
                .containsExactlyInAnyOrderElementsOf(expected);
    }

    private List<String> breakOff(long seed, UnaryOperator<FileSink<String>> kind) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        ManifestReader reader = ManifestReader.of(directory);
        List<String> expected = new ArrayList<>();
        FileSink<String> sink = kind.apply(sink(random));
        int broken = 0;
        for (int batch = 1; batch <= BATCHES; batch++) {
            List<String> records = records(batch, random.nextInt(1, 5));
            for (boolean done = false; !done; ) {
                try {
                    sink.commit(new BatchTime(batch), 0, records);
                    done = true;
                } catch (Broken e) {
                    broken++;
                    assertThat(lines(reader))
                            .as("seed %s: the batch is there whole or not at all", seed)
                            .isIn(expected, plus(expected, records));
                    if (random.nextBoolean()) {
                        sink.close();
                        sink = kind.apply(sink(random));
                    }
                }
            }
            expected.addAll(records);
        }
        sink.close();

        assertThat(lines(reader)).as("seed %s", seed).isEqualTo(expected);
        assertThat(broken).isPositive();
        return expected;
    }

    private FileSink<String> sink(SplittableRandom random) {
        return new FileSink<>(
                directory, TextFormat.lines(), "part", new Rolling(60, Duration.ofMillis(20)), 4, point -> {
                    if (random.nextInt(8) == 0) {
                        throw new Broken();
                    }
                });
    }

    private static List<String> records(int batch, int count) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            records.add("batch " + batch + " record " + i);
        }
        return records;
    }

    private static List<String> plus(List<String> lines, List<String> more) {
        List<String> all = new ArrayList<>(lines);
        all.addAll(more);
        return all;
    }

    private static List<String> lines(ManifestReader reader) throws IOException {
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            lines.addAll(reader.lines(manifest));
        }
        return lines;
    }
}
