// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A place in a task where records arrive, one by one, on the task's thread.
 *
 * @param <T> the records
 */
@FunctionalInterface
public interface Step<T> {

    /**
     * Takes one record and pushes what comes of it downstream before it returns.
     *
     * @throws RecordFailure if an operator downstream gives the batch up on this record
     * @throws Exception from {@code finish} hooks and sinks; never from a user's function, which a {@link Guard} turns
     *     into a {@link RecordFailure}
     */
    void push(T record) throws Exception;
}
