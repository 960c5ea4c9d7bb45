// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * What an output does with the records of one batch.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface BatchFunction<T> {

    /**
     * Called once per batch in order of batch time, on the driver's output thread; may block, which delays the
     * batches behind it.
     *
     * @param time the end of the batch
     * @param records all records of the batch, unmodifiable; empty for an empty batch
     */
    void apply(BatchTime time, List<T> records) throws Exception;
}
