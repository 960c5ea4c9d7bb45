// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.operator.BatchTime;
import io.millrace.operator.Pair;
import io.millrace.stream.DStream;
import io.millrace.testkit.BatchHarness;
import io.millrace.testkit.CollectedOutput;
import io.millrace.testkit.ScriptedInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SaveAsTextFilesOperatorTest {

    @TempDir
    Path folder;

    private List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void everyBatchHasADirectoryWithAPartAndAMark() throws IOException {
        try (BatchHarness harness = BatchHarness.create("save")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> lines = harness.stream(input);
            lines.countByValue().saveAsTextFiles(folder.resolve("sub/counts").toString(), "txt");
            lines.saveAsTextFiles(folder.resolve("lines").toString());
            harness.start();

            input.add("ä", "ä");
            harness.runBatches(2);
        }

        assertThat(names(folder)).containsExactly("lines-1000", "lines-2000", "sub");
        assertThat(names(folder.resolve("sub"))).containsExactly("counts-1000.txt", "counts-2000.txt");
        assertThat(names(folder.resolve("lines-1000"))).containsExactly("_SUCCESS", "part-00000");
        assertThat(folder.resolve("sub/counts-1000.txt/part-00000")).hasContent("(ä,2)\n");
        assertThat(folder.resolve("lines-1000/part-00000")).hasContent("ä\nä\n");
        assertThat(folder.resolve("lines-2000/part-00000")).isEmptyFile();
        assertThat(folder.resolve("lines-2000/_SUCCESS")).isEmptyFile();
    }

    @Test
    void aBatchThatIsWrittenAgainTakesThePlaceOfTheFormer() throws IOException {
        SaveAsTextFilesOperator<Object> save =
                new SaveAsTextFilesOperator<>(folder.resolve("out").toString(), "");

        save.write(new BatchTime(5000), List.of("a", "b"));
        Files.createFile(folder.resolve("out-5000/part-00001"));
        save.write(new BatchTime(5000), List.of(Pair.of("c", 1)));

        assertThat(names(folder.resolve("out-5000"))).containsExactly("_SUCCESS", "part-00000");
        assertThat(folder.resolve("out-5000/part-00000")).hasContent("(c,1)\n");
    }

    @Test
    void aNullRecordFailsTheBatchAndLeavesNoMark() throws IOException {
        try (BatchHarness harness = BatchHarness.create("save-null")) {
            ScriptedInput<String> input = harness.input();
            DStream<String> lines = harness.stream(input);
            lines.flatMap(line -> Arrays.asList(line, null))
                    .saveAsTextFiles(folder.resolve("lines").toString());
            CollectedOutput<String> others = harness.collect(lines);
            harness.start();

            input.add("a");
            harness.runBatches(2);

            assertThat(others.times()).containsExactly(1000L, 2000L);
            assertThat(harness.batches().get(0).outputs().get(0).failure())
                    .hasValueSatisfying(text -> assertThat(text).contains("record 1 of the batch is null"));
        }
        assertThat(names(folder.resolve("lines-1000"))).containsExactly("_temporary");
        assertThat(names(folder.resolve("lines-2000"))).containsExactly("_SUCCESS", "part-00000");
    }

    @Test
    void aPrefixThatMakesNoPathIsRefused() {
        assertThatThrownBy(() -> new SaveAsTextFilesOperator<>(" ", "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SaveAsTextFilesOperator<>("a\0b", ""))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
