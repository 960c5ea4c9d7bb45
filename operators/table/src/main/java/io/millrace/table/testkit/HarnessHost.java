// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.testkit;

import io.millrace.StreamingContext;
import io.millrace.StreamingContextBuilder;
import io.millrace.table.query.JobHost;
import io.millrace.testkit.BatchHarness;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one query in a simulation. */
final class HarnessHost implements JobHost {

    private @Nullable BatchHarness harness;
    private Duration batchInterval = Duration.ZERO;

    @Override
    public StreamingContext context(String name, Duration interval, Consumer<StreamingContextBuilder> options) {
        BatchHarness made = BatchHarness.builder(name)
                .batchInterval(interval)
                .serializeMessages(false)
                .options(options)
                .build();
        harness = made;
        batchInterval = interval;
        return made.context();
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
        if (harness == null) {
            throw new IllegalStateException("the query has no job yet");
        }
        return harness;
    }

    /** Lets the job take what was added to its inputs, and runs until its next batch is done or the job has ended. */
    void runBatch() {
        BatchHarness running = harness();
        int before = running.batches().size();
        running.settle();
        running.advance(batchInterval);
        running.runUntil(
                () -> running.batches().size() > before || running.report().isPresent());
        running.settle();
    }

    void close() {
        if (harness != null) {
            harness.close();
        }
    }
}
