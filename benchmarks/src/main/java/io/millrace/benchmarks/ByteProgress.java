// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.BlockReport;
import java.util.concurrent.atomic.AtomicLong;

/** Also counts bytes, for which it hears of every block. */
final class ByteProgress extends JobProgress {

    private final AtomicLong receivedBytes = new AtomicLong();
    private final AtomicLong processedBytes = new AtomicLong();

    @Override
    public void onBlockReceived(BlockReport block) {
        receivedBytes.addAndGet(block.bytes());
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        processedBytes.addAndGet(batch.bytes());
        super.onBatchCompleted(batch);
    }

    /** The line with the bytes that counted as received and those in the batches that are done; they agree at the end. */
    JsonLine describe(JsonLine line) {
        return line.with("receivedBytes", receivedBytes.get()).with("processedBytes", processedBytes.get());
    }
}
