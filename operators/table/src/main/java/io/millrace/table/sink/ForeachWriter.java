// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.sink;

import org.jspecify.annotations.Nullable;

/**
 * Gets the rows of a query one by one. For each batch: {@link #open}, then {@link #process} for every row if that said yes, then {@link
 * #close}. Called by one thread at a time.
 *
 * @param <T> rows
 */
public interface ForeachWriter<T> {

    /**
     * A batch begins.
     *
     * @param partition always 0: a batch comes as a whole
     * @param batch its number, from 0; the same when it comes again after a crash
     * @return whether its rows are wanted
     */
    boolean open(long partition, long batch) throws Exception;

    /** A row. What it throws ends the query, after {@link #close}. */
    void process(T row) throws Exception;

    /** The batch is over; {@code failure} is what {@link #process} threw, or null. Called if {@link #open} returned. */
    void close(@Nullable Throwable failure);
}
