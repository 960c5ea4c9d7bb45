// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.operator.Pair;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people see of a checkpoint directory is what is there, and a fork goes on from its batch. */
class CheckpointToolTest {

    /** So that the log has several files, the oldest of which are forgotten. */
    private static final String LONG = "-".repeat(30_000);

    @TempDir
    private Path temp;

    private int code;

    private String tool(Object... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line =
                CheckpointTool.commandLine().setOut(new PrintWriter(text, true)).setErr(new PrintWriter(text, true));
        code = line.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return text.toString();
    }

    private static BatchHarness harness(Path directory, String job, Instant start, long snapshotBytes) {
        return BatchHarness.builder(job)
                .startAt(start)
                .set("checkpoint.snapshot-bytes", snapshotBytes)
                .set("checkpoint.segment-bytes", 1 << 16)
                .checkpoint(new FileLogStorage(directory))
                .build();
    }

    private static CollectedOutput<Pair<String, Long>> totals(BatchHarness harness, ScriptedInput<String> words) {
        return harness.collect(harness.stream(words)
                .named("words")
                .mapToPair(word -> Pair.of(word, 1L))
                .<Long>updateStateByKey((values, total) -> Optional.of(total.orElse(0L)
                        + values.stream().mapToLong(Long::longValue).sum()))
                .named("totals"));
    }

    /** A directory of a job that died after 6 batches, with words that it had received, and what it had counted after each batch. */
    private List<Map<String, Long>> crashed(Path directory, long snapshotBytes) throws IOException {
        List<Map<String, Long>> totals = new ArrayList<>();
        Path running = temp.resolve("running-" + directory.getFileName());
        try (BatchHarness harness = harness(running, "words", Instant.EPOCH, snapshotBytes)) {
            ScriptedInput<String> words = harness.input();
            CollectedOutput<Pair<String, Long>> output = totals(harness, words);
            harness.start();
            totals.add(Map.of());
            for (int batch = 1; batch <= 6; batch++) {
                words.add("blue", "word-" + batch + LONG);
                harness.runBatch();
                totals.add(asMap(output.at(batch * 1000L)));
            }
            words.add("late", "blue");
            harness.settle();
            harness.advance(java.time.Duration.ofMillis(300));
            copy(running, directory);
        }
        return totals;
    }

    private static Map<String, Long> asMap(List<Pair<String, Long>> pairs) {
        Map<String, Long> map = new TreeMap<>();
        pairs.forEach(pair -> map.put(pair.key(), pair.value()));
        return map;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    @Test
    void showsBatchesInputsStateAndFiles() throws IOException {
        crashed(temp.resolve("job"), 1 << 30);

        String shown = tool("show", temp.resolve("job"));

        assertThat(shown)
                .contains("job         words")
                .contains("epoch       1, claimed 1970-01-01T00:00:00Z")
                .contains("prepared    batch 6 of 6000 ms (1970-01-01T00:00:06Z)")
                .containsPattern("forks       at batch \\d to 6")
                .contains("epoch 1  from batch 1, every 1000 ms, 4 partitions, ")
                .containsPattern("words  1 blocks wait, \\d+ B")
                .containsPattern(
                        "totals  partitions \\[.*\\]; snapshot 0 keys, 0 B; since then \\d+ changes of 12 keys")
                .contains("log/e000001-00000");
        assertThat(code).isZero();
    }

    @Test
    void showsTheSameAsJson() throws IOException {
        crashed(temp.resolve("job"), 400);

        com.typesafe.config.Config json =
                com.typesafe.config.ConfigFactory.parseString(tool("show", "--json", temp.resolve("job")));

        assertThat(code).isZero();
        assertThat(json.getString("job")).isEqualTo("words");
        assertThat(json.getInt("preparedBatch")).isEqualTo(6);
        assertThat(json.getConfigList("inputs").get(0).getInt("waitingBlocks")).isEqualTo(1);
        assertThat(json.getConfigList("state").get(0).getString("name")).isEqualTo("totals");
        assertThat(json.getConfigList("state").get(0).getInt("snapshotKeys")).isPositive();
        assertThat(json.getConfigList("snapshots")).isNotEmpty();
    }

    @Test
    void verifiesWhatIsWholeAndFindsEveryDamageThatCounts() throws IOException {
        Path job = temp.resolve("job");
        crashed(job, 1 << 30);

        assertThat(tool("verify", job)).contains("snapshots, batches to 6: all is well");
        assertThat(code).isZero();

        Path segment = job.resolve("log/e000001-000000.seg");
        byte[] bytes = Files.readAllBytes(segment);
        bytes[200] ^= 1;
        Files.write(segment, bytes);

        assertThat(tool("verify", job)).contains(segment + " is damaged at byte");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void namesTheSnapshotThatIsDamaged() throws IOException {
        Path job = temp.resolve("job");
        crashed(job, 400);
        Path snapshot;
        try (Stream<Path> files = Files.list(job.resolve("snapshots"))) {
            snapshot = files.sorted().reduce((older, newer) -> newer).orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(snapshot);
        bytes[bytes.length - 30] ^= 1;
        Files.write(snapshot, bytes);

        assertThat(tool("verify", job))
                .contains(snapshot + " is damaged at byte")
                .contains("1 findings");
        assertThat(code).isEqualTo(1);
        assertThat(tool("show", job)).contains("remark      " + snapshot + " is damaged");
        assertThat(code).isZero();
    }

    @Test
    void readsWhileTheJobRunsAndDoesNotDisturbIt() {
        Path job = temp.resolve("job");
        try (BatchHarness harness = harness(job, "words", Instant.EPOCH, 400)) {
            ScriptedInput<String> words = harness.input();
            CollectedOutput<Pair<String, Long>> output = totals(harness, words);
            harness.start();
            for (int batch = 1; batch <= 20; batch++) {
                words.add("blue");
                harness.runBatch();
                assertThat(tool("show", job)).contains("prepared    batch " + batch + " of");
                assertThat(tool("verify", job)).contains("all is well");
            }
            assertThat(asMap(output.at(20_000))).isEqualTo(Map.of("blue", 20L));
        }
    }

    @Test
    void aForkHasTheStateOfItsBatchAndTheOtherJobGoesOnUntouched() throws IOException {
        for (long snapshotBytes : List.of(1L << 30, 400L)) {
            Path job = temp.resolve("job-" + snapshotBytes);
            List<Map<String, Long>> totals = crashed(job, snapshotBytes);
            totals.add(new TreeMap<>(totals.get(6)));
            totals.get(7).put("late", 1L);
            totals.get(7).put("blue", 7L);
            int oldest = oldest(job);
            for (int batch = oldest; batch <= 6; batch++) {
                Path fork = temp.resolve("fork-" + snapshotBytes + "-" + batch);

                assertThat(tool("fork", job, fork, "--batch", batch, "--job", "other"))
                        .contains("goes on after batch " + batch + " of job words, as job other");
                assertThat(tool("verify", fork)).contains("batches to " + batch + ": all is well");
                // What had come when the next batch was begun waits in the fork, too.
                assertThat(stateOf(fork, "other")).as("fork at %s", batch).isEqualTo(totals.get(batch + 1));
            }
            assertThat(stateOf(job, "words")).isEqualTo(totals.get(7));
        }
    }

    private int oldest(Path job) {
        return com.typesafe.config.ConfigFactory.parseString(tool("show", "--json", job))
                .getInt("oldestForkBatch");
    }

    /** What a run counts that is given nothing but what waits in the directory. */
    private static Map<String, Long> stateOf(Path directory, String job) {
        try (BatchHarness harness = harness(directory, job, Instant.ofEpochSecond(100), 1 << 20)) {
            CollectedOutput<Pair<String, Long>> output = totals(harness, harness.input());
            harness.start();
            harness.runBatches(2);
            return asMap(output.at(102_000));
        }
    }

    @Test
    void refusesAForkAtABatchThatIsForgottenOrNotYetThere() throws IOException {
        Path job = temp.resolve("job");
        crashed(job, 400);
        int oldest = oldest(job);

        assertThat(oldest).isPositive();
        assertThat(tool("fork", job, temp.resolve("new"), "--batch", oldest - 1))
                .contains("what is there reaches from batch " + oldest + " to batch 6");
        assertThat(code).isEqualTo(2);
        assertThat(tool("fork", job, temp.resolve("new"), "--batch", 7)).contains("to batch 6");
        assertThat(tool("fork", job, job, "--batch", 6)).contains("is claimed already; give an empty directory");
        assertThat(code).isEqualTo(1);
    }

    @Test
    void saysWhatIsNoCheckpointDirectory() throws IOException {
        assertThat(tool("show", temp.resolve("nowhere"))).contains("nowhere is no directory");
        assertThat(code).isEqualTo(1);
        assertThat(tool("show", Files.createDirectory(temp.resolve("empty"))))
                .contains("it is no checkpoint directory");
        assertThat(code).isEqualTo(1);
        assertThat(tool("show")).contains("Missing required parameter: 'DIR'");
        assertThat(code).isEqualTo(2);
        assertThat(tool()).contains("show").contains("fork").contains("verify");
    }
}
