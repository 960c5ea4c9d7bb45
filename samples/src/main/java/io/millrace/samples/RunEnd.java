// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.BatchInfo;
import io.millrace.listener.StopReport;
import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * The end of a sample's run: when the last batch was shown, an output failed, or the job was stopped.
 *
 * <p>When the job has stopped, one line on the standard error says what was left.
 */
final class RunEnd implements StreamingListener {

    private final ShownBatches shown;
    private final CountDownLatch reached = new CountDownLatch(1);
    private volatile Optional<String> problem = Optional.empty();

    RunEnd(ShownBatches shown) {
        this.shown = shown;
    }

    /** Ends the run. */
    void reached() {
        reached.countDown();
    }

    /** Ends the run because something went wrong. */
    void fail(String what) {
        problem = Optional.of(what);
        reached.countDown();
    }

    /** Waits for it. */
    void await() throws InterruptedException {
        reached.await();
        if (problem.isPresent()) {
            throw new IllegalStateException(problem.get());
        }
    }

    @Override
    public void onBatchCompleted(BatchInfo batch) {
        if (shown.isOver()) {
            reached();
        }
    }

    @Override
    public void onOutputFailed(BatchTime batch, String output, String failure) {
        reached();
    }

    @Override
    public void onStopped(StopReport report) {
        System.err.println(report.describe());
        reached();
    }
}
