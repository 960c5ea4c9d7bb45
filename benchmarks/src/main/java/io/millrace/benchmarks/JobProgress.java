// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.benchmarks;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What a job with one receiver has done so far. The engine writes, any thread reads. */
class JobProgress implements StreamingListener {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long POLL_MS = 1;

    private final BatchDelays delays = new BatchDelays();
    private final AtomicLong lines = new AtomicLong();
    private final AtomicLong batches = new AtomicLong();
    private final CountDownLatch sourceEnded = new CountDownLatch(1);

    @Override
    public void onReceiverStopped(int stream, String reason) {
        if (reason.equals("its source is finished")) {
            sourceEnded.countDown();
        }
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        delays.record(batch);
        batches.incrementAndGet();
        lines.addAndGet(batch.records());
    }

    @Override
    public void onOutputFailed(BatchTime batch, String output, String failure) {
        System.err.println("batch " + batch + ": " + failure);
    }

    @Override
    public void onStopped(StopReport report) {
        System.err.println(report.describe());
        sourceEnded.countDown();
    }

    /** The delays of the batches. */
    BatchDelays delays() {
        return delays;
    }

    /** The lines in all batches that are done. */
    long lines() {
        return lines.get();
    }

    /** The words in them. */
    long words() {
        return lines() * ZipfText.WORDS_PER_LINE;
    }

    /** The batches that are done. */
    long batches() {
        return batches.get();
    }

    /** Waits until the source has ended, or the job. */
    void awaitSourceEnd() throws InterruptedException {
        require(sourceEnded.await(PATIENCE.toSeconds(), TimeUnit.SECONDS), "the source did not end");
    }

    /** Waits until so many more batches are done. */
    void awaitBatches(int more) throws InterruptedException {
        long until = batches() + more;
        long giveUpNs = System.nanoTime() + PATIENCE.toNanos();
        while (batches() < until) {
            require(System.nanoTime() - giveUpNs < 0, "there were no more batches");
            Thread.sleep(POLL_MS);
        }
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalStateException(otherwise + " within " + PATIENCE);
        }
    }
}
