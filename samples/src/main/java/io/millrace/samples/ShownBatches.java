// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.samples;

import io.millrace.operator.BatchTime;
import io.millrace.operator.OutputOperator;
import java.util.List;

/**
 * The batches a sample shows: from the first, or from the first that has records, and no more than so many.
 *
 * <p>A job has batches from the moment it starts and while it stops, however long that takes; a show that is always the same
 * leaves those out. Used by the output thread only.
 */
final class ShownBatches {

    private final long limit;
    private boolean begun;
    private long count;

    private ShownBatches(boolean begun, long limit) {
        this.begun = begun;
        this.limit = limit;
    }

    /** From the first batch. */
    static ShownBatches fromTheFirst(long limit) {
        return new ShownBatches(true, limit);
    }

    /** From the first batch that has records. */
    static ShownBatches fromTheFirstRecord(long limit) {
        return new ShownBatches(false, limit);
    }

    /** How many batches were shown. */
    long count() {
        return count;
    }

    /** True if the last one was shown. */
    boolean isOver() {
        return count >= limit;
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
                begun |= !records.isEmpty();
                if (begun && !isOver()) {
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
