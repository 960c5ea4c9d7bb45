// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.mllib.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.millrace.mllib.MllibModels;
import io.millrace.mllib.model.ScoringException;
import io.millrace.mllib.model.Transformer;
import io.millrace.mllib.storage.ModelFormatException;
import io.millrace.mllib.table.Row;
import io.millrace.mllib.table.Schema;
import io.millrace.mllib.table.Table;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Saved models that are damaged at random: they are refused by a {@link ModelFormatException}, or load and score, or refuse a row, and
 * never take much memory. {@code -Dmillrace.damagedModels=100000} tries so many, {@code -Dmillrace.seed} begins elsewhere.
 */
class DamagedModelsTest {

    private static final int LARGEST_MODEL = 200_000;
    private static final int ROWS = 3;
    private static final long MOST_ALLOCATED = 256L << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** A case whose model is in memory. */
    private record Saved(CaseFiles files, Map<String, byte[]> model, Schema schema, List<Row> rows) {}

    private final long seed = Long.getLong("millrace.seed", 20261123L);
    private final int tries = Integer.getInteger("millrace.damagedModels", 1_500);
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> crashes = new ArrayList<>();
    private long mostAllocated;

    @TempDir
    Path directory;

    @Test
    void areRefusedOrWork() throws IOException {
        List<Saved> all = saved();
        for (int i = 0; i < tries; i++) {
            Random random = new Random(seed + i);
            attempt(all, random, seed + i);
        }
        System.out.println("damaged models: " + tries + " tried, " + outcomes + ", most allocated "
                + (mostAllocated >> 20) + " MiB, seeds from " + seed);
        assertThat(crashes).isEmpty();
        assertThat(mostAllocated).isLessThan(MOST_ALLOCATED);
    }

    private void attempt(List<Saved> all, Random random, long number) throws IOException {
        Saved saved = all.get(random.nextInt(all.size()));
        Map<String, byte[]> files = new HashMap<>(saved.model());
        Damage damage = new Damage(random, all.stream().map(Saved::model).toList());
        StringBuilder done = new StringBuilder(saved.files().name());
        for (int harm = random.nextInt(3); harm >= 0 && !files.isEmpty(); harm--) {
            done.append(", ").append(damage.apply(files));
        }
        Path model = directory.resolve("model");
        write(model, files);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            Transformer loaded = MllibModels.load(model);
            outcomes.merge(score(loaded, saved), 1, Integer::sum);
        } catch (ModelFormatException e) {
            outcomes.merge("refused", 1, Integer::sum);
        } catch (Throwable e) {
            StackTraceElement[] trace = e.getStackTrace();
            crashes.add("seed " + number + ": " + done + ": " + e + (trace.length > 0 ? " at " + trace[0] : ""));
        }
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
        if (allocated > MOST_ALLOCATED) {
            crashes.add("seed " + number + ": " + done + ": allocated " + allocated + " bytes");
        }
        mostAllocated = Math.max(mostAllocated, allocated);
        delete(model);
    }

    /** A model that loads may refuse the columns or a row of them, by the exceptions that are documented. */
    private static String score(Transformer model, Saved saved) {
        try {
            model.transform(Table.of(saved.schema(), saved.rows()));
            return "scored";
        } catch (ScoringException | IllegalArgumentException e) {
            return "refused its rows";
        }
    }

    private static List<Saved> saved() throws IOException {
        List<Saved> all = new ArrayList<>();
        for (String cases : List.of("/mllib-cases", "/mllib-cases-more")) {
            for (CaseFiles files :
                    CaseFiles.in(Path.of(URI.create(String.valueOf(DamagedModelsTest.class.getResource(cases)))))) {
                if (!files.isOnline()) {
                    Map<String, byte[]> model = read(files.folder().resolve("model"));
                    if (model.values().stream().mapToInt(bytes -> bytes.length).sum() <= LARGEST_MODEL) {
                        all.add(saved(files, model));
                    }
                }
            }
        }
        return all;
    }

    private static Saved saved(CaseFiles files, Map<String, byte[]> model) throws IOException {
        Schema schema = CaseSchema.parse((Map<?, ?>) files.json("schema.json").get("input"));
        List<Row> rows = new ArrayList<>();
        for (Map<?, ?> line : files.lines("input.jsonl").subList(0, ROWS)) {
            rows.add(CaseValues.row(schema, line));
        }
        return new Saved(files, model, schema, rows);
    }

    private static Map<String, byte[]> read(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(path).toString().replace('\\', '/'), Files.readAllBytes(path));
            }
        }
        return files;
    }

    private static void write(Path folder, Map<String, byte[]> files) throws IOException {
        Files.createDirectories(folder);
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
