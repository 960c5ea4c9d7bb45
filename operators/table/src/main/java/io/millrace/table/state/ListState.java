// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import java.util.List;

/**
 * Some values of the key at hand, in order. Each expires for itself. To be used in the functions of its {@link StatefulProcessor} only, by one thread.
 *
 * @param <T> values as {@link io.millrace.table.Row} has them
 */
public interface ListState<T> {

    /** Whether there is one. */
    boolean exists();

    /** The values; not changed by what is done afterwards. */
    List<T> get();

    /** Sets all values. */
    void put(List<? extends T> values);

    /** Adds a value behind the others. */
    void appendValue(T value);

    /** Adds some. */
    void appendList(List<? extends T> values);

    /** Takes all away. */
    void clear();
}
