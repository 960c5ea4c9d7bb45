// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import java.util.Optional;

/**
 * One value of the key at hand. To be used in the functions of its {@link StatefulProcessor} only, by one thread.
 *
 * @param <T> values as {@link io.millrace.table.Row} has them
 */
public interface ValueState<T> {

    /** Whether there is one. */
    boolean exists();

    /**
     * The value.
     *
     * @throws java.util.NoSuchElementException if there is none
     */
    T get();

    /** The value if there is one. */
    Optional<T> getOption();

    /**
     * Sets the value.
     *
     * @throws IllegalArgumentException if it is not of the type of the state
     */
    void update(T value);

    /** Takes the value away. */
    void clear();
}
