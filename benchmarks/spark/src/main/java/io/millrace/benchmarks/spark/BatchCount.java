// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks.spark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.sql.streaming.StreamingQueryListener;

/** Counts what the batches of a query took. Spark writes, any thread reads. */
final class BatchCount extends StreamingQueryListener {

    private final AtomicLong batches = new AtomicLong();
    private final AtomicLong rows = new AtomicLong();

    /** The batches that are done and had rows. */
    long batches() {
        return batches.get();
    }

    /** Their rows. */
    long rows() {
        return rows.get();
    }

    @Override
    public void onQueryStarted(QueryStartedEvent event) {}

    @Override
    public void onQueryProgress(QueryProgressEvent event) {
        if (event.progress().numInputRows() > 0) {
            batches.incrementAndGet();
            rows.addAndGet(event.progress().numInputRows());
        }
    }

    @Override
    public void onQueryTerminated(QueryTerminatedEvent event) {
        if (event.exception().isDefined()) {
            System.err.println(event.exception().get());
        }
    }
}
