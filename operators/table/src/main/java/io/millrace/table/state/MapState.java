// SPDX-License-Identifier: Apache-2.0
// Copyright the Millrace authors
package io.millrace.table.state;

import java.util.Map;
import java.util.Optional;

/**
 * Values of the key at hand under keys of their own, in the order in which those first came. Each expires for itself. To be used in the functions of its {@link StatefulProcessor}
 * only, by one thread.
 *
 * @param <K> keys as {@link io.millrace.table.Row} has them
 * @param <V> values as it has them
 */
public interface MapState<K, V> {

    /** Whether there is a value. */
    boolean exists();

    /** The value of a key if there is one. */
    Optional<V> getValue(K key);

    /** Whether a key has a value. */
    boolean containsKey(K key);

    /** Sets the value of a key. */
    void updateValue(K key, V value);

    /** Takes the value of a key away. */
    void removeKey(K key);

    /** All there is; not changed by what is done afterwards. */
    Map<K, V> entries();

    /** Takes all away. */
    void clear();
}
