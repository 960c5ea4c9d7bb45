// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import io.millrace.operator.BatchTime;
import java.util.List;

/**
 * Makes one batch of the batches that two streams have at the same time.
 *
 * <p>Called once per batch; must not keep state of its own, since a batch may be worked on again after an executor died.
 *
 * @param <T> records of the one stream
 * @param <U> records of the other
 * @param <R> records out
 */
@FunctionalInterface
public interface TransformWithFunction<T, U, R> {

    /**
     * What comes of two batches.
     *
     * @param time the end of both
     * @param records all records of the one, unmodifiable; may be empty
     * @param others all records of the other, unmodifiable; may be empty
     * @return the records that take their place, in order; never null
     */
    List<? extends R> apply(BatchTime time, List<T> records, List<U> others) throws Exception;
}
