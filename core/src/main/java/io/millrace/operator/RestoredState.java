// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.operator;

/**
 * A {@link PartitionOperator} that wants to know the state it goes on from, such as one that also sets a {@link Versioned} value by
 * what it remembers.
 */
public interface RestoredState {

    /**
     * Is told one key of the state that earlier runs of the job have left. Called for each key once, on the thread that starts the job,
     * before the first batch; not at all in a first run.
     *
     * @param key the key
     * @param value what is kept of it; it must not be changed
     */
    void restored(Object key, Object value);
}
