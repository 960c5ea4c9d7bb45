// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Both readers of Parquet give the same rows, to the bit. {@code -Dmillrace.parquetFiles=10000} tries so many random and as many
 * damaged files, {@code -Dmillrace.seed} begins elsewhere.
 */
class ParquetReadersTest {

    private static final LoadLimits LIMITS = LoadLimits.defaults().withRows(100_000);

    private final long seed = Long.getLong("millrace.seed", 20261124L);
    private final int tries = Integer.getInteger("millrace.parquetFiles", 400);

    @Test
    void agreeOnWhatSparkWrote() throws IOException {
        List<Path> files = sparkFiles();
        assertThat(files).hasSizeGreaterThan(200);
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            assertThat(values(direct(bytes))).as(file.toString()).isEqualTo(values(byParquetJava(bytes)));
        }
    }

    @Test
    void agreeOnOddNestings() throws IOException {
        int rows = 0;
        for (int i = 0; i < tries; i++) {
            byte[] bytes = new RandomParquet(new Random(seed + i)).file(WriterVersion.PARQUET_1_0);
            List<Object> found = values(direct(bytes));
            assertThat(found).as("seed %s", seed + i).isEqualTo(values(byParquetJava(bytes)));
            rows += found.size();
        }
        assertThat(rows).isGreaterThan(tries * 20);
    }

    @Test
    void leaveToParquetJavaWhatSparkDoesNotWrite() throws IOException {
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new RandomParquet(new Random(seed + i)).file(WriterVersion.PARQUET_2_0);
            Footer footer = Footer.read("file", bytes, LIMITS);
            List<ParquetRow> rows = new ArrayList<>();
            ParquetRows.read("file", bytes, LIMITS, rows);
            assertThat(values(rows)).as("seed %s", seed + i).isEqualTo(values(byParquetJava(bytes)));
            if (!footer.rowGroups().isEmpty()) {
                assertThat(DirectRows.of("file", bytes, footer, LIMITS))
                        .as("seed %s", seed + i)
                        .isNull();
            }
        }
    }

    @Test
    void agreeOnWhatIsDamagedAndStillReads() throws IOException {
        int read = 0;
        for (int i = 0; i < tries; i++) {
            Random random = new Random(seed + i);
            byte[] bytes = new RandomParquet(random).file(WriterVersion.PARQUET_1_0);
            for (int change = random.nextInt(3); change >= 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            List<ParquetRow> rows = new ArrayList<>();
            try {
                ParquetRows.read("file", bytes, LIMITS, rows);
            } catch (ModelFormatException e) {
                assertThat(e.file()).isEqualTo("file");
                continue;
            }
            List<ParquetRow> others;
            try {
                others = byParquetJava(bytes);
            } catch (IOException | RuntimeException e) {
                continue; // what is in statistics, say, only parquet-java minds
            }
            assertThat(values(rows)).as("seed %s", seed + i).isEqualTo(values(others));
            read++;
        }
        assertThat(read).isGreaterThan(tries / 20);
    }

    private static List<ParquetRow> direct(byte[] bytes) throws IOException {
        DirectRows direct = DirectRows.of("file", bytes, Footer.read("file", bytes, LIMITS), LIMITS);
        if (direct == null) {
            throw new AssertionError("left to parquet-java");
        }
        List<ParquetRow> rows = new ArrayList<>();
        direct.addTo(rows);
        return rows;
    }

    private static List<ParquetRow> byParquetJava(byte[] bytes) throws IOException {
        List<ParquetRow> rows = new ArrayList<>();
        ParquetJavaRows.read("file", bytes, LIMITS, rows);
        return rows;
    }

    private static List<Path> sparkFiles() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String cases : List.of("/mllib-cases", "/mllib-cases-more")) {
            Path folder = Path.of(URI.create(String.valueOf(ParquetReadersTest.class.getResource(cases))));
            try (Stream<Path> files = Files.walk(folder)) {
                // pages of the second version are left to parquet-java, lists of the older form are not
                files.filter(file -> file.toString().endsWith(".parquet"))
                        .filter(file -> !file.toString().contains("s-v2-")
                                && !file.toString().contains("s-legacy-"))
                        .sorted()
                        .forEach(found::add);
            }
        }
        return found;
    }

    private static List<Object> values(List<ParquetRow> rows) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(String.valueOf(comparable(row))));
        return values;
    }

    /** What two values that are the same to the bit, and of the same types, have in common. */
    private static @Nullable Object comparable(@Nullable Object value) {
        if (value instanceof ParquetRow row) {
            List<@Nullable Object> fields = new ArrayList<>();
            for (String name : row.names()) {
                fields.add(name + "=" + comparable(row.get(name)));
            }
            return row.failure("a", "b").getMessage() + fields;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> elements = new ArrayList<>();
            list.forEach(element -> elements.add(comparable(element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            List<@Nullable Object> entries = new ArrayList<>();
            map.forEach((key, inner) -> entries.add(comparable(key) + " to " + comparable(inner)));
            return "map " + entries;
        }
        if (value instanceof double[] doubles) {
            return "doubles "
                    + Arrays.toString(Arrays.stream(doubles)
                            .mapToLong(Double::doubleToRawLongBits)
                            .toArray());
        }
        if (value instanceof float[] floats) {
            List<Object> bits = new ArrayList<>();
            for (float one : floats) {
                bits.add(Float.floatToRawIntBits(one));
            }
            return "floats " + bits;
        }
        if (value instanceof long[] longs) {
            return "longs " + Arrays.toString(longs);
        }
        if (value instanceof int[] ints) {
            return "ints " + Arrays.toString(ints);
        }
        if (value instanceof Double number) {
            return "double " + Double.doubleToRawLongBits(number);
        }
        if (value instanceof Float number) {
            return "float " + Float.floatToRawIntBits(number);
        }
        return value == null ? null : value.getClass().getSimpleName() + " " + value;
    }
}
