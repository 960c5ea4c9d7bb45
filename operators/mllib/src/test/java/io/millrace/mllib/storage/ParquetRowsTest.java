// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ParquetRowsTest {

    @Test
    void readsEveryFileThatSparkWrote() throws IOException {
        List<ParquetRow> rows = new ArrayList<>();
        for (Path file : files()) {
            ParquetRows.read(file.toString(), Files.readAllBytes(file), LoadLimits.defaults(), rows);
        }
        assertThat(rows).hasSizeGreaterThan(30_000);
    }

    @Test
    void refusesWhatIsDamaged() throws IOException {
        long seed = 20261122;
        Random random = new Random(seed);
        List<Path> files = files();
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = Files.readAllBytes(files.get(random.nextInt(files.size())));
            if (bytes.length > 50_000) {
                continue;
            }
            if (random.nextInt(4) == 0) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                for (int change = 0; change <= random.nextInt(4); change++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            }
            try {
                ParquetRows.read("file", bytes, LoadLimits.defaults().withRows(100_000), new ArrayList<>());
            } catch (ModelFormatException e) {
                assertThat(e.file()).as("seed %s, %s", seed, i).isEqualTo("file");
            }
        }
    }

    @Test
    void holdsTheRowsToTheLimit() throws IOException {
        Path forest = files().stream()
                .filter(file -> file.toString().contains("rf-reg-large"))
                .filter(file -> file.toFile().length() > 100_000)
                .findFirst()
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(forest);
        assertThatThrownBy(() ->
                        ParquetRows.read("forest", bytes, LoadLimits.defaults().withRows(100), new ArrayList<>()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessage("forest: more than 100 records");
    }

    @Test
    void believesNoMoreRecordsThanTheBytesCanHold() throws IOException {
        byte[] bytes = RandomParquet.nothing(1_000_000);
        assertThat(bytes).hasSizeLessThan(1_500);
        assertThatThrownBy(() -> ParquetRows.read("file", bytes, LoadLimits.defaults(), new ArrayList<>()))
                .isInstanceOf(ModelFormatException.class)
                .hasMessageStartingWith("file: has 1000000 records, in " + bytes.length + " bytes at most ");
        List<ParquetRow> rows = new ArrayList<>();
        ParquetRows.read("file", RandomParquet.nothing(1_000), LoadLimits.defaults(), rows);
        assertThat(rows).hasSize(1_000).allMatch(row -> row.isNull("x"));
    }

    private static List<Path> files() throws IOException {
        Path cases = Path.of(URI.create(String.valueOf(ParquetRowsTest.class.getResource("/mllib-cases"))));
        try (Stream<Path> files = Files.walk(cases)) {
            return files.filter(file -> file.toString().endsWith(".parquet"))
                    .sorted()
                    .toList();
        }
    }
}
