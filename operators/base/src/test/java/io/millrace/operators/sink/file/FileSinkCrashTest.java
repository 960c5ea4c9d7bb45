// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.BatchTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
        SplittableRandom random = new SplittableRandom(seed);
        ManifestReader reader = ManifestReader.of(directory);
        List<String> expected = new ArrayList<>();
        FileSink<String> sink = sink(random);
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
                        sink = sink(random);
                    }
                }
            }
            expected.addAll(records);
        }
        sink.close();

        assertThat(lines(reader)).as("seed %s", seed).isEqualTo(expected);
        assertThat(broken).isPositive();
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
