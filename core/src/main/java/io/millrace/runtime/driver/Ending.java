// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.driver;

import io.millrace.listener.StopReport;
import io.millrace.runtime.block.BlockManager;
import java.util.Optional;

/** How a job comes to its end: whether it was told to stop, whether it is over and why, and what it leaves. */
final class Ending {

    private boolean stopping;
    private boolean over;
    private boolean drained;
    private boolean brokenOff;
    private boolean said;
    private long batches;
    private long records;
    private Optional<String> failure = Optional.empty();

    /** One more batch is done. */
    void batchDone(long batchRecords) {
        batches++;
        records += batchRecords;
    }

    /** The job is told to stop; false if it was told before. */
    boolean stop() {
        boolean first = !stopping;
        stopping = true;
        return first;
    }

    boolean isStopping() {
        return stopping;
    }

    /** Nothing more is done; {@code everything} says whether all that was received is processed. False if it was over before. */
    boolean end(boolean everything) {
        if (over) {
            return false;
        }
        over = true;
        drained = everything;
        brokenOff = stopping && !everything;
        return true;
    }

    /** The job cannot go on. */
    void fail(String why) {
        failure = Optional.of(why);
    }

    boolean isOver() {
        return over;
    }

    /** True if all that was received is processed. */
    boolean isDrained() {
        return drained;
    }

    Optional<String> failure() {
        return failure;
    }

    /**
     * The report, once.
     *
     * @param waiting what waits for a batch
     * @param running the batch that was broken off, if one was
     */
    Optional<StopReport> report(BlockManager.Waiting waiting, Optional<BatchRecord> running) {
        if (said) {
            return Optional.empty();
        }
        said = true;
        long blocksLeft = waiting.blocks()
                + (long) running.map(batch -> batch.blocks().size()).orElse(0);
        long bytesLeft = waiting.bytes() + running.map(BatchRecord::bytes).orElse(0L);
        return Optional.of(new StopReport(
                batches,
                records,
                blocksLeft,
                bytesLeft,
                blocksLeft == 0 && running.isEmpty() && failure.isEmpty() && !brokenOff));
    }
}
