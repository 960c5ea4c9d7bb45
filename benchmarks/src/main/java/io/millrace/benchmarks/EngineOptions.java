// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a Millrace job can be told beyond {@link ContenderOptions}; a picocli mixin. */
final class EngineOptions {

    @Option(names = "--executors", description = "executors (${DEFAULT-VALUE})")
    private int executors = 2;

    @Option(names = "--slots", description = "task slots of an executor (${DEFAULT-VALUE})")
    private int slots = 2;

    @Option(names = "--replication", description = "executors that hold a block (${DEFAULT-VALUE})")
    private int replication = 2;

    @Option(names = "--set", paramLabel = "key=value", description = "any setting of the section millrace")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--checkpoint", description = "makes the job durable in a new directory below this one")
    private @Nullable Path checkpoints;

    /** A context with these options. */
    StreamingContextBuilder context(String name, Duration interval) {
        StreamingContextBuilder builder = StreamingContext.builder(name)
                .batchInterval(interval)
                .executors(executors)
                .slots(slots)
                .replication(replication);
        settings.forEach(builder::set);
        if (checkpoints != null) {
            builder.checkpoint(fresh(checkpoints));
        }
        return builder;
    }

    private static Path fresh(Path parent) {
        try {
            Files.createDirectories(parent);
            Path directory = Files.createTempDirectory(parent, "checkpoint-");
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> delete(directory), "delete-" + directory.getFileName()));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            System.err.println(directory + " could not be deleted: " + e);
        }
    }
}
