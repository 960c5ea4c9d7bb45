// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.receivers.socket;

import io.millrace.receiver.ReceiverContext;
import io.millrace.time.TimeSource;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A context that keeps the reports and whose time a test moves. */
final class RecordingContext implements ReceiverContext {

    final ManualTime manualTime = new ManualTime();
    final LinkedBlockingQueue<String> reports = new LinkedBlockingQueue<>();
    private final TimeSource time = manualTime.source();

    @Override
    public int streamId() {
        return 0;
    }

    @Override
    public String executor() {
        return "executor-0";
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public Duration batchInterval() {
        return Duration.ofMillis(10);
    }

    @Override
    public int maxLineBytes() {
        return 1 << 20;
    }

    @Override
    public void reportError(String message, Throwable cause) {
        reports.add(message);
    }

    /** The next report; fails if none comes. */
    String nextReport() throws InterruptedException {
        String report = reports.poll(10, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report came");
        }
        return report;
    }
}
