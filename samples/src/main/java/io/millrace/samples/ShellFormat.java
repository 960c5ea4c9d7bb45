// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.table.sink.SinkBatch;
import io.millrace.table.sink.TableSink;
import io.millrace.table.sink.WriteRequest;
import io.millrace.table.source.TableFormat;
import java.util.concurrent.CountDownLatch;

/** A format of a shell's session, {@code shell}: shows the first batches of a query on a screen. */
final class ShellFormat implements TableFormat {

    static final String NAME = "shell";

    private final ShellScreen screen;
    private final long batches;
    private CountDownLatch over = new CountDownLatch(0);

    /**
     * A format.
     *
     * @param batches how many batches of a query are shown
     */
    ShellFormat(ShellScreen screen, long batches) {
        this.screen = screen;
        this.batches = batches;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public synchronized TableSink sink(WriteRequest request) {
        over = new CountDownLatch(1);
        return new ShellSink(over);
    }

    /** Waits until the last query has shown all its batches or has ended. */
    void awaitLast() throws InterruptedException {
        CountDownLatch last;
        synchronized (this) {
            last = over;
        }
        last.await();
    }

    private final class ShellSink implements TableSink {
        private final CountDownLatch done;
        private long shown;

        ShellSink(CountDownLatch done) {
            this.done = done;
        }

        @Override
        public String description() {
            return "Shell";
        }

        @Override
        public void write(SinkBatch batch) {
            if (shown < batches) {
                shown++;
                screen.show(batch);
            }
            if (shown == batches) {
                done.countDown();
            }
        }

        @Override
        public void close() {
            done.countDown();
        }
    }
}
