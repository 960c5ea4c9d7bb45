// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.durable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.BatchFailedException;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputClaim;
import io.millrace.operator.OutputCommit;
import io.millrace.operator.OutputFencedException;
import io.millrace.operator.TransactionalOutput;
import io.millrace.runtime.log.FileLogStorage;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A copy of a checkpoint that was made yesterday is refused by outputs that have what came later, and nothing is written to them. */
class OlderCheckpointTest {

    @TempDir
    private Path temp;

    /** A database that outlives the job. */
    private final Map<Long, List<String>> written = new TreeMap<>();

    private long claimed;

    private final class Table implements TransactionalOutput<String> {
        @Override
        public String kind() {
            return "table";
        }

        @Override
        public OptionalLong claim(OutputClaim claim) throws OutputFencedException {
            if (claim.epoch() < claimed) {
                throw new OutputFencedException(claim, claimed);
            }
            claimed = claim.epoch();
            return written.keySet().stream().mapToLong(Long::longValue).max();
        }

        @Override
        public boolean commit(OutputCommit commit, List<String> records) throws OutputFencedException {
            claim(commit.claim());
            return written.putIfAbsent(commit.batch(), List.copyOf(records)) == null;
        }

        @Override
        public void write(BatchTime time, List<String> records) {
            throw new AssertionError("a durable job commits");
        }
    }

    private void run(Path directory, int start, String... words) {
        try (BatchHarness harness = BatchHarness.builder("job")
                .startAt(Instant.ofEpochSecond(start))
                .checkpoint(new FileLogStorage(directory))
                .build()) {
            ScriptedInput<String> input = harness.input();
            harness.stream(input).output(new Table());
            harness.start();
            for (String word : words) {
                input.add(word);
                harness.runBatch();
            }
        }
    }

    @Test
    void anOlderCopyIsRefusedAndTheOutputKeepsWhatItHas() throws IOException {
        Path job = temp.resolve("job");
        Path yesterday = temp.resolve("yesterday");
        run(job, 0, "one", "two");
        copy(job, yesterday);
        run(job, 100, "three", "four", "five");
        Map<Long, List<String>> before = new TreeMap<>(written);
        assertThat(before.values())
                .containsExactly(List.of("one"), List.of("two"), List.of("three"), List.of("four"), List.of("five"));
        // The same number of runs as that of the job: the epoch alone would not tell.
        try (BatchHarness harness = BatchHarness.builder("job")
                .startAt(Instant.ofEpochSecond(200))
                .checkpoint(new FileLogStorage(yesterday))
                .build()) {
            ScriptedInput<String> input = harness.input();
            harness.stream(input).output(new Table());
            harness.start();
            input.add("other");
            harness.advance(java.time.Duration.ofSeconds(3));
            assertThatThrownBy(() -> harness.context().awaitTermination(java.time.Duration.ofMillis(1)))
                    .isInstanceOf(BatchFailedException.class)
                    .hasMessageContaining("has batch 5 of job job, and the checkpoint goes on with batch")
                    .hasMessageContaining("it is an older copy");
        }
        assertThat(written).isEqualTo(before);
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
}
