// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.source.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.runtime.log.FileLogStorage;
import io.millrace.table.RowForm;
import io.millrace.table.data.ColumnBatch;
import io.millrace.table.execution.QueryGraph;
import io.millrace.table.type.DataTypes;
import io.millrace.table.type.Schema;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.BatchHarnessBuilder;
import io.millrace.testkit.CollectedOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A stream of files that goes on: what comes while it runs, while nobody looks, and after a crash. */
class FileStreamTest {

    private static final Schema LINES = DataTypes.parseSchema("value string");

    @TempDir
    Path directory;

    @TempDir
    Path checkpoint;

    private CollectedOutput<ColumnBatch> start(BatchHarness harness) {
        FileStream files = new FileStream("text", directory, LINES, new TextRows(LINES), 2, Runnable::run);
        CollectedOutput<ColumnBatch> output = harness.collect(files.open(harness.context()));
        harness.start();
        return output;
    }

    private void file(String name, String text) throws IOException {
        Path hidden = directory.resolve("." + name);
        Files.writeString(hidden, text);
        Files.move(hidden, directory.resolve(name));
    }

    private static List<String> lines(CollectedOutput<ColumnBatch> output) {
        List<String> lines = new ArrayList<>();
        output.all().forEach(batch -> RowForm.rows(batch).forEach(row -> lines.add(row.getString(0))));
        return lines;
    }

    @Test
    void filesThatComeWhileItRunsAreReadOnce() throws IOException {
        file("a.txt", "one\ntwo\n");
        try (BatchHarness harness =
                BatchHarness.builder("files").options(QueryGraph::register).build()) {
            CollectedOutput<ColumnBatch> output = start(harness);
            harness.runBatches(3);
            assertThat(lines(output)).containsExactly("one", "two");

            file("b.txt", "three\n");
            harness.runBatches(3);
            assertThat(lines(output)).containsExactly("one", "two", "three");

            for (String name : List.of("c", "d", "e", "f", "g")) {
                file(name + ".txt", name + "\n");
            }
            harness.runBatches(5);
            assertThat(lines(output))
                    .startsWith("one", "two", "three")
                    .containsExactlyInAnyOrder("one", "two", "three", "c", "d", "e", "f", "g");
        }
    }

    @Test
    void aDirectoryThatIsEmptyAtFirstIsWatched() throws IOException {
        try (BatchHarness harness =
                BatchHarness.builder("files").options(QueryGraph::register).build()) {
            CollectedOutput<ColumnBatch> output = start(harness);
            harness.runBatches(2);
            file("late.txt", "late\n");
            harness.runBatches(3);

            assertThat(lines(output)).containsExactly("late");
        }
    }

    @Test
    void noLineIsLostOrReadTwiceWhenAnExecutorDiesOrTheJobIsStartedAgain() throws IOException {
        List<String> all = new ArrayList<>();
        file("a.txt", "a\n");
        try (BatchHarness harness = durable(0)) {
            CollectedOutput<ColumnBatch> output = start(harness);
            harness.runBatches(2);
            file("b.txt", "b\n");
            harness.crashExecutor(0);
            file("c.txt", "c\n");
            harness.crashExecutor(1);
            harness.runBatches(4);
            harness.stop();
            all.addAll(lines(output));
        }
        file("d.txt", "d\n");
        try (BatchHarness harness = durable(100)) {
            CollectedOutput<ColumnBatch> output = start(harness);
            file("e.txt", "e\n");
            harness.runBatches(4);
            all.addAll(lines(output));
        }
        assertThat(all).containsExactlyInAnyOrder("a", "b", "c", "d", "e");
    }

    private BatchHarness durable(long second) throws IOException {
        BatchHarnessBuilder builder = BatchHarness.builder("files")
                .options(QueryGraph::register)
                .startAt(Instant.ofEpochSecond(second))
                .checkpoint(new FileLogStorage(checkpoint));
        return builder.build();
    }
}
