// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the checkpoints of a query, without which Spark runs none; it is gone after it. */
record Checkpoints(Path folder) implements AutoCloseable {

    /** A new one. */
    static Checkpoints create() throws IOException {
        return new Checkpoints(Files.createTempDirectory("spark-checkpoint"));
    }

    @Override
    public void close() throws IOException {
        List<Path> all;
        try (Stream<Path> walk = Files.walk(folder)) {
            all = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.deleteIfExists(path);
        }
    }
}
