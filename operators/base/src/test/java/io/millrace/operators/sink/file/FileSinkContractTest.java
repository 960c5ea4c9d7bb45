// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operators.sink.file;

import io.millrace.operator.OutputOperator;
import io.millrace.testkit.OutputContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

class FileSinkContractTest extends OutputContract<String> {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Override
    protected OutputOperator<String> output() {
        return FileSink.to(directory, TextFormat.lines());
    }

    @Override
    protected List<String> records(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(i -> "record " + i)
                .toList();
    }

    @Override
    protected List<String> written() throws Exception {
        ManifestReader reader = ManifestReader.of(directory);
        List<String> lines = new ArrayList<>();
        for (Manifest manifest : reader.manifests()) {
            lines.addAll(reader.lines(manifest));
        }
        return lines;
    }
}
