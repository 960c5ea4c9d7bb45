// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.kafka;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.table.query.JobHost;
import io.millrace.testkit.BatchHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs the job of one query in a simulation. */
final class HarnessJobs implements JobHost, AutoCloseable {

    private final Instant start;
    private @Nullable BatchHarness harness;

    HarnessJobs() {
        this(Instant.EPOCH);
    }

    /** A simulation whose clock shows this first. */
    HarnessJobs(Instant start) {
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

    BatchHarness harness() {
        return Objects.requireNonNull(harness, "the query has not started");
    }

    @Override
    public void close() {
        if (harness != null) {
            harness.close();
        }
    }
}
