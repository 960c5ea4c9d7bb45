// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.runtime.batch;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Hears how long the batches of a job take and has its interval changed, so that it holds a latency target. Used by the thread that
 * calls listeners.
 *
 * <p>A batch without records counts like any other: it says that there is no load, and an interval that a heavy load has made long
 * comes back within the target before the next records come. Batches of the old interval count no more once a change of it is
 * announced; until then they ask for that change again, which does no harm.
 */
public final class LatencyKeeper implements StreamingListener {

    private final IntervalController controller;
    private final Consumer<Duration> change;
    private Duration interval;
    private BatchTime lastOfOld = new BatchTime(Long.MAX_VALUE); // nothing counts before the job has started
    private BatchTime before = new BatchTime(0);

    /**
     * A keeper of a job that is still to start.
     *
     * @param first the interval that the job starts with
     * @param change changes it; called on the thread that calls listeners
     */
    public LatencyKeeper(LatencyTarget target, Duration first, Consumer<Duration> change) {
        this.controller = new IntervalController(target);
        this.interval = first;
        this.change = change;
    }

    @Override
    public void onStarted(BatchTime zero) {
        before = zero;
        lastOfOld = zero;
    }

    @Override
    public void onBatchInterval(BatchTime last, Duration newInterval) {
        lastOfOld = last;
        interval = newInterval;
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        BatchTime time = batch.batchTime();
        Duration span = Duration.ofMillis(time.millis() - before.millis());
        before = time;
        if (time.millis() > lastOfOld.millis()) {
            controller.completed(interval, span, batch.processingDelay()).ifPresent(change);
        }
    }
}
