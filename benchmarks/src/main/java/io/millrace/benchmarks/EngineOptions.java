// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** A context with these options. */
    StreamingContextBuilder context(String name, Duration interval) {
        StreamingContextBuilder builder = StreamingContext.builder(name)
                .batchInterval(interval)
                .executors(executors)
                .slots(slots)
                .replication(replication);
        settings.forEach(builder::set);
        return builder;
    }
}
