// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator.output;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

class SaveAsTextFilesContractTest extends OutputContract<String> {

    @TempDir
    Path folder;

    @Override
    protected OutputOperator<String> output() {
        return new SaveAsTextFilesOperator<>(folder.resolve("out").toString(), "");
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() throws IOException {
        List<Path> directories;
        try (Stream<Path> files = Files.list(folder)) {
            directories = files.sorted(Comparator.comparing(Path::toString)).toList();
        }
        List<String> written = new ArrayList<>();
        for (Path directory : directories) {
            if (Files.exists(directory.resolve("_SUCCESS"))) {
                written.addAll(Files.readAllLines(directory.resolve("part-00000")));
            }
        }
        return written;
    }
}
