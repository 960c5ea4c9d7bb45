// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

import java.util.List;

/**
 * An output that sees a whole batch at once, on the driver's output thread. Outputs of a batch run in the order they
 * were registered, then those that are attached to the running job.
 *
 * @param <T> records
 */
public interface OutputOperator<T> extends Operator {

    /** False if it stands in no figures and its failures are nobody's concern, since the program did not ask for an output. */
    default boolean isReported() {
        return true;
    }

    /** How many records of a batch it looks at, from the first; more need not be brought to it. Default: all. */
    default int limit() {
        return Integer.MAX_VALUE;
    }

    /**
     * Does with the batch what the output is for; may block, which delays the batches behind it.
     *
     * @param time the end of the batch
     * @param records all records, unmodifiable, those of unexchanged streams in order of arrival
     */
    void write(BatchTime time, List<T> records) throws Exception;

    /** The job ends, or the output is detached; called once, after the last batch, also when the job failed. */
    default void close() {}
}
