// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * Makes one batch of another.
 *
 * <p>Called once per batch; must not keep state of its own, since a batch may be worked on again after an executor died.
 *
 * @param <T> records in
 * @param <R> records out
 */
@FunctionalInterface
public interface TransformFunction<T, R> {

    /**
     * What comes of a batch.
     *
     * @param time the end of the batch
     * @param records all its records, unmodifiable; empty for an empty batch
     * @return the records that take their place, in order; never null
     */
    List<? extends R> apply(BatchTime time, List<T> records) throws Exception;
}
