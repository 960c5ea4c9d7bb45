// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * Makes one batch of the batches that any number of streams have at the same time.
 *
 * <p>Called once per batch; must not keep state of its own, since a batch may be worked on again after an executor died.
 *
 * @param <R> records out
 */
@FunctionalInterface
public interface TransformAllFunction<R> {

    /**
     * What comes of the batches.
     *
     * @param time the end of all of them
     * @param batches all records of each stream, in the order in which the streams were named, unmodifiable; any may be empty
     * @return the records that take their place, in order; never null
     */
    List<? extends R> apply(BatchTime time, List<List<?>> batches) throws Exception;
}
