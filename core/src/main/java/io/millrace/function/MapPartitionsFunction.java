// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.function;

import java.util.List;

/**
 * Makes any number of records of all records of one partition of a batch.
 *
 * <p>Called by one task thread at a time; an instance is shared by all tasks and must not keep state of its own.
 *
 * @param <T> what comes in
 * @param <R> what goes out
 */
@FunctionalInterface
public interface MapPartitionsFunction<T, R> {

    /**
     * What comes of a partition.
     *
     * @param records its records, unmodifiable
     * @return the records that take their place, iterated once; none is an empty iterable, never null
     */
    Iterable<? extends R> apply(List<T> records) throws Exception;
}
