// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.benchmarks.nexmark.NexmarkEvents;
import io.millrace.benchmarks.nexmark.NexmarkQuery;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The command line that everything understands that answers a question of Nexmark; a picocli mixin. */
public final class NexmarkOptions {

    @Option(names = "--query", description = "which question (${DEFAULT-VALUE})")
    private NexmarkQuery query = NexmarkQuery.Q0;

    @Option(names = "--events", description = "events of a batch (${DEFAULT-VALUE})")
    private long batch = 200_000;

    @Option(names = "--events-per-second", description = "events in a second of event time (${DEFAULT-VALUE})")
    private double perSecond = 100_000;

    @Option(names = "--warmup", description = "seconds before the measured window (${DEFAULT-VALUE})")
    private int warmupSeconds = 15;

    @Option(names = "--seconds", description = "seconds of the measured window (${DEFAULT-VALUE})")
    private int seconds = 10;

    @Option(names = "--seed", description = "seed of the events (${DEFAULT-VALUE})")
    private long seed = 42;

    /** What is asked. */
    public NexmarkQuery query() {
        return query;
    }

    /**
     * The text of what is asked.
     *
     * @param program whoever asks; a file beside it, such as {@code q5.sql}, has the text in the dialect of its engine
     */
    public String sql(Class<?> program) throws IOException {
        try (InputStream in = program.getResourceAsStream(query.id() + ".sql")) {
            return in == null ? query.sql() : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** How many events a batch has, of all kinds. */
    public long batch() {
        return batch;
    }

    /** How many events there are in a second of event time. */
    public double perSecond() {
        return perSecond;
    }

    /** What the events depend on beyond their numbers. */
    public long seed() {
        return seed;
    }

    /** What is asked about. */
    public NexmarkEvents events() {
        return new NexmarkEvents(seed, perSecond);
    }

    /** What is measured. */
    public Window window() {
        return new Window(Duration.ofSeconds(warmupSeconds), Duration.ofSeconds(seconds));
    }
}
