// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.table.query.JobHost;
import io.millrace.testkit.BatchHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs the job of one query in a simulation, whose clock and crashes are the test's: given to {@link
 * io.millrace.table.query.DataStreamWriter} at its start.
 */
public final class HarnessJobs implements JobHost, AutoCloseable {

    private static final Duration UNDER_WAY = Duration.ofMillis(20);

    private final Instant start;
    private @Nullable BatchHarness harness;

    /** A simulation whose clock begins at 1970. */
    public HarnessJobs() {
        this(Instant.EPOCH);
    }

    /** A simulation whose clock shows this first. */
    public HarnessJobs(Instant start) {
        this.start = start;
    }

    @Override
    public StreamingContext context(String name, Duration interval, Consumer<StreamingContextBuilder> options) {
        harness = BatchHarness.builder(name)
                .batchInterval(interval)
                .startAt(start)
                .options(options)
                .build();
        return harness().context();
    }

    @Override
    public void start(StreamingContext context) {
        harness().start();
    }

    @Override
    public Instant now() {
        return harness().now();
    }

    /**
     * The simulation.
     *
     * @throws NullPointerException if the query has not started
     */
    public BatchHarness harness() {
        return Objects.requireNonNull(harness, "the query has not started");
    }

    /** Cuts the query off when it has worked on what came and before its sinks are told of it, as a crash of the process would. */
    public void cutOffBeforeSinks() {
        harness().holdOutputs();
        harness().advance(UNDER_WAY);
        harness().context().stop(false);
        harness().advance(UNDER_WAY);
        harness().releaseOutputs();
    }

    @Override
    public void close() {
        if (harness != null) {
            harness.close();
        }
    }
}
