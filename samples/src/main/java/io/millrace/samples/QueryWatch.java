// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.query.StateOperatorProgress;
import io.millrace.table.query.StreamingQueryListener;
import io.millrace.table.query.StreamingQueryProgress;

/** Counts what a query has done, and lets others wait for it. Thread-safe. */
final class QueryWatch implements StreamingQueryListener {

    private long batches;
    private long rows;
    private long late;
    private boolean ended;

    @Override
    public synchronized void onQueryProgress(QueryProgress event) {
        batches++;
        rows += event.progress().numInputRows();
        late += late(event.progress());
        notifyAll();
    }

    @Override
    public synchronized void onQueryTerminated(QueryTerminated event) {
        ended = true;
        notifyAll();
    }

    /** How many rows of a batch came too late. */
    static long late(StreamingQueryProgress batch) {
        return batch.stateOperators().stream()
                .mapToLong(StateOperatorProgress::numRowsDroppedByWatermark)
                .sum();
    }

    /** Waits until the query has processed so many rows in all; false if it ends before. */
    synchronized boolean awaitRows(long wanted) throws InterruptedException {
        while (rows < wanted && !ended) {
            wait();
        }
        return rows >= wanted;
    }

    /** What it has counted, as a line for the end. */
    synchronized String describe() {
        return "stopped after " + batches + (batches == 1 ? " batch and " : " batches and ") + rows
                + (rows == 1 ? " row" : " rows")
                + (late == 0 ? "" : ", of which " + late + (late == 1 ? " was" : " were") + " too late");
    }
}
