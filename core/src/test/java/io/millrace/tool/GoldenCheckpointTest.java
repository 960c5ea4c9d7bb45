// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import io.millrace.testkit.ScriptedText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory that the first version of the format has written stays readable for ever: {@code checkpoint-v1}, written by {@link
 * #write} and then checked in. A new version of the format gets a directory of its own beside it.
 */
class GoldenCheckpointTest {

    private static final Path GOLDEN = Path.of("src/test/resources/checkpoint-v1");

    enum Colour {
        BLUE,
        GREEN
    }

    record Seen(long times, Colour last, List<String> words) {}

    @TempDir
    private Path temp;

    private static BatchHarness harness(Path directory, Instant start) {
        return BatchHarness.builder("golden")
                .startAt(start)
                .register(Seen.class)
                .register(Colour.class)
                .set("checkpoint.snapshot-bytes", 1800)
                .checkpoint(new FileLogStorage(directory))
                .build();
    }

    /** The job: lines of text and records, two states. */
    private static final class Job {
        private final ScriptedText lines;
        private final ScriptedInput<Seen> records;
        private final CollectedOutput<Pair<String, Long>> totals;
        private final CollectedOutput<Pair<Colour, Seen>> latest;

        Job(BatchHarness harness) {
            lines = harness.lines();
            records = harness.input();
            totals = harness.collect(harness.stream(lines)
                    .named("lines")
                    .mapToPair(line -> Pair.of(line, 1L))
                    .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L)
                            + values.stream().mapToLong(Long::longValue).sum()))
                    .named("totals"));
            latest = harness.collect(harness.stream(records)
                    .named("records")
                    .mapToPair(seen -> Pair.of(seen.last(), seen))
                    .<Seen>updateStateByKey(
                            (values, before) -> values.isEmpty() ? before : Optional.of(values.get(values.size() - 1)))
                    .named("latest"));
        }
    }

    /** Two runs; the second dies while a line and a record wait. */
    private static void write(Path directory) {
        try (BatchHarness harness = harness(directory, Instant.EPOCH)) {
            Job job = new Job(harness);
            harness.start();
            for (int batch = 1; batch <= 4; batch++) {
                job.lines.add("blue", "green");
                job.records.add(new Seen(batch, Colour.BLUE, List.of("a", "ä", "→")));
                harness.runBatch();
            }
        }
        try (BatchHarness harness = harness(directory, Instant.ofEpochSecond(100))) {
            Job job = new Job(harness);
            harness.start();
            job.records.add(new Seen(-7, Colour.GREEN, List.of()));
            harness.runBatch();
            job.lines.add("blue");
            job.records.add(new Seen(8, Colour.BLUE, List.of("late")));
            harness.advance(Duration.ofMillis(300));
        }
    }

    private static String tool(Object... arguments) {
        StringWriter text = new StringWriter();
        PrintWriter out = new PrintWriter(text, true);
        CheckpointTool.commandLine()
                .setOut(out)
                .setErr(out)
                .execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return text.toString();
    }

    @Test
    void isWhole() {
        assertThat(tool("verify", GOLDEN)).contains("batches to 6: all is well");
    }

    @Test
    void tellsWhatItWouldIfItWereWrittenToday() {
        String directory = System.getProperty("millrace.golden", "");
        Path written = directory.isEmpty() ? temp.resolve("today") : Path.of(directory);

        write(written);

        // All but the identities of files, which are made by chance.
        for (String key : List.of(
                "job",
                "runs",
                "preparedBatch",
                "committedBatch",
                "lastBatchTimeMillis",
                "inputs",
                "state",
                "records")) {
            assertThat(ConfigFactory.parseString(tool("show", "--json", GOLDEN)).getValue(key))
                    .as(key)
                    .isEqualTo(ConfigFactory.parseString(tool("show", "--json", written))
                            .getValue(key));
        }
    }

    @Test
    void isGoneOnFromExactly() throws IOException {
        Path copy = temp.resolve("copy");
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.toList()) {
                Path target = copy.resolve(GOLDEN.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        try (BatchHarness harness = harness(copy, Instant.ofEpochSecond(200))) {
            Job job = new Job(harness);
            harness.start();
            harness.runBatch();
            assertThat(job.totals.last()).containsExactlyInAnyOrder(Pair.of("blue", 5L), Pair.of("green", 4L));
            assertThat(job.latest.last())
                    .containsExactlyInAnyOrder(
                            Pair.of(Colour.BLUE, new Seen(8, Colour.BLUE, List.of("late"))),
                            Pair.of(Colour.GREEN, new Seen(-7, Colour.GREEN, List.of())));
        }
    }
}
