// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.listener.StreamingListener;
import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.util.List;

/**
 * The batches a sample shows: all, but not more than so many; and while a line is awaited, none before the one that has it.
 *
 * <p>A job has batches from the moment it starts, and more of them than there are lines when the machine is slow. Leaving those out
 * makes a show that is the same everywhere. Used by the output thread only.
 */
final class ShownBatches implements StreamingListener {

    private final long limit;
    private boolean lineAwaited;
    private BatchTime fed = new BatchTime(0);
    private long count;

    private ShownBatches(long limit, boolean lineAwaited) {
        this.limit = limit;
        this.lineAwaited = lineAwaited;
    }

    /** From the first batch. */
    static ShownBatches fromTheFirst(long limit) {
        return new ShownBatches(limit, false);
    }

    /** From the first batch that has a line. */
    static ShownBatches fromTheFirstLine(long limit) {
        return new ShownBatches(limit, true);
    }

    /** The next batch shown shall be one that has a line. */
    void awaitLine() {
        lineAwaited = true;
    }

    /** How many batches were shown. */
    long count() {
        return count;
    }

    /** True if the last one was shown. */
    boolean isOver() {
        return count >= limit;
    }

    @Override
    public void onBatchStarted(BatchTime batch, List<String> blocks, List<String> executors) {
        if (!blocks.isEmpty()) {
            fed = batch;
        }
    }

    /** An output that gets these batches only. */
    <T> OutputOperator<T> only(OutputOperator<T> output) {
        return new OutputOperator<>() {
            @Override
            public String kind() {
                return output.kind();
            }

            @Override
            public int limit() {
                return output.limit();
            }

            @Override
            public void write(BatchTime time, List<T> records) throws Exception {
                if (!isOver() && (!lineAwaited || time.equals(fed))) {
                    lineAwaited = false;
                    output.write(time, records);
                    count++;
                }
            }

            @Override
            public void close() {
                output.close();
            }
        };
    }
}
